import { quote, visible } from '../../diagnostics/visible.ts';
import type { RowProblem } from '../../model/row-problem.ts';
import type { Colors } from '../terminal.ts';
import { count } from './quantities.ts';

export type RowProblemOptions = {
	/** Stands before each line, as in other diagnostics; nothing for an empty text. */
	readonly file: string;
	readonly colors: Colors;
	/** Rows with an error stop the command. */
	readonly severity?: 'warning' | 'error';
	/** Problems of one source that are told one by one. */
	readonly max?: number;
};

/**
 * Problems of rows, source by source, each on a line, with each hint once, under the first that has it, and a count of those that are not told.
 * Ends with a line break; empty for none.
 */
export const rowProblemLines = (problems: readonly RowProblem[], options: RowProblemOptions): string => {
	const { colors, max = 20 } = options;
	const hinted = new Set<string>();
	const lines: string[] = [];
	for (const [source, own] of bySource(problems)) {
		for (const problem of own.slice(0, max)) {
			lines.push(problemLine(problem, options));
			if (!hinted.has(problem.hint)) lines.push(`  ${colors.dim('hint:')} ${visible(problem.hint)}`);
			hinted.add(problem.hint);
		}
		if (own.length > max) lines.push(`  and ${count(own.length - max)} more of ${visible(source)}`);
	}
	return lines.map((line) => `${line}\n`).join('');
};

const bySource = (problems: readonly RowProblem[]): ReadonlyMap<string, readonly RowProblem[]> => {
	const groups = new Map<string, RowProblem[]>();
	for (const problem of problems) {
		const group = groups.get(problem.source);
		if (group === undefined) groups.set(problem.source, [problem]);
		else group.push(problem);
	}
	return groups;
};

const problemLine = (problem: RowProblem, { file, colors, severity = 'warning' }: RowProblemOptions): string => {
	const tint = severity === 'error' ? colors.red : colors.yellow;
	const place = file === '' ? '' : `${colors.bold(visible(file))} `;
	return `${place}${tint(`${severity}[${problem.code}]`)} ${whereText(problem)}: ${colors.bold(visible(problem.summary))}`;
};

/** `recipients row 17 (key ACME-3), column company`. */
const whereText = ({ source, row, key, column }: RowProblem): string => {
	const keyText = key === null ? '' : ` (key ${plainOrQuoted(key)})`;
	const columnText = column === null ? '' : `, column ${plainOrQuoted(column)}`;
	return `${visible(source)} row ${count(row)}${keyText}${columnText}`;
};

/** A text of the data as it is, when it cannot be taken for anything else; else in quotes. */
const plainOrQuoted = (text: string): string => (/^[\p{L}\p{N}_.@-]{1,60}$/u.test(text) ? text : quote(text));

/** A problem as `--json` tells it. */
export const rowProblemJson = (
	{ code, source, row, key, column, summary, hint }: RowProblem,
	severity: 'warning' | 'error' = 'warning',
): object => ({
	code,
	severity,
	source,
	row,
	key,
	column,
	summary,
	hint,
});
