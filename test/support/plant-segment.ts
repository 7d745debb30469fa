import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SegmentKey } from '../../src/model/keys.ts';
import { openFileStore } from '../../src/renderer/file-store.ts';
import type { Campaign } from './campaign.ts';

/** Puts the file of one segment into the place of another, with a record that says so. */
export const plantSegment = async ({ directory }: Campaign, from: SegmentKey, to: SegmentKey): Promise<void> => {
	const store = openFileStore(join(directory, '.reelform/store'));
	const record = (await store.lookup(from))!;
	const file = await store.temporaryFile('mp4');
	await copyFile((await store.open(record))!, file);
	await store.publish(file, { ...record, key: to });
};
