import type { ApiSource } from '../../model/campaign-spec.gen.ts';
import { sha256Hex } from '../../model/keys.ts';
import type { FieldValue } from '../../model/recipient.ts';
import type { SourceRecord } from '../../ports/data-sources.ts';
import type { Fetcher } from '../http/fetcher.ts';
import { askForDocument, shownOf } from './ask.ts';
import { type FilledRequest, fillRequest, withoutSecrets } from './fill-request.ts';
import { parseJson, recordOfValue, rowsAt } from './json-values.ts';
import { openServicePace, type PaceClock, type Paced } from './service-pace.ts';
import type { Answers } from './snapshots.ts';
import { badRecord, type Checked, type Problem } from './source-problem.ts';

/** Answers that are remembered, by number and by their size in characters. */
const REMEMBERED = 10_000;
const REMEMBERED_SIZE = 64e6;

export type CallOptions = {
	readonly source: ApiSource;
	readonly fetcher: Fetcher;
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly answers: Answers;
	/** How long a kept answer is good; null if none is kept. */
	readonly maxAgeMs: number | null;
	readonly clock: PaceClock;
};

type Answer = Checked<Readonly<Record<string, unknown>>>;
type Caller = (recipient: { readonly row: number; readonly values: Readonly<Record<string, FieldValue>> }) => Promise<SourceRecord>;

/** Calls a service for one recipient after the other, `concurrency` at a time; what was asked already is not asked again. Never rejects. */
export const openRecordCalls = (options: CallOptions): Caller => {
	const limited = limitedTo(options.source.concurrency ?? 4);
	const memory = rememberAnswers();
	const paced = openServicePace(options.clock);
	return async ({ row, values }) => {
		const filled = fillRequest(options.source, { environment: options.environment, values });
		if (!filled.ok) return badRecord(row, filled.problem, filled.field);
		const answer = await memory(sha256Hex(filled.value.identity), () => limited(() => answerTo(filled.value, { ...options, paced })));
		return answer.ok ? { ok: true, row, values: answer.value } : badRecord(row, answer.problem);
	};
};

type Sized = { readonly answer: Answer; readonly size: number };

const answerTo = async (filled: FilledRequest, options: CallOptions & { readonly paced: Paced }): Promise<Sized> => {
	const { source, answers, maxAgeMs, paced } = options;
	const kept = maxAgeMs === null ? null : await answers.findText(`${filled.identity} ${source.at ?? ''}`, maxAgeMs);
	const known = kept === null ? null : parseJson(kept);
	if (kept !== null && known?.ok) return { answer: valuesOf(known.value, filled), size: kept.length };
	const asked = await paced(filled, () => askForDocument(options.fetcher, filled));
	if (!asked.ok) return { answer: asked, size: 0 };
	const rows = rowsAt(asked.value.document, source.at);
	if (!rows.ok) return { answer: { ok: false, problem: told(filled, rows.problem) }, size: 0 };
	if (rows.value.length !== 1) return { answer: { ok: false, problem: told(filled, notOneRow(rows.value.length)) }, size: 0 };
	const answer = valuesOf(rows.value[0], filled);
	if (!answer.ok) return { answer, size: 0 };
	const text = JSON.stringify(answer.value);
	// A disk that takes nothing costs a request the next time, and no row.
	if (maxAgeMs !== null) await answers.keepText(`${filled.identity} ${source.at ?? ''}`, text).catch(() => {});
	return { answer, size: text.length };
};

const valuesOf = (value: unknown, filled: FilledRequest): Answer => {
	const record = recordOfValue(value, 0);
	return record.ok ? { ok: true, value: record.values } : { ok: false, problem: told(filled, record) };
};

const told = (filled: FilledRequest, { code, summary, hint }: Problem): Problem =>
	withoutSecrets({ code, summary: `${shownOf(filled)}: ${summary}`, hint }, filled.secrets);

const notOneRow = (count: number): Problem => ({
	code: 'RF4201',
	summary: `the answer has ${count} rows in the place of one`,
	hint: 'name with `at` where the values stand, or ask for one row',
});

/** Runs at most so many at a time; the others wait in their order. */
const limitedTo = (most: number) => {
	const waiting: (() => void)[] = [];
	let running = 0;
	return async <T>(run: () => Promise<T>): Promise<T> => {
		if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
		else running++;
		try {
			return await run();
		} finally {
			const next = waiting.shift();
			if (next === undefined) running--;
			else next();
		}
	};
};

/** Remembers what was asked last, answers under way included. */
const rememberAnswers = () => {
	const memory = new Map<string, { answer: Promise<Answer>; size: number }>();
	let total = 0;
	const forgetOldest = () => {
		for (const [key, { size }] of memory) {
			if (memory.size <= REMEMBERED && total <= REMEMBERED_SIZE) return;
			memory.delete(key);
			total -= size;
		}
	};
	return (key: string, ask: () => Promise<Sized>): Promise<Answer> => {
		const known = memory.get(key);
		if (known !== undefined) return known.answer;
		const entry = { answer: Promise.resolve<Answer | null>(null) as Promise<Answer>, size: 0 };
		entry.answer = ask().then(({ answer, size }) => {
			if (memory.get(key) === entry) {
				entry.size = size;
				total += size;
				forgetOldest();
			}
			return answer;
		});
		memory.set(key, entry);
		forgetOldest();
		return entry.answer;
	};
};
