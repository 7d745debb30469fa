import type { ApiSource, DataSource } from '../../model/campaign-spec.gen.ts';
import type { FieldValue, RowValues } from '../../model/recipient.ts';
import { RECIPIENT } from '../../model/recipient.ts';
import type { RowProblem } from '../../model/row-problem.ts';
import type { DataSources } from '../../ports/data-sources.ts';
import { type CheckedRow, makeRowCheck } from './check-row.ts';

const PLACEHOLDER = /(?<!\$)\{[A-Za-z][A-Za-z0-9_]*\}/;

/** Whether a source is asked anew for each recipient: its address, or a text of its body, has `{field}` in it. */
export const isPerRecipient = (source: DataSource): source is ApiSource =>
	source.type === 'api' && (PLACEHOLDER.test(source.url) || hasPlaceholder(source.body));

const hasPlaceholder = (value: unknown): boolean =>
	typeof value === 'string'
		? PLACEHOLDER.test(value)
		: typeof value === 'object' && value !== null && Object.values(value).some(hasPlaceholder);

/** A recipient as its calls see it. */
export type Caller = { readonly key: string; readonly row: number; readonly values: RowValues };

/** What a recipient's calls gave: its values with theirs, or why it has none. */
export type Answered =
	| { readonly ok: true; readonly values: Readonly<Record<string, Readonly<Record<string, FieldValue>>>> }
	| { readonly ok: false; readonly problems: readonly RowProblem[] };

/** Asks a source for several recipients, as many at a time as its `concurrency` says; in their order. */
export type CallSource = {
	readonly name: string;
	readonly ask: (callers: readonly Caller[]) => Promise<readonly CheckedRow[]>;
};

const CONCURRENCY = 4;

export const makeCallSource = (name: string, { key: _, ...source }: ApiSource, sources: DataSources): CallSource => {
	const check = makeRowCheck(name, source);
	const askFor = async (caller: Caller): Promise<CheckedRow> => {
		const { row, key } = caller;
		const checked = check(await sources.recordFor(name, { row, values: caller.values[RECIPIENT] ?? {} }));
		return checked.ok ? checked : { ...checked, problems: checked.problems.map((problem) => ({ ...problem, row, key, asked: true })) };
	};
	return {
		name,
		ask: async (callers) => {
			const answers: CheckedRow[] = [];
			const waiting = callers.entries();
			const lane = async (): Promise<void> => {
				for (const [index, caller] of waiting) answers[index] = await askFor(caller);
			};
			await Promise.all(Array.from({ length: source.concurrency ?? CONCURRENCY }, lane));
			return answers;
		},
	};
};

/** Recipients with what every source said of them; one with a problem in any of them has no values. */
export const askAll = async (calls: readonly CallSource[], callers: readonly Caller[]): Promise<readonly Answered[]> => {
	const answers = await Promise.all(calls.map(({ ask }) => ask(callers)));
	return callers.map((caller, index) => {
		const values: Record<string, Readonly<Record<string, FieldValue>>> = { ...caller.values };
		const problems: RowProblem[] = [];
		for (const [source, { name }] of calls.entries()) {
			const answer = answers[source]![index]!;
			if (answer.ok) values[name] = answer.values;
			else problems.push(...answer.problems);
		}
		return problems.length === 0 ? { ok: true, values } : { ok: false, problems };
	});
};
