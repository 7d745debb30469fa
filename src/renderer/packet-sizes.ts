import type { FileSystem } from './file-system.ts';
import { findBox, readBoxContent, readTopBoxes, tracksOf } from './mp4-boxes.ts';
import { readSampleRanges, readSampleTable } from './sample-table.ts';
import type { PacketSizes } from './still-runs.ts';

/** The packets of a video, read from its index. Empty where that cannot be read: a file that is cut off is found when it is decoded. */
export const packetSizes = async (fs: FileSystem, file: string): Promise<PacketSizes> => {
	const handle = await fs.open(file, 'r');
	try {
		const { size } = await handle.stat();
		const index = (await readTopBoxes(handle, size)).find((box) => box.type === 'moov');
		const tracks = index ? tracksOf(await readBoxContent(handle, index)) : [];
		const video = tracks.find((track) => findBox(track, ['mdia', 'hdlr'])?.toString('latin1', 8, 12) === 'vide');
		const [table, ranges] = video ? [readSampleTable(video), readSampleRanges(video)] : [null, null];
		if (!table || !ranges) return [];
		const keys = new Set(table.keys);
		const order = table.shownAt.map((at, sample) => ({ at, sample })).sort((a, b) => a.at - b.at);
		return order.map(({ sample }) => (keys.has(sample) ? null : (ranges[sample]?.size ?? null)));
	} catch (error) {
		if (error instanceof RangeError) return [];
		throw error;
	} finally {
		await handle.close();
	}
};
