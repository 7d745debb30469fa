import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FetchedAsset, ProviderResult } from '../../ports/asset-provider.ts';
import { checkImage, MAX_IMAGE_BYTES } from '../check-image.ts';
import type { Fetcher } from '../http/contract.ts';
import type { InputProblem, InputResult } from '../input-problem.ts';
import { MAX_VIDEO_BYTES, readVideo } from '../read-video.ts';
import { downloadProblem, failed, unusable } from './provider-problem.ts';
import { MAX_SOUND_BYTES, readSound } from './read-sound.ts';

/** What a file must turn out to be, down to its last byte as far as its format tells. */
export type Medium = 'video' | 'image' | 'vector' | 'sound';

export type Keeping = {
	/** Of the provider, for messages. */
	readonly id: string;
	readonly medium: Medium;
	readonly directory: string;
	readonly cost: number | null;
};

export const MAX_BYTES: Readonly<Record<Medium, number>> = {
	video: MAX_VIDEO_BYTES,
	image: MAX_IMAGE_BYTES,
	vector: 2_000_000,
	sound: MAX_SOUND_BYTES,
};

const DOWNLOAD_MS = 600_000;

export type Link = { readonly url: string; readonly headers?: Readonly<Record<string, string>> };

/** Downloads a file, and keeps it in the directory under its hash if it is whole and of its kind. Of anything else nothing is left. */
export const keepDownload = (
	link: Link,
	tools: { readonly fetcher: Fetcher; readonly needs: readonly string[]; readonly signal: AbortSignal },
	keeping: Keeping,
): Promise<ProviderResult<FetchedAsset>> =>
	keep(keeping, async (file) => {
		const { fetcher, needs, signal } = tools;
		const expect = keeping.medium === 'sound' ? 'audio' : keeping.medium === 'vector' ? 'image' : keeping.medium;
		const request = { ...link, expect, maxBytes: MAX_BYTES[keeping.medium], timeoutMs: DOWNLOAD_MS, retry: 'safe', signal } as const;
		const result = await fetcher.download(request, file);
		return result.ok ? null : downloadProblem(keeping.id, needs, result.problem);
	});

/** The same for bytes that are there. */
export const keepBytes = (bytes: Uint8Array, keeping: Keeping): Promise<ProviderResult<FetchedAsset>> =>
	keep(keeping, async (file) => {
		await writeFile(file, bytes, { flag: 'wx', mode: 0o600 });
		return null;
	});

/** The same for a copy of a file of this machine. */
export const keepCopy = (source: string, keeping: Keeping): Promise<ProviderResult<FetchedAsset>> =>
	keep(keeping, async (file) => {
		await copyFile(source, file);
		return null;
	});

/** The same for what `write` puts into a new file, or why it cannot. */
export const keepWritten = (write: (file: string) => Promise<Failure | null>, keeping: Keeping): Promise<ProviderResult<FetchedAsset>> =>
	keep(keeping, write);

type Failure = Exclude<ProviderResult<never>, { readonly ok: true }>;

const keep = async (keeping: Keeping, write: (file: string) => Promise<Failure | null>): Promise<ProviderResult<FetchedAsset>> => {
	const { directory, medium, id, cost } = keeping;
	const partial = join(directory, `${randomBytes(8).toString('hex')}.part`);
	try {
		await mkdir(directory, { recursive: true, mode: 0o700 });
		const problem = await write(partial);
		if (problem !== null) return problem;
		const kind = await extensionOf(medium, partial);
		if (!kind.ok) return unusable('lasting', messageOf(id, partial, kind.problem), kind.problem.hint);
		const sha256 = await hashOf(partial);
		const file = join(directory, `${sha256}.${kind.value}`);
		const { size } = await stat(partial);
		await rename(partial, file);
		return { ok: true, value: { file, sha256, bytes: size, extension: kind.value, cost } };
	} catch (error) {
		// The disk's own word is in the code; a fault without one is a mistake of ours.
		if (!(error instanceof Error && 'code' in error)) throw error;
		return failed('passing', `a file from ${id} cannot be written (${String(error.code)})`, 'make room, and check who may write there');
	} finally {
		await rm(partial, { force: true });
	}
};

const messageOf = (id: string, partial: string, { summary }: InputProblem): string =>
	`what ${id} sent cannot be used: ${summary.replace(`"${basename(partial)}"`, 'it')}`;

const extensionOf = async (medium: Medium, file: string): Promise<InputResult<string>> => {
	if (medium === 'sound') {
		const sound = await readSound(basename(file), file);
		return sound.ok ? { ok: true, value: sound.value.extension } : sound;
	}
	const folder = await realpath(join(file, '..'));
	const facts =
		medium === 'video'
			? await readVideo(basename(file), { specFolder: folder, root: folder })
			: await checkImage(basename(file), await readFile(file)).then((image) =>
					image.ok ? { ok: true as const, value: { facts: image.value } } : image,
				);
	if (!facts.ok) return facts;
	const { extension } = facts.value.facts.asset;
	if (medium === 'vector' && extension !== 'svg') {
		return { ok: false, problem: { code: 'RF4003', summary: 'it is no SVG', hint: 'pin another result' } };
	}
	return { ok: true, value: extension };
};

const hashOf = async (file: string): Promise<string> => {
	const hash = createHash('sha256');
	for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
	return hash.digest('hex');
};
