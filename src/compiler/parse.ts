import type { Document, ErrorCode } from 'yaml';
import { conclude, type Diagnostic, errorAt, fail, type Outcome } from '../diagnostics/diagnostic.ts';
import type { CheckedSpec } from './checked-spec.ts';
import { cureForLookAlike } from './look-alikes.ts';
import { makeRangeOf } from './source-map.ts';
import type { SpecSource } from './spec-source.ts';
import { readData } from './yaml-data.ts';
import { composeWithinLimits } from './yaml-limits.ts';

/** A spec whose YAML could be read: its data, and where each value stands in the text. */
export type ParsedSpec = {
	readonly file: string;
	readonly text: string;
	/** Plain data as YAML 1.2 (core schema) means it. No key of it is `__proto__`, `constructor` or `prototype`. */
	readonly data: unknown;
	readonly rangeOf: CheckedSpec['rangeOf'];
};

/**
 * What a text holds, with all its YAML problems. `parsed` may be there although there are errors, when they leave the rest of the
 * text readable (a repeated key, an unknown tag); it is null when checking on would only find consequences.
 */
export type SpecReading = { readonly parsed: ParsedSpec | null; readonly diagnostics: readonly Diagnostic[] };

/** Stage 1. Never throws, whatever the text, and takes time in proportion to it. */
export const parseSpec = (source: SpecSource): Outcome<ParsedSpec> => {
	const { parsed, diagnostics } = readYaml(source);
	return parsed ? conclude(parsed, diagnostics) : fail(...diagnostics);
};

/** Text to data. Never throws, whatever the text. */
export const readYaml = (source: SpecSource): SpecReading => {
	try {
		const { document, problems } = composeWithinLimits(source);
		return document ? readDocument(source, document, problems) : { parsed: null, diagnostics: problems };
	} catch (error) {
		// The package is fed with any text there is; what it trips over is for the user to change.
		const reason = error instanceof Error ? error.message : String(error);
		const start = { file: source.file, start: 0, end: 0 };
		return { parsed: null, diagnostics: [errorAt(start, 'RF1001', `YAML syntax: ${reason}`, 'simplify the text')] };
	}
};

const readDocument = (source: SpecSource, document: Document.Parsed, problems: readonly Diagnostic[]): SpecReading => {
	const { file, text } = source;
	const syntax = syntaxProblems(source, document);
	if (syntax.length > 0) return { parsed: null, diagnostics: [...problems, ...syntax] };
	const read = readData(document, file);
	const diagnostics = [...problems, ...tagProblems(source, document), ...read.problems];
	if (!read.sound) return { parsed: null, diagnostics };
	if (read.data === null) {
		const empty = errorAt(
			{ file, start: 0, end: 0 },
			'RF1010',
			'the spec is empty',
			'begin with `reelform: 1`, or let `reelform init` write one',
		);
		return { parsed: null, diagnostics: [...diagnostics, empty] };
	}
	const rangeOf = makeRangeOf({ file, root: document.contents, aliases: read.aliases });
	return { parsed: { file, text, data: read.data, rangeOf }, diagnostics };
};

/** What to do, by the kind of error that the `yaml` package reports. */
const SYNTAX_CURES: Partial<Record<ErrorCode, string>> = {
	BAD_DQ_ESCAPE: 'use single quotes, or write the backslash twice',
	BAD_INDENT: 'line it up with its neighbours, and check that every bracket is closed',
	BAD_SCALAR_START: 'put the text in quotes: it begins with a sign that YAML keeps for itself',
	BLOCK_AS_IMPLICIT_KEY: 'put a text that contains `: ` in quotes; begin a nested list or mapping on a line of its own',
	BLOCK_IN_FLOW: 'put a text that contains `: ` in quotes; inside brackets write everything with brackets and commas',
	MISSING_CHAR: 'line it up with its neighbours, and close the quote or bracket; after a colon or a comma comes a space',
	MULTILINE_IMPLICIT_KEY: 'a key and its colon stand on one line',
	TAB_AS_INDENT: 'indent with spaces',
	UNEXPECTED_TOKEN: 'put the text in quotes, or begin a new line',
};

/** Errors beyond this one are consequences. */
const MAX_SYNTAX_PROBLEMS = 100;

const syntaxProblems = ({ file, text }: SpecSource, document: Document.Parsed): Diagnostic[] => {
	const end = text.trimEnd().length;
	return document.errors
		.filter((error) => error.code !== 'TAG_RESOLVE_FAILED' && error.code !== 'BAD_DIRECTIVE')
		.slice(0, MAX_SYNTAX_PROBLEMS)
		.map((error) => {
			// What is missing at the end of the file is missing after its last word, not on the empty line behind it.
			const start = Math.min(error.pos[0], end);
			const range = { file, start, end: Math.max(start, Math.min(error.pos[1], text.length)) };
			const hint = cureForLookAlike(text, start) ?? SYNTAX_CURES[error.code] ?? 'look at the marked place and at the line above it';
			return errorAt(range, 'RF1001', `YAML syntax: ${error.message}`, hint);
		});
};

const tagProblems = ({ file, text }: SpecSource, document: Document.Parsed): Diagnostic[] =>
	[...document.errors, ...document.warnings]
		.filter((problem) => problem.code === 'TAG_RESOLVE_FAILED')
		.slice(0, MAX_SYNTAX_PROBLEMS)
		.map(({ pos: [start, end] }) => {
			const tag = text.slice(start, end).split(/\s/, 1)[0] ?? '';
			return errorAt(
				{ file, start, end },
				'RF1003',
				`the tag ${tag.slice(0, 60)} is not known here`,
				'remove the tag and write the plain value',
			);
		});
