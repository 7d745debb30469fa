import { join, resolve } from 'node:path';
import { canonicalJson } from '../model/canonical-json.ts';
import { RenderFailure } from '../model/failure.ts';
import { type SegmentKey, sha256Hex } from '../model/keys.ts';
import type { PlannedOutput } from '../model/render-plan.ts';
import { discard, hashFile } from './durable-file.ts';
import type { FileSystem } from './file-system.ts';
import { removeSidecars, type Sidecar, writeSidecars } from './sidecars.ts';
import { temporaryName } from './sweep.ts';

/** What was published at a path, and from what. */
type OutputRecord = {
	readonly formatVersion: 1;
	readonly path: string;
	readonly segments: readonly string[];
	readonly fps: number;
	/** Key of what is heard; left out for a silent video. */
	readonly audio?: string;
	/** Endings of the files that were written beside it. */
	readonly sidecars?: readonly string[];
	readonly sha256: string;
	readonly bytes: number;
	readonly mtimeMs: number;
	/** Whether a segment of it turned out to be wrong: the file is then made again. */
	readonly doubted?: true;
};

/** What is written: the record, and its own hash, so that a record that says something else than what was written is none. */
type SealedRecord = OutputRecord & { readonly seal: string };

/** Where the records of published outputs are: one file for each path. A lost record costs an assembly, no pixel. */
export type OutputRecords = { readonly fs: FileSystem; readonly folder: string };

/** The file name part that stands for one final path. */
export const outputId = (file: string): string => sha256Hex(resolve(file)).slice(0, 32);

/** An output and what is written beside it. */
export type Wanted = { readonly output: PlannedOutput; readonly sidecars: readonly Sidecar[] };

/**
 * The sha256 of the file at a final path when it is the one that the plan wants and nobody touched it, else null. A file with another date is compared by
 * content. Anything unclear is null. What is written beside it is put in order; where that cannot be done, it is null.
 */
export const publishedHash = async (records: OutputRecords, file: string, { output, sidecars }: Wanted): Promise<string | null> => {
	const record = await readOutputRecord(records, file);
	if (record === null || record.doubted || !isOf(record, output)) return null;
	const sha256 = await hashIfUntouched(records, file, record);
	if (sha256 === null) return null;
	try {
		await writeSidecars(records.fs, file, sidecars);
	} catch {
		return null;
	}
	const extensions = extensionsOf(sidecars);
	if (extensions.join() === (record.sidecars ?? []).join()) return sha256;
	await forgetSidecars(records, file, extensions);
	const { sidecars: _, ...bare } = record;
	await write(records, extensions.length === 0 ? bare : { ...bare, sidecars: extensions });
	return sha256;
};

const isOf = (record: OutputRecord, output: PlannedOutput): boolean =>
	record.fps === output.fps && record.segments.join() === output.segments.join() && (record.audio ?? null) === (output.audio ?? null);

const extensionsOf = (sidecars: readonly Sidecar[]): readonly string[] => sidecars.map(({ extension }) => extension);

/** Removes what was written beside an output and is not wanted any more. Files that others put there stay. */
export const forgetSidecars = async (records: OutputRecords, file: string, wanted: readonly string[]): Promise<void> => {
	const before = (await readOutputRecord(records, file))?.sidecars ?? [];
	await removeSidecars(
		records.fs,
		file,
		before.filter((extension) => !wanted.includes(extension)),
	);
};

const hashIfUntouched = async (records: OutputRecords, file: string, record: OutputRecord): Promise<string | null> => {
	const { fs } = records;
	const facts = await fs.lstat(file).catch(() => null);
	if (facts === null || !facts.isFile() || facts.size !== record.bytes) return null;
	if (facts.mtimeMs === record.mtimeMs) return record.sha256;
	const found = await hashFile(fs, file).catch(() => null);
	if (found?.sha256 !== record.sha256) return null;
	await write(records, { ...record, mtimeMs: facts.mtimeMs });
	return record.sha256;
};

/** Remembers what was published. Never throws: without its record an output is only made again. */
export const recordOutput = async (records: OutputRecords, file: string, made: Wanted & { readonly sha256: string }): Promise<void> => {
	const facts = await records.fs.stat(file).catch(() => null);
	if (facts === null) return;
	const { segments, fps, audio } = made.output;
	await forgetSidecars(records, file, extensionsOf(made.sidecars));
	await write(records, {
		formatVersion: 1,
		path: resolve(file),
		...{ segments, fps },
		...(audio ? { audio } : {}),
		...(made.sidecars.length === 0 ? {} : { sidecars: extensionsOf(made.sidecars) }),
		sha256: made.sha256,
		bytes: facts.size,
		mtimeMs: facts.mtimeMs,
	});
};

/** The files that were made from a segment. */
export type OutputDoubts = {
	/** Sees to it that they are made again. Absolute paths of those that are still there. @throws RenderFailure `DISK` when it cannot be noted down */
	doubt(segment: SegmentKey): Promise<readonly string[]>;
};

/** Reads all records once, when they are first asked for. */
export const openOutputDoubts = (records: OutputRecords): OutputDoubts => {
	let known: Promise<readonly OutputRecord[]> | null = null;
	return {
		async doubt(segment) {
			known ??= readAllRecords(records);
			const made = (await known).filter(({ segments }) => segments.includes(segment));
			for (const record of made) {
				if (!(await write(records, { ...record, doubted: true })))
					throw new RenderFailure('DISK', `${records.folder} cannot be written: ${record.path} would not be made again`);
			}
			const present = await Promise.all(made.map(({ path }) => records.fs.stat(path).catch(() => null)));
			return made.flatMap(({ path }, index) => (present[index] === null ? [] : [path])).sort();
		},
	};
};

const readAllRecords = async (records: OutputRecords): Promise<readonly OutputRecord[]> => {
	const found: OutputRecord[] = [];
	for (const name of await records.fs.readdir(records.folder).catch(() => [])) {
		const record = name.endsWith('.json') ? await readRecordFile(records, name) : null;
		if (record !== null) found.push(record);
	}
	return found;
};

const readOutputRecord = async (records: OutputRecords, file: string): Promise<OutputRecord | null> => {
	const record = await readRecordFile(records, `${outputId(file)}.json`);
	return record?.path === resolve(file) ? record : null;
};

const readRecordFile = async ({ fs, folder }: OutputRecords, name: string): Promise<OutputRecord | null> => {
	const text = await fs.readFile(join(folder, name), 'utf8').catch(() => null);
	if (text === null) return null;
	try {
		const { seal, ...record }: SealedRecord = JSON.parse(text);
		return seal === sealOf(record) && record.formatVersion === 1 ? record : null;
	} catch {
		return null;
	}
};

const sealOf = (record: OutputRecord): string => sha256Hex(canonicalJson(record)).slice(0, 16);

/** Whether it was written. */
const write = async ({ fs, folder }: OutputRecords, record: OutputRecord): Promise<boolean> => {
	const temporary = join(folder, temporaryName('json'));
	try {
		await fs.mkdir(folder, { recursive: true });
		const handle = await fs.open(temporary, 'wx');
		try {
			await handle.writeFile(`${JSON.stringify({ ...record, seal: sealOf(record) } satisfies SealedRecord)}\n`);
		} finally {
			await handle.close();
		}
		await fs.rename(temporary, join(folder, `${outputId(record.path)}.json`));
		return true;
	} catch {
		await discard(fs, temporary);
		return false;
	}
};
