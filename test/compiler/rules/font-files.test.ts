import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { collectNeeds } from '../../../src/compiler/collect-needs.ts';
import { readSpec } from '../../../src/compiler/read-spec.ts';
import { checked } from '../../support/specs.ts';

const FontFiles = suite('compiler/rules/font-files');

const codesOf = (fonts: string): readonly string[] =>
	readSpec({
		file: 'x.yaml',
		text: `reelform: 1\ncampaign: x\nplatforms: [youtube]\ndurations: [5]\nbrand: {name: Acme, fonts: ${fonts}}\nscenes: [{id: a}]\n`,
	}).diagnostics.map(({ code }) => code);

for (const [fonts, codes] of [
	['{heading: Inter, fallback: [Noto Sans JP]}', []],
	['{heading: {file: a.woff2}}', []],
	['{body: {files: [{file: a.woff2, weight: 400}, {file: b.woff2, weight: 700, italic: true}], family: Own}}', []],
	['{heading: {family: Own}}', ['RF2004']],
	['{heading: {file: a.woff2, files: [{file: b.woff2}]}}', ['RF2000']],
	['{heading: {file: a.woff2, weight: 4000}}', ['RF2005']],
	['{heading: {fle: a.woff2}}', ['RF2001']],
] as const) {
	FontFiles(`fonts: ${fonts} is ${codes.length === 0 ? 'right' : codes.join(', ')}`, () => assert.equal(codesOf(fonts), codes));
}

FontFiles('each file is needed with what the spec says of it, under the name of its family', () => {
	const { spec } = checked({
		brand: {
			name: 'Acme',
			fonts: {
				heading: { file: 'fonts/Own-Bold.woff2', weight: 700 },
				body: { family: 'Text', italic: false, files: [{ file: 'a.ttf' }, { file: 'b.ttf', weight: 800, italic: true }] },
				fallback: ['Inter'],
			},
		},
	});
	const { needs, placeOf } = collectNeeds(spec, []);
	assert.equal(needs.fontFamilies, ['Own-Bold', 'Text', 'Inter']);
	assert.equal(needs.fallbackFamilies, ['Inter']);
	assert.equal(needs.fontFiles, [
		{ file: 'fonts/Own-Bold.woff2', family: 'Own-Bold', weight: 700, italic: null },
		{ file: 'a.ttf', family: 'Text', weight: null, italic: false },
		{ file: 'b.ttf', family: 'Text', weight: 800, italic: true },
	]);
	assert.equal(placeOf({ kind: 'fontFile', name: 'b.ttf' }), ['brand', 'fonts', 'body', 'files', 1, 'file']);
	assert.equal(placeOf({ kind: 'fontFamily', name: 'Inter' }), ['brand', 'fonts', 'fallback', 0]);
});

FontFiles.run();
