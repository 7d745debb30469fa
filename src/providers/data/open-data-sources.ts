import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CsvSource, DataSource, JsonSource, LiveSource } from '../../model/campaign-spec.gen.ts';
import { toSeconds } from '../../model/units.ts';
import { unreachable } from '../../model/unreachable.ts';
import type { DataSources, SourceRecord } from '../../ports/data-sources.ts';
import type { Fetcher } from '../http/fetcher.ts';
import { locateFile, type ProjectFolders } from '../project-file.ts';
import { csvRecords } from './csv-records.ts';
import { jsonRecords, lineRecords } from './json-records.ts';
import { recordOfValue } from './json-values.ts';
import { type CallOptions, openRecordCalls } from './record-calls.ts';
import { type RemoteSource, type SourceTools, snapshotOf, toMilliseconds } from './remote-sources.ts';
import { openAnswers, type Snapshot } from './snapshots.ts';
import { asSourceFailure, problemOf, SourceProblem } from './source-problem.ts';

export type { Snapshot } from './snapshots.ts';

export type DataSourcesOptions = {
	/** `data` of a spec. */
	readonly sources: Readonly<Record<string, DataSource>>;
	readonly folders: ProjectFolders;
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Opens a way to the network that may reach these private hosts. `close` closes it. */
	readonly fetcherFor: (allowPrivate: readonly string[]) => Fetcher;
	/** Where answers of services are kept. Made when it is needed. */
	readonly cacheDirectory: string;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** Rejects when the signal is given. */
	readonly sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
	/** Which moment of live sources is shown, and in what; what they say now when left out. */
	readonly live?: SourceTools['live'];
};

export type OpenDataSources = DataSources & {
	/** Absolute paths of the local files that are read. */
	readonly files: readonly string[];
	/** What services gave so far, by source: each is read for as long as this is open. */
	snapshots(): ReadonlyMap<string, Snapshot>;
	/**
	 * Asks a live source again and again, and gives the snapshot whenever it has changed: from then on `records` reads that one. Where it cannot be
	 * asked, the last snapshot stands. Ends with the signal.
	 */
	watchLive(source: string, signal: AbortSignal): AsyncIterable<Snapshot>;
	/** Ends what is under way on the network. */
	close(): Promise<void>;
};

const POLL_SECONDS = 60;
const PRESENT: SourceTools['live'] = { moment: 'look', run: '' };

/** The sources of one spec. What a service gave is asked for once, and is what is seen for as long as they are open. */
export const openDataSources = (options: DataSourcesOptions): OpenDataSources => {
	const { sources, folders, sleep = (ms: number, signal: AbortSignal) => pause(ms, undefined, { signal }) } = options;
	const fetchers = sharedFetchers(options.fetcherFor);
	const tools: SourceTools = {
		...options,
		fetcherFor: fetchers.of,
		answers: openAnswers(options.cacheDirectory, options.now),
		live: options.live ?? PRESENT,
	};
	const taken = new Map<string, Promise<Snapshot>>();
	const known = new Map<string, Snapshot>();
	const calls = new Map<string, ReturnType<typeof openRecordCalls>>();
	const closing = new AbortController();

	const take = (name: string, source: RemoteSource): Promise<Snapshot> => {
		const before = taken.get(name);
		if (before !== undefined) return before;
		const asked = snapshotOf(source, tools, closing.signal).then(
			(snapshot) => {
				known.set(name, snapshot);
				return snapshot;
			},
			(error: unknown) => {
				taken.delete(name);
				throw error;
			},
		);
		taken.set(name, asked);
		return asked;
	};
	const callsOf = (name: string): ReturnType<typeof openRecordCalls> | null => {
		const source = sourceIn(sources, name);
		if (source?.type !== 'api') return null;
		const opened =
			calls.get(name) ??
			openRecordCalls({
				...callOptions(source, tools),
				clock: { now: options.now, sleep: (ms) => sleep(ms, closing.signal) },
			});
		calls.set(name, opened);
		return opened;
	};

	return {
		files: Object.values(sources).flatMap((source) => {
			const path = source.type === 'csv' || source.type === 'json' ? source.path : undefined;
			return path === undefined ? [] : [resolve(folders.specFolder, path)];
		}),
		snapshots: () => new Map(known),
		records: async function* (name) {
			try {
				yield* recordsIn(sourceIn(sources, name), { folders, snapshot: (source) => take(name, source) });
			} catch (error) {
				throw asSourceFailure(name, error);
			}
		},
		recordFor: async (name, recipient) => {
			const call = callsOf(name);
			if (call === null) throw new TypeError(`${name} is no source that is asked for each recipient`);
			return call(recipient);
		},
		watchLive: async function* (name, signal) {
			const source = sourceIn(sources, name);
			if (source?.type !== 'live') throw new TypeError(`${name} is no live source`);
			for await (const snapshot of changesOf(source, { ...tools, signal, last: () => known.get(name) ?? null })) {
				known.set(name, snapshot);
				taken.set(name, Promise.resolve(snapshot));
				yield snapshot;
			}
		},
		close: async () => {
			closing.abort();
			await fetchers.close();
		},
	};
};

/** One fetcher for all sources that may reach the same hosts. */
const sharedFetchers = (open: DataSourcesOptions['fetcherFor']) => {
	const fetchers = new Map<string, Fetcher>();
	return {
		of: (allowPrivate: readonly string[]): Fetcher => {
			const name = JSON.stringify(allowPrivate);
			const fetcher = fetchers.get(name) ?? open(allowPrivate);
			fetchers.set(name, fetcher);
			return fetcher;
		},
		close: async () => {
			await Promise.all([...fetchers.values()].map((fetcher) => fetcher.close()));
		},
	};
};

const sourceIn = (sources: DataSourcesOptions['sources'], name: string): DataSource | undefined =>
	Object.hasOwn(sources, name) ? sources[name] : undefined;

const callOptions = (source: Extract<DataSource, { type: 'api' }>, tools: SourceTools): Omit<CallOptions, 'clock'> => ({
	source,
	fetcher: tools.fetcherFor(source.allowPrivate ?? []),
	environment: tools.environment,
	answers: tools.answers,
	maxAgeMs: source.refresh === 'cached' ? toMilliseconds(source.ttl) : null,
});

type Reading = { readonly folders: ProjectFolders; readonly snapshot: (source: RemoteSource) => Promise<Snapshot> };

async function* recordsIn(source: DataSource | undefined, reading: Reading): AsyncGenerator<readonly SourceRecord[]> {
	switch (source?.type) {
		case undefined:
			throw new TypeError('no source has this name');
		case 'inline':
			yield source.rows.map((row, index) => recordOfValue(row, index + 1));
			return;
		case 'csv':
			yield* csvRecords(await bytesOf(source, reading), source);
			return;
		case 'json': {
			const bytes = await bytesOf(source, reading);
			yield* hasLines(source) ? lineRecords(bytes) : jsonRecords(bytes, source.at);
			return;
		}
		case 'api':
		case 'live':
			yield* lineRecords(createReadStream((await reading.snapshot(source)).file));
			return;
		default:
			unreachable(source);
	}
}

const hasLines = ({ lines, path, url }: JsonSource): boolean =>
	lines ?? /\.(ndjson|jsonl)$/i.test(path ?? (url === undefined ? '' : new URL(url).pathname));

const bytesOf = async (source: CsvSource | JsonSource, { folders, snapshot }: Reading): Promise<AsyncIterable<Uint8Array>> => {
	if (source.path === undefined) return createReadStream((await snapshot(source)).file);
	const file = await locateFile(source.path, folders);
	if (!file.ok) throw new SourceProblem({ ...file.problem, ...(isAddress(source.path) ? IS_URL : {}), key: 'path' });
	return createReadStream(file.value.path);
};

const isAddress = (path: string): boolean => /^https?:\/\//i.test(path);
const IS_URL = { hint: 'write an address as `url`: `path` names a file of the project' } as const;

type Polling = SourceTools & { readonly signal: AbortSignal; readonly last: () => Snapshot | null };

async function* changesOf(source: LiveSource, { signal, last, ...tools }: Polling): AsyncGenerator<Snapshot> {
	const intervalMs = Math.max(toSeconds(source.interval ?? POLL_SECONDS), 1) * 1000;
	while (!signal.aborted) {
		await pause(intervalMs, undefined, { signal }).catch(() => {});
		if (signal.aborted) return;
		const snapshot = await snapshotOf(source, { ...tools, live: PRESENT }, signal).catch((error: unknown) => {
			if (problemOf(error) === null) throw error;
			return null;
		});
		if (snapshot !== null && !signal.aborted && snapshot.sha256 !== last()?.sha256) yield snapshot;
	}
}
