import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import type { SegmentMessage, Toolchain } from './segment-message.ts';

declare const key: unique symbol;
/** sha256 hex that names a segment by everything that can change one of its bytes. */
export type SegmentKey = string & { readonly [key]: 'segment' };

/**
 * The key of a segment: the whole message and the toolchain, by exclusion of nothing. A new field is in the key the day it exists.
 * No path, time stamp or row number is in either.
 */
export const segmentKey = (message: SegmentMessage, toolchain: Toolchain): SegmentKey =>
	createHash('sha256').update(canonicalJson({ message, toolchain })).digest('hex') as SegmentKey;

export const isSegmentKey = (text: string): text is SegmentKey => /^[0-9a-f]{64}$/.test(text);

export const sha256Hex = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
