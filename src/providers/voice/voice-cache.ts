import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { sha256Hex } from '../../model/keys.ts';
import type { SpokenSentence, WordTiming } from '../../model/sound.ts';
import { writeBody } from '../http/download.ts';
import { isRecord, readJson } from './read-json.ts';
import { encodeWave } from './wave.ts';

const FORMAT_VERSION = 1;

/** One sentence as it lies on the disk. */
export type KeptSentence = {
	/** An absolute path: WAV, 16 bits, one channel. */
	readonly file: string;
	readonly sha256: string;
	readonly bytes: number;
	readonly seconds: number;
	readonly words: readonly WordTiming[];
	/** US dollars; null for unknown, 0 for a voice that costs nothing. */
	readonly cost: number | null;
	/** ISO 8601, UTC. */
	readonly madeAt: string;
};

export type VoiceCache = {
	/** Null for what was never kept, and for what is damaged in any way: it is made again. */
	read(key: string): Promise<KeptSentence | null>;
	/** Rejects when the disk does not take it. Nothing half-written is ever read. */
	write(key: string, spoken: SpokenSentence, facts: Pick<KeptSentence, 'cost' | 'madeAt'>): Promise<KeptSentence>;
	/** Rejects if nothing can be kept: better known before something is paid for. Tried once. */
	prepare(): Promise<void>;
	/** Where files wait to be read. */
	readonly incoming: string;
};

/** Sentences under `<directory>/voices/`, by their keys. The record that names a sound is written after it. */
export const openVoiceCache = (directory: string): VoiceCache => {
	const root = join(directory, 'voices');
	const placeOf = (key: string): { readonly sound: string; readonly record: string } => {
		if (!/^[0-9a-f]{64}$/.test(key)) throw new TypeError(`not a key: ${key}`);
		const place = join(root, key.slice(0, 2), key);
		return { sound: `${place}.wav`, record: `${place}.json` };
	};
	let prepared: Promise<void> | null = null;
	return {
		incoming: join(root, 'incoming'),
		prepare() {
			prepared ??= probe(join(root, 'incoming'));
			return prepared;
		},
		async read(key) {
			const { sound, record } = placeOf(key);
			const [bytes, text] = await Promise.all([readIfThere(sound), readIfThere(record)]);
			const kept = text === null ? null : readRecord(readJson(text), key);
			if (bytes === null || kept === null || kept.bytes !== bytes.length || kept.sha256 !== sha256Hex(bytes)) return null;
			return { ...kept, file: sound };
		},
		async write(key, spoken, facts) {
			const { sound, record } = placeOf(key);
			const bytes = encodeWave(spoken.pcm);
			const kept = {
				sha256: sha256Hex(bytes),
				bytes: bytes.length,
				seconds: (spoken.pcm.channels[0]?.length ?? 0) / spoken.pcm.sampleRate,
				words: spoken.words,
				...facts,
			};
			await writeBody(bodyOf(bytes), sound);
			await writeBody(bodyOf(Buffer.from(`${JSON.stringify({ formatVersion: FORMAT_VERSION, key, ...kept })}\n`)), record);
			return { ...kept, file: sound };
		},
	};
};

/** Keys of the sentences that are kept in a folder of assets, as far as their names tell. */
export const keptSentences = async (directory: string): Promise<ReadonlySet<string>> => {
	const names = await readdir(join(directory, 'voices'), { recursive: true }).catch(() => []);
	return new Set(names.filter((name) => name.endsWith('.json')).map((name) => basename(name, '.json')));
};

const probe = async (folder: string): Promise<void> => {
	const file = join(folder, `${randomBytes(8).toString('hex')}.probe`);
	await writeBody(bodyOf(new Uint8Array(1)), file);
	await rm(file, { force: true });
};

const bodyOf = async function* (bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	yield bytes;
};

/** Null for what is not there. What is there and cannot be read is as good as damaged. */
const readIfThere = (file: string): Promise<Uint8Array | null> => readFile(file).catch(() => null);

const readRecord = (record: unknown, key: string): Omit<KeptSentence, 'file'> | null => {
	if (!isRecord(record) || record['formatVersion'] !== FORMAT_VERSION || record['key'] !== key) return null;
	const { sha256, bytes, seconds, words, cost, madeAt } = record;
	const timed = Array.isArray(words) ? words.filter(isTimed) : [];
	if (!Array.isArray(words) || timed.length !== words.length) return null;
	if (typeof sha256 !== 'string' || typeof bytes !== 'number' || typeof seconds !== 'number' || typeof madeAt !== 'string') return null;
	if (cost !== null && typeof cost !== 'number') return null;
	return { sha256, bytes, seconds, words: timed, cost, madeAt };
};

const isTimed = (word: unknown): word is WordTiming =>
	isRecord(word) && typeof word['text'] === 'string' && Number.isFinite(word['start']) && Number.isFinite(word['end']);
