import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { joinWords, markEmphasis, piecesOf, readMarks } from '../../../src/compiler/design/emphasis.ts';
import { attributed, quoted, typeset } from '../../../src/compiler/design/typography.ts';

const Emphasis = suite('compiler/design/emphasis');

/** The emphasised parts of a text in brackets. */
const shown = (written: string): string => {
	const { text, ranges } = readMarks(typeset(markEmphasis(written)));
	return piecesOf(text, ranges, [0, text.length])
		.map((piece) => (piece.strong ? `[${piece.text}]` : piece.text))
		.join('');
};

for (const [written, expected] of [
	['Sunrise *on cue*.', 'Sunrise [on cue].'],
	['*All* of *it*', '[All] of [it]'],
	['*a*', '[a]'],
	['5 * 3 is 15', '5 * 3 is 15'],
	['2*3*4', '2*3*4'],
	['from $9* a month', 'from $9* a month'],
	['* not * this', '* not * this'],
	['\\*not this\\*', '*not this*'],
	['*really \\* this*', '[really * this]'],
	['**', '**'],
	['(*so*)', '([so])'],
	['he said *"yes"*', 'he said [“yes”]'],
	['in *10* kg', 'in [10]\u00a0kg'],
] as const)
	Emphasis(`${written} is set as ${expected}`, () => assert.is(shown(written), expected));

Emphasis('text is composed before it is measured', () => {
	assert.is(typeset('E\u0301lan'), 'Élan');
	assert.is(typeset('E\u0301lan').length, 4);
});

Emphasis('a quotation gets its marks once', () => {
	assert.is(quoted(typeset('It is done.')), '“It is done.”');
	assert.is(quoted(typeset('"It is done."')), '“It is done.”');
	assert.is(quoted(typeset('«Fait.»')), '«Fait.»');
});

Emphasis('who said it follows a dash, however it was written', () => {
	assert.is(attributed('Mira'), '—\u00a0Mira');
	assert.is(attributed('- Mira'), '—\u00a0Mira');
});

Emphasis('words of a line become as few pieces as they can', () => {
	const word = (text: string, strong: boolean) => [{ text, strong }];
	assert.equal(joinWords([word('a', false), word('b', true), word('c', true), word('d', false)]), [
		{ text: 'a ', strong: false },
		{ text: 'b c', strong: true },
		{ text: ' d', strong: false },
	]);
});

Emphasis.run();
