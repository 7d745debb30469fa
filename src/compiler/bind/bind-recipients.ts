import type { CampaignSpec, DataSource } from '../../model/campaign-spec.gen.ts';
import { RECIPIENTS, type Recipient, type RowValues } from '../../model/recipient.ts';
import type { RowProblem } from '../../model/row-problem.ts';
import type { DataSources } from '../../ports/data-sources.ts';
import type { CheckedRow } from './check-row.ts';
import { type JoinedSources, openJoins, sharedSources } from './join-sources.ts';
import { checkedRows, loadShared, makeDuplicateCheck } from './open-tables.ts';
import { askAll, isPerRecipient } from './per-recipient.ts';
import { spreadSample } from './spread-sample.ts';

/** Which recipients are wanted; all of them where everything is null. Several choices hold together: of the keys a sample, and of that the first. */
export type RowChoice = {
	/** At most this many, from the first. */
	readonly limit: number | null;
	readonly keys: readonly string[] | null;
	/** Rows by their number, beside those with the keys. */
	readonly numbers?: readonly number[];
	/** At most this many, spread over narratives. All rows are read before the first is given. */
	readonly sample: number | null;
};

export const EVERY_ROW: RowChoice = { limit: null, keys: null, sample: null };

export type BindRequest = {
	/** With a `recipients` source. */
	readonly spec: Pick<CampaignSpec, 'data'>;
	readonly sources: DataSources;
	readonly choice: RowChoice;
	/** Called for each problem of each row that cannot be used, as it is found. Rows that the keys of the choice leave out have none. */
	readonly onProblem: (problem: RowProblem) => void;
	/** Called at most once, at the end, with the keys of the choice that no row has. Not called when a limit ends the reading before. */
	readonly onUnknownKeys?: (keys: readonly string[]) => void;
	/** What a sample is spread over. Values of sources that are asked for each recipient are not there yet, but their fallbacks. */
	readonly narrativeOf?: (values: RowValues) => string;
};

/**
 * The recipients that keep their contract, with all that is joined to them, in the order of their source and in groups of about the size in which it is read.
 * Nothing is read twice, and nothing kept but the joined tables and 20 bytes for each key. Iterating throws SourceFailure when a source as a whole cannot be used.
 */
export const bindRecipients = async function* (request: BindRequest): AsyncGenerator<readonly Recipient[]> {
	const { spec, sources, choice, onProblem } = request;
	const source = spec.data?.[RECIPIENTS];
	if (spec.data === undefined || source?.key === undefined) throw new Error('no source named recipients with a key');
	if (choice.limit === 0 || choice.sample === 0 || (choice.keys?.length === 0 && (choice.numbers ?? []).length === 0)) return;
	const joined = await openJoins(spec.data, sources, onProblem);
	const all = joinedRows(request, source, joined);
	const chosen = choice.sample === null ? all : sampled(all, choice.sample, request.narrativeOf ?? (() => ''));
	yield* answered(chosen, joined, request);
};

/** Recipients without what they are asked for one by one. */
const joinedRows = async function* (
	request: BindRequest,
	source: DataSource,
	{ join }: JoinedSources,
): AsyncGenerator<readonly Recipient[]> {
	const { keys, numbers = [] } = request.choice;
	const pending = keys === null ? null : new Set(keys);
	const wanted = pending === null ? null : new Set(pending);
	const wantedRows = new Set(numbers);
	const lastRow = numbers.reduce((last, row) => Math.max(last, row), 0);
	const duplicate = makeDuplicateCheck({ name: RECIPIENTS, source });
	const recipientOf = (row: CheckedRow): Recipient | null => {
		const problem = row.key === null ? null : duplicate(row.key, row.row);
		if (problem !== null) request.onProblem(problem);
		if (!row.ok) for (const one of row.problems) request.onProblem(one);
		if (!row.ok || problem !== null || row.key === null) return null;
		const { key } = row;
		const joining = join({ row: row.row, key, values: row.values });
		if (joining.ok) return { key, row: row.row, values: joining.values };
		request.onProblem(joining.problem);
		return null;
	};
	for await (const group of checkedRows({ name: RECIPIENTS, source }, request.sources)) {
		const recipients: Recipient[] = [];
		for (const row of group) {
			if (wanted !== null && !wantedRows.has(row.row) && (row.key === null || !wanted.has(row.key))) continue;
			const recipient = recipientOf(row);
			if (recipient !== null) recipients.push(recipient);
			if (row.key !== null) pending?.delete(row.key);
		}
		if (recipients.length > 0) yield recipients;
		if (pending?.size === 0 && (group.at(-1)?.row ?? 0) >= lastRow) return;
	}
	if (pending !== null && pending.size > 0) request.onUnknownKeys?.([...pending]);
};

const sampled = async function* (
	groups: AsyncIterable<readonly Recipient[]>,
	count: number,
	narrativeOf: (values: RowValues) => string,
): AsyncGenerator<readonly Recipient[]> {
	const sample = await spreadSample(groups, count, narrativeOf);
	if (sample.length > 0) yield sample;
};

/** Recipients with the answers to their calls, as many as the limit says. No more are asked for than are wanted. */
const answered = async function* (
	groups: AsyncIterable<readonly Recipient[]>,
	{ calls }: JoinedSources,
	{ choice, onProblem }: BindRequest,
): AsyncGenerator<readonly Recipient[]> {
	let left = choice.limit ?? Number.POSITIVE_INFINITY;
	for await (const group of groups) {
		for (let start = 0; start < group.length && left > 0; ) {
			const part = group.slice(start, start + left);
			start += part.length;
			const good = calls.length === 0 ? part : await withAnswers(part);
			left -= good.length;
			if (good.length > 0) yield good;
		}
		if (left <= 0) return;
	}

	async function withAnswers(part: readonly Recipient[]): Promise<readonly Recipient[]> {
		const answers = await askAll(calls, part);
		return part.flatMap((recipient, index) => {
			const answer = answers[index]!;
			if (answer.ok) return [{ ...recipient, values: answer.values }];
			for (const problem of answer.problems) onProblem(problem);
			return [];
		});
	}
};

export type SharedBinding =
	| { readonly ok: true; readonly values: RowValues }
	| { readonly ok: false; readonly problems: readonly RowProblem[] };

/** The values of a campaign without recipients, which hold for all of its outputs: the first record of each source. @throws SourceFailure */
export const bindShared = async (request: Pick<BindRequest, 'spec' | 'sources'>): Promise<SharedBinding> => {
	const values: Record<string, RowValues[string]> = {};
	const problems: RowProblem[] = [];
	for (const named of sharedSources(request.spec.data ?? {})) {
		if (isPerRecipient(named.source)) throw new Error(`${named.name} is asked for recipients, and there are none`);
		const row = await loadShared(named, request.sources);
		if (row.ok) values[named.name] = row.values;
		else problems.push(...row.problems);
	}
	return problems.length === 0 ? { ok: true, values } : { ok: false, problems };
};
