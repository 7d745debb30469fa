import { Composer, type Document, Lexer, Parser } from 'yaml';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.ts';
import type { SpecSource } from './spec-source.ts';

/** UTF-16 units of a spec: a megabyte of plain text. */
export const MAX_TEXT_LENGTH = 1_048_576;
/** Lists and mappings inside each other. */
export const MAX_DEPTH = 64;
/** Values of a spec, those that aliases repeat counted each time. */
export const MAX_VALUES = 30_000;
/** Words and signs of YAML. Reading takes time in proportion to them, not to the text. */
const MAX_LEXEMES = 60_000;
/** UTF-16 units of one word, quoted text or comment. */
const MAX_LEXEME_LENGTH = 100_000;
/** Entries of one list or mapping. No list of the language takes more than 200; a validator's time grows with their square. */
export const MAX_ENTRIES = 500;
/** Faults of the text itself beyond which the rest is not read. */
const MAX_PROBLEMS = 100;
// The parser keeps a stack of open nodes, and leaves some open after a syntax error. Beyond this the composer would run out of call stack.
const MAX_OPEN_NODES = 250;

/** The first document of a text. `document` is null when a limit stopped the reading. */
export type Composed = {
	readonly document: Document.Parsed | null;
	readonly problems: readonly Diagnostic[];
};

const YAML_1_2 = {
	version: '1.2',
	schema: 'core',
	merge: false,
	// Checked by `readData`: the package compares every key with every other.
	uniqueKeys: false,
	resolveKnownTags: false,
	prettyErrors: false,
} as const;

/** Text to a YAML 1.2 document in bounded time and memory, whatever the text. Throws only what the `yaml` package throws. */
export const composeWithinLimits = (source: SpecSource): Composed => {
	const refused = refuseText(source);
	if (refused) return { document: null, problems: [refused] };
	const reading = openReading(source);
	for (const lexeme of new Lexer().lex(source.text)) {
		const stop = reading.feed(lexeme);
		if (stop) return { document: null, problems: [stop] };
	}
	return reading.finish();
};

const refuseText = ({ file, text }: SpecSource): Diagnostic | undefined => {
	if (text.length > MAX_TEXT_LENGTH) {
		return errorAt(
			{ file, start: 0, end: 0 },
			'RF1005',
			`the spec has ${text.length} characters, the limit is ${MAX_TEXT_LENGTH}`,
			'split the campaign into several specs',
		);
	}
	// Offsets of UTF-16 units, so no `u` flag; a lone surrogate cannot come out of well-formed UTF-8.
	const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/.exec(text);
	if (!control) return undefined;
	const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
	return errorAt(
		{ file, start: control.index, end: control.index + 1 },
		'RF1001',
		`YAML syntax: the control character U+${code} is not allowed`,
		'remove it; if the whole file looks wrong, save it as UTF-8 text',
	);
};

/** Lexemes go in one by one, so that a text that nests without end is stopped before anything recurses into it. */
const openReading = ({ file, text }: SpecSource) => {
	const parser = new Parser();
	const composer = new Composer(YAML_1_2);
	const problems: Diagnostic[] = [];
	const seen = { lexemes: 0, errors: 0, documents: 0 };
	let document: Document.Parsed | null = null;

	const take = (tokens: ReturnType<Parser['end']>): void => {
		for (const token of tokens) {
			if (token.type === 'error') seen.errors += 1;
			if (token.type === 'document') seen.documents += 1;
			const problem = refuseToken(token, seen.documents, file);
			if (problem) problems.push(problem);
			if (seen.documents < 2) for (const composed of composer.next(token)) document ??= composed;
		}
	};

	return {
		feed: (lexeme: string): Diagnostic | undefined => {
			seen.lexemes += 1;
			take(parser.next(lexeme));
			const start = Math.min(parser.offset, text.length);
			const place = { file, start, end: Math.min(start + 1, text.length) };
			if (parser.stack.length > MAX_OPEN_NODES) return tooDeep(place);
			if (lexeme.length > MAX_LEXEME_LENGTH) return tooLong(place, `one text of ${lexeme.length} characters`);
			if (seen.lexemes > MAX_LEXEMES) return tooLong(place, `more than ${MAX_LEXEMES} words and signs of YAML`);
			return seen.errors + problems.length > MAX_PROBLEMS ? notYaml(place) : undefined;
		},
		finish: (): Composed => {
			take(parser.end());
			for (const composed of composer.end(true, text.length)) document ??= composed;
			return { document, problems };
		},
	};
};

type Token = ReturnType<Parser['end']> extends Iterable<infer One> ? One : never;

const refuseToken = (token: Token, documents: number, file: string): Diagnostic | undefined => {
	const at = (length: number): Range => ({ file, start: token.offset, end: token.offset + length });
	if (token.type === 'directive' && !/^%YAML[ \t]+1\.2(\s|$)/.test(token.source))
		return directiveProblem(at(token.source.length), token.source);
	return token.type === 'document' && documents === 2 ? secondDocument(at(1)) : undefined;
};

type Range = Parameters<typeof errorAt>[0];

export const tooDeep = (range: Range): Diagnostic =>
	errorAt(
		range,
		'RF1006',
		`lists and mappings are nested deeper than ${MAX_DEPTH} levels`,
		'close the brackets, or flatten what is nested',
	);

const tooLong = (range: Range, what: string): Diagnostic =>
	errorAt(range, 'RF1005', `the spec has ${what}`, 'split the campaign into several specs; keep rows of data in files of their own');

const notYaml = (range: Range): Diagnostic =>
	errorAt(range, 'RF1001', `YAML syntax: more than ${MAX_PROBLEMS} errors up to here`, 'check that this file is a spec');

const directiveProblem = (range: Range, source: string): Diagnostic =>
	errorAt(
		range,
		'RF1008',
		`the directive ${source.split(/\s/, 1)[0] ?? '%'} is not supported`,
		'remove the line: specs are read as YAML 1.2, without directives',
	);

const secondDocument = (range: Range): Diagnostic =>
	errorAt(range, 'RF1008', 'a second document begins here', 'one file is one campaign: put the second one in a file of its own');
