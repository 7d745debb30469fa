import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '../../model/keys.ts';
import { isObject, parseJson } from './json-values.ts';

/** What a service gave, in a file that is named by its content and never changes. `asked`: milliseconds since 1970. */
export type Snapshot = { readonly file: string; readonly sha256: string; readonly asked: number };

export type Answers = {
	/** Takes what `write` puts into the file that it is given, and remembers it under the request. Rejects with what `write` rejects with. */
	keepFile(request: string, write: (file: string) => Promise<void>): Promise<Snapshot>;
	/** The newest file kept for a request, null if there is none that is whole and younger than `maxAgeMs`. */
	findFile(request: string, maxAgeMs: number): Promise<Snapshot | null>;
	keepText(request: string, text: string): Promise<void>;
	/** The text kept for a request, null if there is none that is whole and younger than `maxAgeMs`. */
	findText(request: string, maxAgeMs: number): Promise<string | null>;
};

/** Keeps answers in a directory that only its owner may read. Requests must have no secrets in them. */
export const openAnswers = (directory: string, now: () => number): Answers => {
	const noteOf = (kind: string, request: string): string => join(directory, `${kind}-${sha256Hex(request)}.json`);
	const contentOf = (sha256: string): string => join(directory, `${sha256}.data`);
	return {
		keepFile: async (request, fill) => {
			await mkdir(directory, { recursive: true, mode: 0o700 });
			const partial = join(directory, `${randomBytes(12).toString('hex')}.part`);
			try {
				await fill(partial);
				await chmod(partial, 0o600);
				const sha256 = await hashOf(partial);
				const snapshot = { file: contentOf(sha256), sha256, asked: now() };
				await rename(partial, snapshot.file);
				await writePrivately(directory, noteOf('file', request), JSON.stringify({ formatVersion: 1, asked: snapshot.asked, sha256 }));
				return snapshot;
			} catch (error) {
				await rm(partial, { force: true });
				throw error;
			}
		},
		findFile: async (request, maxAgeMs) => {
			const note = await readNote(noteOf('file', request), { now, maxAgeMs });
			const sha256 = note?.['sha256'];
			if (note === null || typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return null;
			const file = contentOf(sha256);
			const found = await hashOf(file).catch(() => null);
			return found === sha256 ? { file, sha256, asked: note['asked'] as number } : null;
		},
		keepText: (request, text) =>
			writePrivately(directory, noteOf('text', request), JSON.stringify({ formatVersion: 1, asked: now(), sha256: sha256Hex(text), text })),
		findText: async (request, maxAgeMs) => {
			const note = await readNote(noteOf('text', request), { now, maxAgeMs });
			const text = note?.['text'];
			return typeof text === 'string' && sha256Hex(text) === note?.['sha256'] ? text : null;
		},
	};
};

/** Writes a whole file or none, into a directory that is made when it is missing. */
const writePrivately = async (directory: string, file: string, text: string): Promise<void> => {
	const partial = `${file}.${randomBytes(6).toString('hex')}.part`;
	await mkdir(directory, { recursive: true, mode: 0o700 });
	try {
		const handle = await open(partial, 'wx', 0o600);
		await handle.writeFile(text).finally(() => handle.close());
		await rename(partial, file);
	} catch (error) {
		await rm(partial, { force: true });
		throw error;
	}
};

type Note = Readonly<Record<string, unknown>>;
type Freshness = { readonly now: () => number; readonly maxAgeMs: number };

/** Null for what is no note, and for one that is too old or of the future. */
const readNote = async (file: string, { now, maxAgeMs }: Freshness): Promise<Note | null> => {
	const text = await readFile(file, 'utf8').catch(() => null);
	const note = text === null ? null : parseJson(text);
	if (!note?.ok || !isObject(note.value) || note.value['formatVersion'] !== 1 || typeof note.value['asked'] !== 'number') return null;
	const age = now() - note.value['asked'];
	return age >= 0 && age < maxAgeMs ? note.value : null;
};

const hashOf = async (file: string): Promise<string> => {
	const hash = createHash('sha256');
	for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
	return hash.digest('hex');
};
