import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RenderFailure } from '../model/failure.ts';
import type { SegmentKey } from '../model/keys.ts';
import type { ExecutablePlan, PlannedOutput } from '../model/render-plan.ts';
import type { SegmentRecord } from '../ports/segment-store.ts';

/** Free room of the file system that a path is on, or will be; null when the system does not tell. */
export type RoomOf = (path: string) => Promise<{ readonly device: number; readonly free: number } | null>;

export type DiskNeed = { readonly storeBytes: number; readonly outputBytes: number };

/** Of a frame of a million pixels in H.264, where nothing was measured yet. */
const DEFAULT_BYTES = 12_000;
/** A second of sound beside the pictures. */
const SOUND_BYTES = 24_000;
/** More than what is expected: scenes differ. */
const MARGIN = 1.25;
/** For records, bundles and browser profiles. */
const RESERVE_BYTES = 64 * 2 ** 20;

const megapixelFrames = ({ width, height }: { readonly width: number; readonly height: number }, frames: number): number =>
	(width * height * frames) / 1e6;

/** What is going to be written: the segments that are missing, and every output that has to be made. `found` are measured ones of the same plan. */
export const needOf = (
	{ messages }: ExecutablePlan,
	wanted: readonly PlannedOutput[],
	found: ReadonlyMap<SegmentKey, SegmentRecord>,
): DiskNeed => {
	const records = [...found.values()];
	const measured = records.reduce((sum, record) => sum + megapixelFrames(record, record.frames), 0);
	const rate = measured === 0 ? DEFAULT_BYTES : records.reduce((sum, { bytes }) => sum + bytes, 0) / measured;
	const bytesOf = (key: SegmentKey): number => {
		const message = messages[key];
		return found.get(key)?.bytes ?? (message === undefined ? 0 : rate * megapixelFrames(message.canvas, message.frames));
	};
	const missing = [...new Set(wanted.flatMap(({ segments }) => segments))].filter((key) => !found.has(key));
	const sum = (keys: readonly SegmentKey[]): number => keys.reduce((total, key) => total + bytesOf(key), 0);
	return {
		storeBytes: sum(missing),
		outputBytes: wanted.reduce(
			(total, { segments, audio, frames, fps }) => total + sum(segments) + (audio ? (frames / fps) * SOUND_BYTES : 0),
			0,
		),
	};
};

/** @throws RenderFailure `DISK` with the path, what is needed and what is free. What the system does not tell keeps nothing from being tried. */
export const requireRoom = async (
	{ storeBytes, outputBytes }: DiskNeed,
	places: { readonly store: string; readonly outputs: string },
	roomOf: RoomOf = systemRoom,
): Promise<void> => {
	if (storeBytes + outputBytes === 0) return;
	const [store, outputs] = await Promise.all([roomOf(places.store), roomOf(places.outputs)]);
	if (store !== null && store.device === outputs?.device) return requireFree(storeBytes + outputBytes, places.outputs, store.free);
	if (store !== null) requireFree(storeBytes, places.store, store.free);
	if (outputs !== null) requireFree(outputBytes, places.outputs, outputs.free);
};

const requireFree = (bytes: number, path: string, free: number): void => {
	const needed = bytes === 0 ? 0 : bytes * MARGIN + RESERVE_BYTES;
	if (needed <= free) return;
	throw new RenderFailure('DISK', `${path} has too little room: about ${megabytes(needed)} are needed, ${megabytes(free)} are free`);
};

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6).toLocaleString('en-US')} MB`;

export const systemRoom: RoomOf = async (path) => {
	for (let place = path; ; place = dirname(place)) {
		try {
			const [{ bavail, bsize, blocks }, { dev }] = await Promise.all([statfs(place), stat(place)]);
			// Some file systems of networks and containers tell nothing at all.
			return blocks === 0 ? null : { device: dev, free: bavail * bsize };
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(place) === place) return null;
		}
	}
};
