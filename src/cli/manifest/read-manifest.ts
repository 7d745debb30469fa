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

/** What a folder's manifest says has failed: ids of outputs, and keys of their recipients, each once and in order. */
export const failedIn = async (
	directory: string,
	files: ManifestFiles = nodeFiles,
): Promise<{ readonly keys: readonly string[]; readonly outputs: readonly string[] }> => {
	const keys = new Set<string>();
	const outputs = new Set<string>();
	for await (const { status, key, output } of readManifest(directory, files)) {
		if (status !== 'failed') continue;
		outputs.add(output);
		if (key !== null) keys.add(key);
	}
	return { keys: [...keys], outputs: [...outputs] };
};
