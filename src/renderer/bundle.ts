import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { RenderFailure } from '../model/failure.ts';
import { isSealed, sealBundle } from './bundle-seal.ts';
import { makeOwnDirectory } from './own-directory.ts';

export type BundleOrder = {
	/** The generated entry, as the compiler emits it. */
	readonly entry: string;
	/** What `reelform/runtime` in it stands for, and the hash of that code. */
	readonly runtime: { readonly file: string; readonly hash: string };
	/** Hashes of the components that the entry imports, in a stable order. */
	readonly componentHashes: readonly string[];
	/** The modules that the entry imports, by their paths beside it. None when left out. */
	readonly modules?: readonly { readonly path: string; readonly text: string }[];
	/** Bundles are kept here, one directory per key. */
	readonly cacheDirectory: string;
};

export type Bundle = { readonly directory: string; readonly key: string; readonly reused: boolean };

/** A file that the page loads by content: `staticFile('assets/<sha256>.<extension>')`. */
export type AssetFile = { readonly sha256: string; readonly extension: string; readonly path: string };

/** Changes when what is written around the bundled code changes. */
const LAYOUT = 2;

/** Names a bundle by the code in it; YAML and data are not part of it. */
export const bundleKey = ({ entry, runtime, componentHashes }: BundleOrder, remotionVersion: string): string =>
	createHash('sha256')
		.update(JSON.stringify([LAYOUT, remotionVersion, runtime.hash, entry, componentHashes]))
		.digest('hex');

/**
 * The bundle of an entry, made when no whole bundle with the same code is there. The bundler is loaded only then.
 * @throws RenderFailure `BUNDLE`, or `DISK` when the cache directory has no room
 */
export const bundleEntry = async (order: BundleOrder): Promise<Bundle> => {
	const key = bundleKey(order, remotionVersion());
	const directory = join(order.cacheDirectory, key);
	if (await isSealed(directory)) return { directory, key, reused: true };
	const temporary = await makeOwnDirectory(order.cacheDirectory, 'bundling-');
	try {
		await makeBundle(order, temporary);
		await sealBundle(join(temporary, 'bundle'));
		// A damaged one makes room; it goes with the directory of this process.
		await rename(directory, join(temporary, 'damaged')).catch(() => {});
		await rename(join(temporary, 'bundle'), directory);
	} catch (error) {
		// Another process may have been faster: same key, same code.
		if (!(await isSealed(directory))) throw await bundleFailure(error, order.cacheDirectory);
	} finally {
		await rm(temporary, { recursive: true, force: true });
	}
	return { directory, key, reused: false };
};

/**
 * Puts files where the page of a bundle finds them. What is there is checked against its name, since a wrong picture must never be drawn.
 * Files are copied and not linked: a link would follow an edit of the user's file.
 * @throws RenderFailure `INPUT_CHANGED` when a file no longer has the content that it had when it was planned
 */
export const placeAssets = async (bundleDirectory: string, files: readonly AssetFile[]): Promise<void> => {
	const assets = join(bundleDirectory, 'public', 'assets');
	await mkdir(assets, { recursive: true });
	for (const file of files) await placeAsset(assets, file);
};

const placeAsset = async (assets: string, { sha256, extension, path }: AssetFile): Promise<void> => {
	const target = join(assets, `${sha256}.${extension}`);
	if ((await contentHash(target)) === sha256) return;
	const temporary = await makeOwnDirectory(assets, 'placing-');
	try {
		const copy = join(temporary, 'file');
		await copyFile(path, copy, constants.COPYFILE_FICLONE);
		if ((await contentHash(copy)) !== sha256) throw new RenderFailure('INPUT_CHANGED', `${path} has changed since it was planned`);
		await rename(copy, target);
	} catch (error) {
		throw error instanceof RenderFailure ? error : new RenderFailure('DISK', `${path} could not be copied`, (error as Error).message);
	} finally {
		await rm(temporary, { recursive: true, force: true });
	}
};

const makeBundle = async (order: BundleOrder, temporary: string): Promise<void> => {
	const entryPoint = join(temporary, 'entry.tsx');
	const publicDir = join(temporary, 'public');
	await mkdir(publicDir);
	await writeFile(entryPoint, order.entry);
	for (const { path, text } of order.modules ?? []) {
		await mkdir(dirname(join(temporary, path)), { recursive: true });
		await writeFile(join(temporary, path), text);
	}
	const { bundle } = await import('@remotion/bundler');
	await bundle({
		entryPoint,
		outDir: join(temporary, 'bundle'),
		publicDir,
		publicPath: '/',
		// The bundler changes the working directory of the process to this one: it must stay where it is.
		rootDir: process.cwd(),
		rspack: true,
		enableCaching: false,
		rspackOverride: (config) => ({
			...config,
			resolve: { ...config.resolve, alias: { ...config.resolve?.alias, 'reelform/runtime$': order.runtime.file } },
		}),
	});
};

/** A bundle takes about this many bytes while it is made. */
const BUNDLE_BYTES = 30_000_000;

/** The bundler tells a full disk in words only, so the disk is asked. */
const bundleFailure = async (error: unknown, cacheDirectory: string): Promise<RenderFailure> => {
	const text = error instanceof Error ? error.message : String(error);
	const { bavail, bsize } = await statfs(cacheDirectory);
	if (bavail * bsize < BUNDLE_BYTES)
		return new RenderFailure('DISK', `no room to bundle in ${cacheDirectory}: it takes about ${BUNDLE_BYTES / 1e6} MB`, text);
	const [first = ''] = text.trim().split('\n', 1);
	return new RenderFailure('BUNDLE', `the generated entry could not be bundled: ${first}`, text);
};

const remotionVersion = (): string => (createRequire(import.meta.url)('remotion/package.json') as { version: string }).version;

const contentHash = (path: string): Promise<string | null> =>
	readFile(path).then(
		(content) => createHash('sha256').update(content).digest('hex'),
		() => null,
	);
