import { randomUUID } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type SegmentKey, sha256Hex } from '../../src/model/keys.ts';
import type { SegmentRecord, SegmentStore } from '../../src/ports/segment-store.ts';

/** A store that knows its records only in memory. Files are in a directory all the same, since encoders write files. */
export const makeMemoryStore = (directory: string): SegmentStore => {
	const records = new Map<SegmentKey, SegmentRecord>();
	const place = (key: SegmentKey): string => join(directory, `${key}.mp4`);
	return {
		async lookup(key) {
			const record = records.get(key);
			const size = await stat(place(key)).then(
				(facts) => facts.size,
				() => -1,
			);
			if (record !== undefined && record.bytes === size) return record;
			records.delete(key);
			return null;
		},
		async publish(file, known) {
			const content = await readFile(file);
			await writeFile(place(known.key), content);
			await rm(file);
			const record = { ...known, sha256: sha256Hex(content), bytes: content.length };
			records.set(known.key, record);
			return record;
		},
		async open(record) {
			const content = await readFile(place(record.key)).catch(() => null);
			if (content !== null && sha256Hex(content) === record.sha256) return place(record.key);
			records.delete(record.key);
			return null;
		},
		temporaryFile: async (extension) => join(directory, `${randomUUID()}.${extension}`),
	};
};
