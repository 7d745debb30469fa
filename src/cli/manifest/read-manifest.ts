import { join } from 'node:path';
import { linesOf, type ManifestFiles, nodeFiles } from './files.ts';
import { isOtherVersion, type ManifestHeader, type ManifestRecord, parseHeader, parseRecord } from './record.ts';

export const MANIFEST_NDJSON = 'manifest.ndjson';
export const MANIFEST_CSV = 'manifest.csv';

/** No record that we write comes near it. */
const LONGEST_LINE = 1 << 20;

export type ManifestReading = AsyncIterable<ManifestRecord> & {
	/** What the first line says; null before it was read, and when there is no manifest or one of another version. */
	readonly header: () => ManifestHeader | null;
	/** Lines that could not be read so far. */
	readonly damaged: () => number;
};

/**
 * The records of a folder's manifest, in order and in constant memory; none when there is no manifest, or one of another version. A line that cannot be
 * read is left out and counted. To be iterated once.
 */
export const readManifest = (directory: string, files: ManifestFiles = nodeFiles): ManifestReading => {
	let header: ManifestHeader | null = null;
	let damaged = 0;
	async function* records(): AsyncGenerator<ManifestRecord> {
		let isFirst = true;
		for await (const line of linesOf(files, join(directory, MANIFEST_NDJSON), LONGEST_LINE)) {
			if (isFirst) {
				isFirst = false;
				header = line === null ? null : parseHeader(line);
				if (header !== null) continue;
				if (line !== null && isOtherVersion(line)) return;
			}
			const record = line === null ? null : parseRecord(line);
			if (record === null) damaged++;
			else yield record;
		}
	}
	return { [Symbol.asyncIterator]: records, header: () => header, damaged: () => damaged };
};

/** What a manifest lists as not made. */
export type Unmade = {
	/** Of the recipients of outputs that failed and of rows that were skipped, each once and in order. */
	readonly keys: readonly string[];
	/** Ids of outputs that failed. */
	readonly outputs: readonly string[];
	/** Numbers of rows that were skipped: as they were then, and the one way to find a row without a key. */
	readonly rows: readonly number[];
};

/** What a folder's manifest lists as failed or skipped. */
export const failedIn = async (directory: string, files: ManifestFiles = nodeFiles): Promise<Unmade> => {
	const keys = new Set<string>();
	const outputs = new Set<string>();
	const rows = new Set<number>();
	for await (const { status, key, output, row } of readManifest(directory, files)) {
		if (status !== 'failed' && status !== 'skipped') continue;
		if (status === 'failed') outputs.add(output);
		else if (row !== null) rows.add(row);
		if (key !== null) keys.add(key);
	}
	return { keys: [...keys], outputs: [...outputs], rows: [...rows] };
};
