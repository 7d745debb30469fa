import { type AudioKey, isAudioKey } from '../model/audio.ts';
import { type BlobKind, type BlobStore, openBlobStore } from './blob-store.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { isAmount, isCount, parseObject } from './segment-record.ts';

/** What a mix's file is known to be, written beside it. */
export type AudioRecord = {
	readonly key: AudioKey;
	readonly sha256: string;
	readonly bytes: number;
	readonly sampleRate: number;
	readonly channels: number;
	/** That are heard. */
	readonly seconds: number;
	/** sha256 of the packets, one after the other. */
	readonly packets: string;
	/** LUFS and dBTP of what a decoder makes of it; null for silence. */
	readonly loudness: number | null;
	readonly truePeak: number | null;
	/** LUFS that outputs are held to; null where none can be had. */
	readonly target: number | null;
	/** Milliseconds of mixing and encoding: what a reuse saves. */
	readonly costMs: number;
};

/** Mixes by key, beside the segments and as durable as they are. */
export type AudioStore = BlobStore<AudioKey, AudioRecord>;

const FORMAT_VERSION = 1;
const HASH = /^[0-9a-f]{64}$/;

const isLevel = (value: unknown): value is number | null => value === null || (typeof value === 'number' && Number.isFinite(value));
const isHash = (value: unknown): value is string => typeof value === 'string' && HASH.test(value);

const readRecord = (text: string, key: AudioKey): AudioRecord | null => {
	const value = parseObject(text);
	if (value === null || value['formatVersion'] !== FORMAT_VERSION || value['key'] !== key) return null;
	const { sha256, bytes, sampleRate, channels, seconds, packets, loudness, truePeak, target, costMs } = value;
	if (!isHash(sha256) || !isHash(packets) || !isCount(bytes) || !isCount(sampleRate) || !isCount(channels)) return null;
	if (!isAmount(seconds) || !isAmount(costMs) || !isLevel(loudness) || !isLevel(truePeak) || !isLevel(target)) return null;
	return { key, sha256, bytes, sampleRate, channels, seconds, packets, loudness, truePeak, target, costMs };
};

const MIXES: BlobKind<AudioKey, AudioRecord> = {
	folder: 'mixes',
	extension: 'm4a',
	isKey: isAudioKey,
	read: readRecord,
	write: (record) => `${JSON.stringify({ formatVersion: FORMAT_VERSION, ...record })}\n`,
	complete: ({ key, sampleRate, channels, seconds, packets, loudness, truePeak, target, costMs }, { sha256, bytes }) => ({
		...{ key, sha256, bytes, sampleRate, channels, seconds, packets, loudness, truePeak, target },
		costMs: Math.round(costMs),
	}),
};

/** The store of mixes in a directory: the one of the segments. */
export const openAudioStore = (directory: string, fs: FileSystem = nodeFileSystem): AudioStore => openBlobStore(MIXES, { directory, fs });
