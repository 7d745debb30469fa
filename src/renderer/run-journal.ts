import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RenderEvent } from '../model/events.ts';

/** The story of one run, for people: a line of JSON for each event. Nothing reads it back. */
export type RunJournal = {
	/** Absolute. */
	readonly path: string;
	/** Never throws: a run is not worse for want of its journal. */
	write(event: RenderEvent): void;
	close(): Promise<void>;
};

export type JournalOptions = {
	readonly folder: string;
	/** When the run began. */
	readonly startedAt: Date;
	readonly pid: number;
	/** Milliseconds since then, for each line. */
	readonly elapsedMs: () => number;
	readonly mostFiles?: number;
	readonly mostBytes?: number;
};

const MOST_FILES = 20;
const MOST_BYTES = 16 * 2 ** 20;
/** What failures may add to a journal that is full. */
const SPARE = 1.25;
/** Of the journal, what rows may take. */
const ROWS = 0.25;

const NAME = /^\d{8}T\d{6}Z-\d+\.ndjson$/;

/** `<time>-<pid>.ndjson` in the folder. The oldest journals go, so that there are never more than `mostFiles`. */
export const openRunJournal = async (options: JournalOptions): Promise<RunJournal> => {
	const { folder, startedAt, pid, elapsedMs, mostFiles = MOST_FILES, mostBytes = MOST_BYTES } = options;
	const name = `${startedAt.toISOString().replace(/[-:]|\.\d+/g, '')}-${pid}.ndjson`;
	const path = join(folder, name);
	await mkdir(folder, { recursive: true }).catch(() => {});
	await removeOldest(folder, mostFiles - 1);
	const handle = await open(path, 'a', 0o600).catch(() => null);
	let bytes = 0;
	let writing: Promise<unknown> = Promise.resolve();
	const add = (value: object): void => {
		const line = `${JSON.stringify({ ms: Math.round(elapsedMs()), ...value })}\n`;
		bytes += Buffer.byteLength(line);
		writing = writing.then(() => handle?.appendFile(line)).catch(() => {});
	};
	const noted = new Set<string>();
	const note = (what: 'full' | 'rows-left-out', text: string): void => {
		if (!noted.has(what)) add({ type: `journal-${what}`, note: text });
		noted.add(what);
	};
	return {
		path,
		write(event) {
			// Frames come by the thousand and say nothing afterwards.
			if (event.type === 'frames-rendered') return;
			if (event.type === 'run-finished') return add(event);
			if (bytes > mostBytes * SPARE) return;
			if (isOfRow(event) && bytes > mostBytes * ROWS) return note('rows-left-out', 'more rows: see the manifest');
			if (bytes <= mostBytes || isTold(event)) return add(event);
			note('full', 'from here on only failures and the end');
		},
		async close() {
			await writing;
			await handle?.close().catch(() => {});
		},
	};
};

const isTold = ({ type }: RenderEvent): boolean =>
	type === 'output-failed' || type === 'segment-failed' || type === 'mix-failed' || type === 'rows-cut';

/** Rows come before everything else, by the hundred thousand in a bad table. */
const isOfRow = ({ type }: RenderEvent): boolean => type === 'row-skipped' || type === 'picture-replaced';

const removeOldest = async (folder: string, mostLeft: number): Promise<void> => {
	const names = (await readdir(folder).catch(() => [])).filter((name) => NAME.test(name)).sort();
	for (const name of names.slice(0, Math.max(0, names.length - mostLeft))) await rm(join(folder, name), { force: true }).catch(() => {});
};
