import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fitText, type TextToFit } from '../../../src/compiler/design/fit-text.ts';
import { typeset } from '../../../src/compiler/design/typography.ts';
import type { FontBook } from '../../../src/ports/font-book.ts';

const Fitting = suite('compiler/design/fit-text');

/** Half an em a glyph. */
const fonts: FontBook = {
	resolveWeight: ({ weight }) => weight,
	metrics: () => ({ ascent: 0.9, descent: 0.25, capHeight: 0.7, xHeight: 0.5 }),
	measure: (_face, text) => ({ advance: text.length / 2, glyphs: text.length, missing: [], files: [], runs: [] }),
};

const text = (words: string, more: Partial<TextToFit> = {}): TextToFit => ({
	text: words,
	face: { family: 'Any', weight: 400, italic: false },
	tracking: 0,
	leading: 1,
	measure: 40,
	maxLines: 3,
	size: { best: 100, least: 26 },
	...more,
});

const lines = (to: TextToFit, width: number): readonly string[] | null => fitText(fonts, to, width)?.lines.map((line) => line.text) ?? null;

for (const [title, words, width, expected] of [
	['lines are even, not full', 'one two three four five six', 900, ['one two three', 'four five six']],
	['a sentence ends its line', 'Stop now. It is late here', 900, ['Stop now.', 'It is late here']],
	[
		'a line does not end with a preposition when it costs little',
		'Come and sleep by the old coast',
		900,
		['Come and sleep', 'by the old coast'],
	],
	['a break that is written is kept', 'Yes\nthis is it', 900, ['Yes', 'this is it']],
	['an empty line is no line', 'Yes\n\nindeed', 900, ['Yes', 'indeed']],
] as const)
	Fitting(title, () => assert.equal(lines(text(words), width), expected));

Fitting('a text gets smaller before it gets a fourth line', () => {
	const fitted = fitText(fonts, text('several words that do not fit in here'), 500)!;
	assert.ok(fitted.lines.length <= 3);
	assert.ok(fitted.size < 100 && fitted.size >= 26);
	for (const line of fitted.lines) assert.ok(line.width <= 600);
});

Fitting('a text that does not fit at the least size is null and not clipped', () => {
	assert.is(fitText(fonts, text('Donaudampfschifffahrtsgesellschaftskapitänsmütze'), 300), null);
});

Fitting('a long word may pass the measure, as long as it fits the width', () => {
	assert.is(fitText(fonts, text('extraordinarily', { measure: 5 }), 900)!.lines.length, 1);
});

Fitting('a text may get smaller for a better break, and only down to compact', () => {
	const words = 'Set it once. Sleep on it.';
	assert.is(fitText(fonts, text(words), 560)!.size, 100);
	const compact = fitText(fonts, text(words, { size: { best: 100, least: 26, compact: 70 } }), 560)!;
	assert.equal(
		compact.lines.map((line) => line.text),
		['Set it once.', 'Sleep on it.'],
	);
	assert.ok(compact.size >= 70);
});

Fitting('the block starts at the capitals and ends at the last baseline', () => {
	const { firstBaseline, height, overhang } = fitText(fonts, text('Huge'), 900)!;
	assert.is(firstBaseline, 72);
	assert.is(height, 72);
	assert.is(overhang, 23);
});

Fitting('tracking is not counted after the last glyph', () => {
	assert.is(Math.round(fitText(fonts, text('ab', { tracking: 0.1 }), 900)!.width), 110);
});

for (const [written, set] of [
	['"It\'s here," she said...', '“It’s here,” she said…'],
	["'90s rock 'n' roll", '’90s rock ‘n’ roll'],
	['9 - 5, or 9-5', '9–5, or 9–5'],
	['words -- and more', 'words\u00a0– and more'],
	['10 min and 5 kg for 3 mice', '10\u00a0min and 5\u00a0kg for 3 mice'],
	['  two   spaces ', 'two spaces'],
] as const)
	Fitting(`${written} is set as ${set}`, () => assert.is(typeset(written), set));

Fitting.run();
