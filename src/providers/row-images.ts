import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { visible } from '../diagnostics/visible.ts';
import type { ImageFacts } from '../model/inputs.ts';
import { checkImage } from './check-image.ts';
import type { Fetcher } from './http/fetcher.ts';
import { isServiceFault, shownAddress } from './http/problems.ts';
import { paletteOf } from './image-palette.ts';
import { type InputProblem, type InputResult, refuse } from './input-problem.ts';
import type { ProjectFolders } from './project-file.ts';
import { readImage } from './read-image.ts';

/** A picture that a row names, by content; `palette` is empty when it was not asked for, or the picture has no colours. Or why it cannot be used. */
export type RowImage =
	| { readonly ok: true; readonly facts: ImageFacts; readonly file: string; readonly palette: readonly string[] }
	| { readonly ok: false; readonly code: 'RF4213' | 'RF4210'; readonly summary: string; readonly hint: string; readonly passing?: true };

export type RowImages = {
	/** By the text as written, each once. Paths are relative to the spec and stay in its project. Rejects when `directory` cannot be written. */
	resolve(written: readonly string[], options: { readonly palette: boolean }): Promise<ReadonlyMap<string, RowImage>>;
};

export type RowImageOptions = {
	readonly fetcher: Fetcher;
	readonly folders: ProjectFolders;
	/** Where fetched pictures are kept, each named by its hash. Made when the first one comes. */
	readonly directory: string;
};

const MAX_FETCHED_BYTES = 10_000_000;
const FETCH_TIMEOUT_MS = 15_000;
const AT_ONCE = 4;
/** Wider pictures are drawn by no browser without being scaled first. */
const LONGEST_SIDE = 16_384;
/** Pictures that are remembered; the oldest are forgotten first. */
const MOST_REMEMBERED = 50_000;
/** Failures in a row after which a host is asked no more. */
const MOST_FAILURES = 5;

type Found = { readonly facts: ImageFacts; readonly file: string };
type Memory<T> = Map<string, Promise<T>>;
type Shelf = RowImageOptions & { readonly failures: Map<string, number> };

/** Pictures are asked for once in the life of the object, four at a time, and checked like those of the project. */
export const openRowImages = (options: RowImageOptions): RowImages => {
	const found: Memory<InputResult<Found>> = new Map();
	const palettes: Memory<readonly string[]> = new Map();
	const shelf: Shelf = { ...options, failures: new Map() };
	const inTurn = openTurns(AT_ONCE);
	const one = async (written: string, palette: boolean): Promise<RowImage> => {
		const image = await remember(found, written, () => inTurn(() => find(shelf, written)));
		if (!image.ok) return asRowImage(image.problem);
		const { facts, file } = image.value;
		const colors = palette ? await remember(palettes, facts.asset.sha256, () => inTurn(() => paletteOf(file))) : [];
		return { ok: true, facts, file, palette: colors };
	};
	return {
		resolve: async (written, { palette }) => {
			const names = [...new Set(written)];
			const images = await Promise.all(names.map(async (name) => [name, await one(name, palette)] as const));
			return new Map(images);
		},
	};
};

const remember = <T>(memory: Memory<T>, key: string, make: () => Promise<T>): Promise<T> => {
	const known = memory.get(key);
	if (known !== undefined) return known;
	const made = make();
	memory.set(key, made);
	// What is no answer, such as a full disk, is not one for the next who asks either.
	made.catch(() => memory.delete(key));
	if (memory.size > MOST_REMEMBERED) memory.delete(memory.keys().next().value!);
	return made;
};

const openTurns = (atOnce: number): (<T>(task: () => Promise<T>) => Promise<T>) => {
	const waiting: (() => void)[] = [];
	let running = 0;
	return async (task) => {
		if (running < atOnce) running++;
		else await new Promise<void>((resolve) => waiting.push(resolve));
		try {
			return await task();
		} finally {
			const next = waiting.shift();
			// A place is handed on, so that nobody who comes in between takes it.
			if (next === undefined) running--;
			else next();
		}
	};
};

const find = async (shelf: Shelf, written: string): Promise<InputResult<Found>> => {
	const image = await findAnywhere(shelf, written);
	if (!image.ok || Math.max(image.value.facts.width, image.value.facts.height) <= LONGEST_SIDE) return image;
	const { width, height } = image.value.facts;
	return refuse('RF4213', `"${named(written)}" is ${width} x ${height}, more than ${LONGEST_SIDE} to a side`, 'give a smaller picture');
};

const findAnywhere = async (shelf: Shelf, written: string): Promise<InputResult<Found>> => {
	const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(written)?.[1]?.toLowerCase();
	if (scheme === 'http' || scheme === 'https') return fetchImage(shelf, written);
	if (scheme !== undefined || /^[\\/]{2}/.test(written)) {
		return refuse('RF4210', `"${named(written)}" is neither an https:// address nor a path in the project`, 'give one of the two');
	}
	const read = await readImage(written, shelf.folders);
	return read.ok ? { ok: true, value: { facts: read.value.facts, file: read.value.path } } : read;
};

/** What a message calls it: short, and of an address nothing that may be secret. */
const named = (written: string): string => {
	if (/^https?:/i.test(written)) return shownAddress(written);
	return visible(written.length > 80 ? `${written.slice(0, 80)}...` : written);
};

const fetchImage = async (shelf: Shelf, url: string): Promise<InputResult<Found>> => {
	const origin = URL.canParse(url) ? new URL(url).origin : '';
	const failures = shelf.failures.get(origin) ?? 0;
	if (failures >= MOST_FAILURES) {
		const summary = `${shownAddress(url)} was not asked: its host has failed ${failures} times in a row`;
		return { ok: false, problem: { code: 'RF4213', summary, hint: 'try again later, or give pictures of another host', passing: true } };
	}
	const answer = await shelf.fetcher.send({
		url,
		expect: 'image',
		maxBytes: MAX_FETCHED_BYTES,
		timeoutMs: FETCH_TIMEOUT_MS,
		retry: 'safe',
	});
	const isPassing = !answer.ok && isServiceFault(answer.problem);
	// Others have asked the host in the meantime.
	shelf.failures.set(origin, isPassing ? (shelf.failures.get(origin) ?? 0) + 1 : 0);
	if (!answer.ok) return { ok: false, problem: { ...answer.problem, ...(isPassing ? { passing: true } : {}) } };
	const bytes = Buffer.from(answer.value.bytes);
	const checked = await checkImage(named(url), bytes);
	if (!checked.ok) return checked;
	return { ok: true, value: { facts: checked.value, file: await keep(shelf.directory, checked.value, bytes) } };
};

/** The file under the hash of its content, which is there whole or not at all. */
const keep = async (directory: string, { asset }: ImageFacts, bytes: Buffer): Promise<string> => {
	const file = join(directory, `${asset.sha256}.${asset.extension}`);
	const kept = await stat(file).catch(() => null);
	if (kept?.isFile() && kept.size === bytes.length) return file;
	await mkdir(directory, { recursive: true, mode: 0o700 });
	const partial = `${file}.${randomBytes(6).toString('hex')}.part`;
	try {
		await writeFile(partial, bytes, { mode: 0o600, flush: true });
		await rename(partial, file);
	} catch (error) {
		await rm(partial, { force: true });
		throw error;
	}
	return file;
};

const asRowImage = ({ code, summary, hint, passing }: InputProblem): RowImage => ({
	...{ ok: false, code: code === 'RF4210' ? 'RF4210' : 'RF4213', summary, hint },
	...(passing ? { passing } : {}),
});
