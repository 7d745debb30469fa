import { placeOf } from '../../diagnostics/code-frame.ts';
import type { Diagnostic, SourceRange } from '../../diagnostics/diagnostic.ts';
import type { RenderPlan } from '../../model/render-plan.ts';
import type { Sources } from './diagnostics.ts';

/** Version of everything that `--json` prints. A reader refuses a number that it does not know; added fields do not change it. */
export const FORMAT_VERSION = 1;

/** A document on several lines, for one answer. */
export const jsonDocument = (value: object): string => `${JSON.stringify({ formatVersion: FORMAT_VERSION, ...value }, null, 2)}\n`;

/** One line of a stream. The first line of a stream carries the version. */
export const jsonLine = (value: object, isFirst: boolean): string =>
	`${JSON.stringify(isFirst ? { formatVersion: FORMAT_VERSION, ...value } : value)}\n`;

/** What is known about one spec after checking it. */
export type CheckedFile = {
	readonly file: string;
	readonly ok: boolean;
	readonly diagnostics: readonly Diagnostic[];
	readonly sources: Sources;
};

/** The answer of `validate --json`, and of every other command whose spec is wrong. Lines and columns count from 1; the end is excluded. */
export const validationJson = (files: readonly CheckedFile[]): string =>
	jsonDocument({
		specs: files.map(({ file, ok, diagnostics, sources }) => ({
			file,
			ok,
			diagnostics: diagnostics.map((diagnostic) => diagnosticJson(diagnostic, file, sources)),
		})),
	});

/** A diagnostic without offsets. Positions are null when it belongs to no place of a file. */
export const diagnosticJson = (diagnostic: Diagnostic, file: string, sources: Sources): object => ({
	file: diagnostic.range?.file ?? file,
	...positions(diagnostic.range, sources),
	code: diagnostic.code,
	severity: diagnostic.severity,
	summary: diagnostic.summary,
	hint: diagnostic.hint ?? null,
	...(diagnostic.cells === undefined ? {} : { cells: diagnostic.cells }),
	...(diagnostic.related === undefined
		? {}
		: {
				related: diagnostic.related.map(({ message, range }) => ({ file: range.file, ...positions(range, sources), message })),
			}),
});

const positions = (range: SourceRange | undefined, sources: Sources): object => {
	if (range === undefined || !sources.has(range.file)) return { line: null, column: null, endLine: null, endColumn: null };
	const start = placeOf(range, sources);
	const end = placeOf({ ...range, start: range.end }, sources);
	return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
};

/** A plan as one document: the public format of `plan --json`. */
export const planJson = (plan: RenderPlan): string => jsonDocument(plan);

/** The same plan in lines: the summary first, then one line for each output, segment, mix and change. */
export function* planLines(plan: RenderPlan): Iterable<string> {
	yield jsonLine({ type: 'plan', campaign: plan.campaign, summary: plan.summary }, true);
	for (const output of plan.outputs) yield jsonLine({ type: 'output', ...output }, false);
	for (const segment of plan.segments) yield jsonLine({ type: 'segment', ...segment }, false);
	for (const mix of plan.mixes ?? []) yield jsonLine({ type: 'mix', ...mix }, false);
	for (const change of plan.changes) yield jsonLine({ type: 'change', ...change }, false);
}
