import { isSegmentKey, type SegmentKey } from '../model/keys.ts';
import type { SegmentRecord } from '../ports/segment-store.ts';

const RECORD_FORMAT_VERSION = 1;

export const writeRecord = (record: SegmentRecord): string => `${JSON.stringify({ formatVersion: RECORD_FORMAT_VERSION, ...record })}\n`;

/** The record in a file's text, or null when it is not a whole record of exactly this key. Fields that it does not know are dropped. */
export const readRecord = (text: string, key: SegmentKey): SegmentRecord | null => {
	const value = parseObject(text);
	if (value === null || value['formatVersion'] !== RECORD_FORMAT_VERSION || value['key'] !== key || !isSegmentKey(key)) return null;
	const { sha256, bytes, frames, width, height, fps, costMs } = value;
	if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return null;
	if (!isCount(bytes) || !isCount(frames) || !isCount(width) || !isCount(height)) return null;
	if (!isAmount(fps) || fps === 0 || !isAmount(costMs)) return null;
	return { key, sha256, bytes, frames, width, height, fps, costMs };
};

/** The object in a text, or null. */
export const parseObject = (text: string): Record<string, unknown> | null => {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
	} catch {
		return null;
	}
};

/** A whole number above 0. */
export const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value > 0;

/** 0 or more. */
export const isAmount = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;
