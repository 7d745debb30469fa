import type { Chance } from './chance.ts';
import { type Mutator, mutateBytes } from './mutate-bytes.ts';

type TextMutator = (text: string, other: string, chance: Chance) => string;

/** Signs that some reader gives a meaning to, and those that none should. */
const SIGNS: readonly string[] = [
	...['\0', '\u0007', '\u001b[2J', '\ufeff', '\u2028', '\u202e', '\u200b', '\ufffd', '\ud800', '\udc00', 'e\u0301', '👩‍👩‍👧‍👦', '𝕏', 'ﷺ'],
	...['"', "'", '`', '\\', '\\u0000', '\\ud800', '""', '"\\"', '{', '}', '[', ']', '[]', '{}', ',', ';', ':', ': ', '|', '>', '#', '%'],
	...['<', '</', '<!--', '-->', '<![CDATA[', '<!DOCTYPE svg [<!ENTITY a "b">]>', '&a;', '&#x0;', '<script>', ' onload="x"', 'url(//x)'],
	...['- ', '? ', '&a ', '*a', '!!js/function ', '<<: *a', '---\n', '...\n', '%YAML 1.1\n', '~', 'null', 'true', 'NaN', 'Infinity', '.inf'],
	...[
		'__proto__',
		'"__proto__": {"a": 1},',
		'constructor',
		'prototype',
		'toString',
		'{{',
		'}}',
		'{{{',
		'{{#if a.b}}',
		'{{/if}}',
		'{{> x}}',
	],
	...['\t', '\r', '\n', '\r\n', ' ', '\n\n', '../', '%00', 'file:///etc/passwd', '=1+1', '@x', '0x10', '1e999', '-0', '\u0660'],
];

const NUMBERS = [
	'0',
	'-1',
	'1e308',
	'1e-320',
	'9007199254740993',
	'12345678901234567890',
	'4294967296',
	'-2147483649',
	'1e999',
	'0.1',
	'00',
	'1_000',
	'٣',
];

const pieceOf = (text: string, chance: Chance): { readonly start: number; readonly end: number } => {
	const start = chance.below(text.length + 1);
	return { start, end: Math.min(text.length, start + 1 + chance.below(chance.once(6) ? 300 : 14)) };
};

const cutOut: TextMutator = (text, _, chance) => {
	const { start, end } = pieceOf(text, chance);
	return text.slice(0, start) + text.slice(end);
};

const double: TextMutator = (text, _, chance) => {
	const { start, end } = pieceOf(text, chance);
	return text.slice(0, end) + text.slice(start);
};

const move: TextMutator = (text, _, chance) => {
	const { start, end } = pieceOf(text, chance);
	const rest = text.slice(0, start) + text.slice(end);
	const at = chance.below(rest.length + 1);
	return rest.slice(0, at) + text.slice(start, end) + rest.slice(at);
};

const insertSign: TextMutator = (text, _, chance) => {
	const at = chance.below(text.length + 1);
	return text.slice(0, at) + chance.pick(SIGNS) + text.slice(at);
};

const replaceNumber: TextMutator = (text, _, chance) => {
	const numbers = [...text.matchAll(/-?\d+(\.\d+)?/g)];
	if (numbers.length === 0) return text;
	const found = chance.pick(numbers);
	return text.slice(0, found.index) + chance.pick(NUMBERS) + text.slice(found.index + found[0].length);
};

const LENGTHS = [1_000, 20_000, 70_000, 400_000] as const;

/** Nests or repeats a piece far beyond what a person would write. */
const repeat: TextMutator = (text, _, chance) => {
	const { start, end } = pieceOf(text, chance);
	const piece = chance.once(2) ? text.slice(start, end) : chance.pick(SIGNS);
	if (piece === '') return text;
	const at = chance.below(text.length + 1);
	return text.slice(0, at) + piece.repeat(Math.ceil(chance.pick(LENGTHS) / piece.length)) + text.slice(at);
};

const splice: TextMutator = (text, other, chance) =>
	text.slice(0, chance.below(text.length + 1)) + other.slice(chance.below(other.length + 1));

const spliceLines: TextMutator = (text, other, chance) => {
	const lines = text.split('\n');
	const others = other.split('\n');
	const start = chance.below(others.length);
	lines.splice(chance.below(lines.length + 1), chance.below(3), ...others.slice(start, start + 1 + chance.below(6)));
	return lines.join('\n');
};

const swapLineEnds: TextMutator = (text, _, chance) => {
	const end = chance.pick(['\r\n', '\r', '\n\r', '\u2028', '\u0085']);
	if (chance.once(2)) return text.replaceAll('\n', end);
	let count = 0;
	return text.replaceAll('\n', () => (count++ % 3 === 0 ? end : '\n'));
};

const truncate: TextMutator = (text, _, chance) => text.slice(0, chance.below(text.length + 1));

const MUTATORS: readonly TextMutator[] = [
	...[cutOut, cutOut, double, move, insertSign, insertSign, insertSign, replaceNumber, replaceNumber],
	...[splice, spliceLines, spliceLines, swapLineEnds, truncate],
];

/** One to four changes to a text; now and then to its bytes, so that it is no text any more, or a piece repeated without measure. */
export const mutateText: Mutator = (input, other, chance) => {
	if (chance.once(12)) return mutateBytes(input, other, chance);
	let text = input.toString('utf8');
	const second = other.toString('utf8');
	for (let edits = 1 + chance.below(4); edits > 0; edits--) text = chance.pick(MUTATORS)(text, second, chance);
	return Buffer.from(chance.once(12) ? repeat(text, second, chance) : text);
};
