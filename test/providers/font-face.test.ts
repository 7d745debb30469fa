import type { Font } from 'fontkit';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openFace } from '../../src/providers/font-face.ts';

const Face = suite('providers/font-face');

/** Every glyph is half an em wide, and `kern` is what the tables make of a text. */
const fontWith = (kern: (text: string) => number): Font => {
	const font: Pick<Font, 'unitsPerEm'> & Record<'layout' | 'glyphForCodePoint', unknown> = {
		unitsPerEm: 1000,
		layout: (text: string) => ({ advanceWidth: 500 * [...text].length + kern(text) }),
		glyphForCodePoint: () => ({ advanceWidth: 500 }),
	};
	return font as unknown as Font;
};

Face('a text is as wide as its glyphs and their kerning', () => {
	assert.is(
		openFace(
			fontWith((text) => (text === 'AV' ? -100 : 0)),
			false,
		).advance('AV AV'),
		2.3,
	);
});

for (const [what, kern] of [
	['throw', () => JSON.parse('{')],
	['give no number', () => Number.NaN],
] as const)
	Face(`where tables are damaged and ${what}, a text is as wide as its glyphs`, () => {
		const face = openFace(
			fontWith((text) => (text === 'AV' ? kern() : 0)),
			false,
		);
		assert.is(face.advance('AV'), 1);
		assert.is(face.advance('VA'), 1);
	});

Face.run();
