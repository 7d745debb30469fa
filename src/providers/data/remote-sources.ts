import { open } from 'node:fs/promises';
import type { ApiSource, CsvSource, JsonSource, LiveSource } from '../../model/campaign-spec.gen.ts';
import type { Fetcher } from '../http/fetcher.ts';
import { type FilledRequest, fillRequest, type WrittenRequest, withoutSecrets } from './fill-request.ts';
import { cutDeep } from './json-values.ts';
import { listPages } from './list-pages.ts';
import { presentRows } from './live-values.ts';
import type { Answers, Snapshot } from './snapshots.ts';
import { SourceProblem } from './source-problem.ts';

export type RemoteSource = CsvSource | JsonSource | ApiSource | LiveSource;

export type SourceTools = {
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly fetcherFor: (allowPrivate: readonly string[]) => Fetcher;
	readonly answers: Answers;
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
		case 'live': {
			const rows = await presentRows(fetcher, filled, { source, signal });
			return tools.answers.keepFile(`live ${filled.identity}`, (file) => writeLines(file, [rows]));
		}
	}
};

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
