import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { familiesOf, gapBetween, moodOf } from '../../../src/compiler/design/moods.ts';
import { MOODS, realFonts } from '../../support/scene-requests.ts';

const Moods = suite('compiler/design/moods');

Moods('there are eight, each with a display family of its own', () => {
	assert.is(MOODS.length, 8);
	assert.is(new Set(MOODS.map((name) => moodOf(name).families.display)).size, 8);
	for (const name of MOODS) assert.is(moodOf(name).name, name);
});

Moods('every role is set in a weight that is installed: nothing is made bold or slanted by the browser', async () => {
	const fonts = await realFonts();
	for (const name of MOODS) {
		const { type, families } = moodOf(name);
		for (const [role, { face, weight, italic = false }] of Object.entries(type)) {
			const family = families[face];
			assert.ok(family !== undefined && familiesOf(name).includes(family), `${name} ${role}`);
			assert.is(fonts.resolveWeight({ family, weight, italic }), weight, `${name} ${role}: ${family}`);
			const [file] = fonts.measure({ family, weight, italic }, 'a').files;
			assert.is(file?.italic, italic);
		}
	}
});

Moods('the words that lead are the largest, and nothing is below 2.6 u', () => {
	for (const name of MOODS) {
		const { type } = moodOf(name);
		for (const aspect of ['portrait', 'landscape', 'square'] as const) {
			for (const { size } of Object.values(type)) assert.ok(size[aspect][0] >= 2.6 && size[aspect][0] <= size[aspect][1], name);
			for (const role of ['subhead', 'body', 'caption', 'eyebrow'] as const) {
				assert.ok(type[role].size[aspect][1] < type.quote.size[aspect][0], `${name} ${role}`);
				assert.ok(type[role].size[aspect][1] < type.headline.size[aspect][0], `${name} ${role}`);
			}
			assert.ok(type.stat.size[aspect][1] > type.headline.size[aspect][1], name);
		}
	}
});

Moods('urgent is the fastest and calm has the most time', () => {
	const tempo = MOODS.map((name) => moodOf(name).motion.display.seconds);
	assert.is(Math.min(...tempo), moodOf('urgent').motion.display.seconds);
	assert.is(Math.max(...tempo), moodOf('calm').motion.display.seconds);
	assert.ok(moodOf('urgent').motion.follow < moodOf('calm').motion.follow);
});

Moods('a quotation is nearer to who said it than to what follows', () => {
	for (const name of MOODS) assert.ok(gapBetween(moodOf(name), 'quote', 'caption') < gapBetween(moodOf(name), 'quote', 'cta'));
});

Moods.run();
