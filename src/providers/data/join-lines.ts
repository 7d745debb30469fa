import { MAX_CELL, MAX_RECORD } from './limits.ts';
import type { Line } from './read-lines.ts';

/** The text of one record of a table, or why there is none. `line` is where it begins: 1 is the first line of the file. */
export type TableText =
	| { readonly kind: 'text'; readonly line: number; readonly text: string; readonly valid: boolean }
	/** A quote that does not end, or does not stand where quotes may. */
	| { readonly kind: 'broken'; readonly line: number }
	/** `text` is its beginning. */
	| { readonly kind: 'long'; readonly line: number; readonly text: string };

export type Joiner = {
	push(lines: readonly Line[]): readonly TableText[];
	/** What is left. `unclosed` is the line of a quote in which the rest of the file was lost. */
	end(): { readonly records: readonly TableText[]; readonly unclosed: number | null };
};

export type JoinRules = {
	/** Whether a quote that opens a cell is in a line. */
	readonly mayOpen: (text: string) => boolean;
	/** Whether a text of several lines is a record. */
	readonly isRecord: (text: string) => boolean;
	/** Whether the lines after an open quote look like records of their own. */
	readonly lookLikeRecords: (lines: readonly string[]) => boolean;
};

type Numbered = Line & { readonly line: number };

/**
 * Joins lines to records: within quotes a record goes on over line ends. Where that gives no record, the first of the lines is
 * a broken one and the next starts anew, so that one stray quote costs one row.
 */
export const joinLines = (rules: JoinRules): Joiner => {
	let count = 0;
	let open: Numbered[] = [];
	/** Characters since the last quote, and since the record began. */
	let openSize = 0;
	let recordSize = 0;
	let skippedFrom: { readonly line: number; readonly text: string } | null = null;
	let out: TableText[] = [];
	/** Lines to look at, the last one first. */
	const pending: Numbered[] = [];

	const forget = () => {
		open = [];
		openSize = 0;
		recordSize = 0;
	};
	const startAnew = () => {
		const [first, ...others] = open;
		forget();
		if (first === undefined) return;
		out.push({ kind: 'broken', line: first.line });
		for (const line of others.reverse()) pending.push(line);
	};
	const giveUp = (closed: boolean) => {
		const [first] = open;
		if (first === undefined) return;
		const long = { line: first.line, text: textOf(open).slice(0, MAX_RECORD) };
		forget();
		if (closed) out.push({ kind: 'long', ...long });
		else skippedFrom = long;
	};
	const close = () => {
		const text = textOf(open);
		if (!rules.isRecord(text)) return startAnew();
		out.push({ kind: 'text', line: open[0]?.line ?? 0, text, valid: open.every((line) => line.valid) });
		forget();
	};
	const goOn = (line: Numbered, closing: boolean) => {
		open.push(line);
		openSize = line.quotes === 0 ? openSize + line.text.length + 1 : line.text.length;
		recordSize += line.text.length + 1;
		if (line.long) giveUp(closing);
		else if (closing) close();
		else if (openSize > MAX_CELL || recordSize > MAX_RECORD) {
			if (rules.lookLikeRecords(open.slice(1, 7).map(({ text }) => text))) startAnew();
			else giveUp(false);
		}
	};
	const take = (line: Line, at: number) => {
		const odd = line.quotes % 2 === 1 && (open.length > 0 || skippedFrom !== null || rules.mayOpen(line.text));
		if (skippedFrom !== null) {
			if (odd) out.push({ kind: 'long', ...skippedFrom });
			if (odd) skippedFrom = null;
		} else if (open.length > 0) goOn({ ...line, line: at }, odd);
		else if (line.text === '' || line.text === '\r') return;
		else if (odd || line.long) goOn({ ...line, line: at }, !odd);
		else out.push({ kind: 'text', line: at, text: withoutReturn(line.text), valid: line.valid });
	};
	const work = () => {
		for (let line = pending.pop(); line !== undefined; line = pending.pop()) take(line, line.line);
	};
	const drain = (): readonly TableText[] => {
		const records = out;
		out = [];
		return records;
	};

	return {
		push: (lines) => {
			for (const line of lines) {
				take(line, ++count);
				if (pending.length > 0) work();
			}
			return drain();
		},
		end: () => {
			while (open.length > 0) {
				startAnew();
				work();
			}
			return { records: drain(), unclosed: skippedFrom?.line ?? null };
		},
	};
};

const withoutReturn = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text);

const textOf = (lines: readonly Line[]): string => withoutReturn(lines.map(({ text }) => text).join('\n'));
