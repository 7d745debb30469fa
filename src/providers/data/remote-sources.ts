import { open } from 'node:fs/promises';
import type { ApiSource, CsvSource, JsonSource, LiveSource } from '../../model/campaign-spec.gen.ts';
import { unreachable } from '../../model/unreachable.ts';
import type { LiveMoment } from '../../ports/data-sources.ts';
import type { Fetcher } from '../http/fetcher.ts';
import { shownOf } from './ask.ts';
import { type FilledRequest, fillRequest, type WrittenRequest, withoutSecrets } from './fill-request.ts';
import { cutDeep } from './json-values.ts';
import { listPages } from './list-pages.ts';
import { presentRows } from './live-values.ts';
import type { Answers, Snapshot } from './snapshots.ts';
import { type Problem, SourceProblem } from './source-problem.ts';

export type RemoteSource = CsvSource | JsonSource | ApiSource | LiveSource;

export type SourceTools = {
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly fetcherFor: (allowPrivate: readonly string[]) => Fetcher;
	readonly answers: Answers;
	/** Which moment of live sources is shown; `run` names what is rendered, so that each replays its own. */
	readonly live: { readonly moment: LiveMoment; readonly run: string };
};

const FILE_BYTES = 2e9;
const FILE_MS = 600_000;

/** What a service gives for a source, as a file: of a table or document its bytes, of a list or of live values one row of JSON on each line. Rejects with `SourceProblem`. */
export const snapshotOf = async (source: RemoteSource, tools: SourceTools, signal?: AbortSignal): Promise<Snapshot> => {
	const fetcher = tools.fetcherFor(source.allowPrivate ?? []);
	const filled = fill(requestOf(source), tools);
	switch (source.type) {
		case 'csv':
		case 'json':
			return tools.answers.keepFile(filled.identity, (file) => download(fetcher, { filled, expect: expectedOf(source) }, file));
		case 'api': {
			const request = `${filled.identity} ${JSON.stringify([source.at, source.paging])}`;
			const kept = source.refresh === 'cached' ? await tools.answers.findFile(request, toMilliseconds(source.ttl)) : null;
			return kept ?? tools.answers.keepFile(request, (file) => writeLines(file, listPages(fetcher, filled, source)));
		}
		case 'live':
			return liveSnapshot({ source, fetcher, filled, signal }, tools);
	}
};

type LiveRequest = {
	readonly source: LiveSource;
	readonly fetcher: Fetcher;
	readonly filled: FilledRequest;
	readonly signal: AbortSignal | undefined;
};

const liveSnapshot = async ({ source, fetcher, filled, signal }: LiveRequest, { answers, live }: SourceTools): Promise<Snapshot> => {
	const request = `live ${JSON.stringify([filled.identity, source.at])}`;
	const ofRun = `${request} in ${live.run}`;
	const ask = async (name: string): Promise<Snapshot> => {
		const rows = await presentRows(fetcher, filled, { source, signal });
		return answers.keepFile(name, (file) => writeLines(file, [rows]));
	};
	const kept = (): Promise<Snapshot | null> => answers.findFile(ofRun, Number.POSITIVE_INFINITY);
	switch (live.moment) {
		case 'look':
			return ask(request);
		case 'take':
			return ask(ofRun).catch(async (error: unknown) => {
				if (error instanceof SourceProblem && (await kept()) !== null) throw new SourceProblem(withReplay(error.problem));
				throw error;
			});
		case 'replay-if-kept':
			return (await kept()) ?? ask(request);
		case 'replay': {
			const snapshot = await kept();
			if (snapshot === null) throw new SourceProblem(notKept(filled));
			return snapshot;
		}
		default:
			return unreachable(live.moment);
	}
};

const withReplay = (problem: Problem): Problem => ({ ...problem, hint: `${problem.hint}; --replay shows what it gave the last render` });

const notKept = (filled: FilledRequest): Problem => ({
	code: 'RF4200',
	summary: `no render has kept what ${shownOf(filled)} gave`,
	hint: 'render once without --replay, while the source answers',
});

/** `90s`, `5m`, `12h` or `1d`. */
export const toMilliseconds = (ttl = '1h'): number => Number.parseInt(ttl, 10) * (UNITS[ttl.at(-1) as keyof typeof UNITS] ?? 0);

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const requestOf = (source: RemoteSource): WrittenRequest => {
	switch (source.type) {
		case 'api':
			return source;
		case 'live':
			return { url: source.url, headers: source.headers ?? {} };
		default:
			return { url: source.url ?? '', headers: source.headers ?? {} };
	}
};

const fill = (written: WrittenRequest, { environment }: SourceTools): FilledRequest => {
	const filled = fillRequest(written, { environment, values: {} });
	if (!filled.ok) throw new SourceProblem(filled.problem);
	return filled.value;
};

/** Lines of JSON begin as JSON does, but are judged one by one. */
const expectedOf = (source: CsvSource | JsonSource): 'text' | 'json' => (source.type === 'csv' || source.lines ? 'text' : 'json');

const download = async (
	fetcher: Fetcher,
	{ filled, expect }: { readonly filled: FilledRequest; readonly expect: 'text' | 'json' },
	file: string,
): Promise<void> => {
	const { url, headers, secrets } = filled;
	const result = await fetcher.download({ url, headers, expect, maxBytes: FILE_BYTES, timeoutMs: FILE_MS, retry: 'safe' }, file);
	if (!result.ok) throw new SourceProblem(withoutSecrets(result.problem, secrets));
};

const writeLines = async (file: string, pages: Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>): Promise<void> => {
	const handle = await open(file, 'wx', 0o600);
	try {
		for await (const rows of pages) {
			// A row of nothing but an empty text would be an empty line.
			await handle.writeFile(rows.map((row) => `${JSON.stringify(cutDeep(row)) ?? 'null'}\n`).join(''));
		}
		await handle.sync();
	} finally {
		await handle.close();
	}
};
