import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HEAD, shortReportOf } from '../../support/spec-report.ts';

const SingleBraces = suite('compiler/rules/single-braces');

const DATA = `data:
  recipients: {type: inline, rows: [{id: a, name: Ada}], key: id, fields: {id: {type: string}, name: {type: string}}}
  offer: {type: inline, rows: [{percent: 0.2}], fields: {percent: {type: number}}}
`;
const found = (layers: string, rest = ''): readonly string[] =>
	shortReportOf(`${HEAD}${DATA}scenes: [{id: a, duration: 15${rest}, layers: [${layers}]}]\n`).filter((line) => line.includes('RF3067'));

SingleBraces('a field in single braces is a warning that shows how a template is written', () => {
	const [line = ''] = found("{text: 'Hi {recipient.name}'}");
	assert.match(line, '8:52 ');
	assert.match(
		line,
		/warning\[RF3067\] `\{recipient\.name\}` is no template: it stands there as it is \| did you mean `\{\{recipient\.name\}\}`\?/,
	);
});

for (const [title, layers, rest, count] of [
	['two in one text', "{text: '{recipient.name} and { offer.percent }'}", '', 2],
	['a voice-over', '{text: Hi}', ", voiceover: 'Hi {recipient.name}.'", 1],
	['an item of a list', "{list: ['{recipient.name}']}", '', 1],
	['a template', "{text: '{{recipient.name}}'}", '', 0],
	['braces around what is no source', "{text: '{window.name} and {recipient}'}", '', 0],
	['braces around a template', "{text: '{ {{recipient.name}} }'}", '', 0],
] as const)
	SingleBraces(`warnings in ${title}: ${count}`, () => assert.is(found(layers, rest).length, count));

SingleBraces('behind a template with the same letters the whole text is marked', () => {
	assert.match(found("{text: '{{recipient.name}} {recipient.name}'}")[0] ?? '', '8:49 ');
});

SingleBraces('names of files keep their single braces', () => {
	const text = `${HEAD}${DATA}output: {naming: '{data.name}-{key}.mp4'}\nscenes: [{id: a, duration: 15, layers: [{text: Hi}]}]\n`;
	assert.equal(
		shortReportOf(text).filter((line) => line.includes('RF3067')),
		[],
	);
});

SingleBraces.run();
