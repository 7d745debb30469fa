import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { contrast, fromOklch, legible, oklchOf, parseColor, withAlpha, worstContrast } from '../../../src/compiler/design/color.ts';
import { seededNumbers } from '../../support/seeded-numbers.ts';

const Color = suite('compiler/design/color');

for (const [written, hex] of [
	['#abc', '#aabbcc'],
	['#A1B2C3', '#a1b2c3'],
	['Rebeccapurple', '#663399'],
	['transparent', null],
	['rgb(1,2,3)', null],
	['#12345', null],
	['constructor', null],
	['', null],
] as const)
	Color(`"${written}" is ${hex ?? 'not a colour'}`, () => assert.is(parseColor(written), hex));

Color('a colour that reads is left alone', () => {
	assert.is(legible('#111111', ['#ffffff'], 4.5), '#111111');
});

Color('a colour that does not read moves in lightness until it does, and keeps its hue', () => {
	const next = seededNumbers(3);
	for (let round = 0; round < 300; round++) {
		const color = fromOklch({ l: 0.3 + next() * 0.5, c: 0.05 + next() * 0.12, h: next() * 360 });
		const ground = fromOklch({ l: next(), c: next() * 0.2, h: next() * 360 });
		const moved = legible(color, [ground], 4.5);
		assert.ok(contrast(moved, ground) >= 4.5, `${color} on ${ground}`);
		const [before, after] = [oklchOf(color), oklchOf(moved)];
		const turned = Math.abs(((before.h - after.h + 540) % 360) - 180);
		// A hue cannot be read off a colour that is nearly white, black or grey.
		if (after.c > 0.04) assert.ok(turned < 12, `${color} became ${moved}`);
	}
});

Color('where no lightness reads on all grounds the better of black and white is taken', () => {
	const grounds = ['#000000', '#777777', '#ffffff'];
	assert.ok(['#000000', '#ffffff'].includes(legible('#ff0000', grounds, 4.5)));
	assert.ok(worstContrast(legible('#ff0000', ['#000000', '#444444'], 4.5), ['#000000', '#444444']) >= 4.5);
});

Color('alpha is written as two digits', () => {
	assert.is(withAlpha('#102030', 0.5), '#10203080');
	assert.is(withAlpha('#102030', 0), '#10203000');
	assert.is(withAlpha('#102030', 2), '#102030ff');
});

Color.run();
