import { Readable } from 'node:stream';
import type { SourceRecord } from '../../../src/ports/data-sources.ts';

/** A text or bytes in pieces of some size, as a file or a service would give them. */
export const inPieces = (content: string | Uint8Array, size = 64 * 1024): AsyncIterable<Uint8Array> => {
	const bytes = Buffer.from(content);
	return Readable.from(
		(function* () {
			for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
		})(),
	);
};

export const collect = async (groups: AsyncIterable<readonly SourceRecord[]>): Promise<readonly SourceRecord[]> => {
	const all: SourceRecord[] = [];
	for await (const group of groups) all.push(...group);
	return all;
};

/** Plain objects of what was read, and `RF4201 2 name` of what was not. */
export const shown = (records: readonly SourceRecord[]): readonly unknown[] =>
	records.map((record) =>
		record.ok ? structuredClone({ ...record.values }) : `${record.code} ${record.row}${record.column === null ? '' : ` ${record.column}`}`,
	);

/** The code and the words that reading ends with; null when it ends well. */
export const failureOf = async (groups: AsyncIterable<unknown>): Promise<string | null> => {
	try {
		for await (const _ of groups);
		return null;
	} catch (error) {
		if (error instanceof Error && 'problem' in error) return `${(error.problem as { code: string }).code} ${error.message}`;
		if (error instanceof Error && 'code' in error) return `${error.code} ${error.message}`;
		throw error;
	}
};
