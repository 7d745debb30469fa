import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadBrandMarks } from '../../src/providers/brand-marks.ts';
import { conceptWords, iconForConcept } from '../../src/providers/icon-concepts.ts';
import { loadIcons } from '../../src/providers/icons.ts';
import { resolveInputs } from '../../src/providers/resolve-inputs.ts';

const Concepts = suite('providers/icon-concepts');

Concepts('every concept word leads to an icon that there is', async () => {
	const icons = await loadIcons();
	const words = conceptWords();
	assert.ok(words.length > 300);
	for (const word of words) assert.ok(icons.icon(iconForConcept(word)!) !== null, `${word}: ${iconForConcept(word)}`);
});

for (const [concept, icon] of [
	['growth', 'trending-up'],
	['security', 'shield-check'],
	['save money', 'piggy-bank'],
	['Save your money', 'piggy-bank'],
	['save-time', 'timer'],
	['qwertz', null],
	['constructor', null],
] as const)
	Concepts(`"${concept}" is ${icon}`, () => {
		assert.is(iconForConcept(concept), icon);
	});

Concepts('a brand is found by its short name, squared, and in ink when it is of one grey', async () => {
	const marks = await loadBrandMarks();
	assert.equal(marks.mark('slack'), marks.mark('slack-icon'));
	assert.match(marks.mark('slack')!.body, '#e01e5a');
	assert.match(marks.mark('github')!.body, 'currentColor');
	assert.not.match(marks.mark('github')!.body, '#161614');
	assert.match(marks.mark('stripe')!.body, 'translate');
	for (const name of ['', 'slck', 'constructor', '__proto__']) assert.is(marks.mark(name), null, name);
	assert.is(marks.near('slck')[0], 'brand:slack');
});

Concepts('icons, marks and concepts are resolved together, and what there is not leads to what is near', async () => {
	const needs = {
		images: [],
		fontFamilies: [],
		icons: ['rocket', 'brand:slack', 'growth', 'roket', 'brand:slak', 'grwth'],
		components: [],
		propsSchemas: [],
	};
	const { inputs, problems } = await resolveInputs(needs, {
		specFile: `${process.cwd()}/specs/product-launch/product-launch.campaign.yaml`,
	});
	assert.equal([...inputs.icons.keys()], ['rocket', 'brand:slack', 'growth']);
	assert.equal(
		problems.map(({ code, summary }) => `${code} ${summary}`),
		['RF3013 there is no Lucide icon "roket"', 'RF3013 there is no brand mark "brand:slak"', 'RF3013 there is no Lucide icon "grwth"'],
	);
	assert.match(problems[0]!.hint, '"rocket"');
	assert.match(problems[1]!.hint, '"brand:slack"');
	assert.match(problems[2]!.hint, '"growth"');
});

Concepts.run();
