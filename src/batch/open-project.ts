import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { RenderFailure } from '../model/failure.ts';
import { userCacheDirectory } from '../renderer/cache-directory.ts';
import { makeOwnDirectory } from '../renderer/own-directory.ts';
import { locatePackedChromium } from '../renderer/packed-chromium.ts';
import { type InstalledBrowser, installBrowser, resolveBrowser } from '../renderer/resolve-browser.ts';
import { createSystemProbes } from '../renderer/system-probes.ts';
import { type BrowserLanes, openLanes } from './browser-lanes.ts';
import { findEntry } from './find-entry.ts';
import { PAGE_GUARD } from './page-guard.ts';

/** Where a Remotion project is. */
export type ProjectPlace = {
	/** Of the Remotion project; looked for where Remotion does when left out. Relative to `projectDir`. */
	readonly entryPoint?: string;
	/** The working directory when left out. */
	readonly projectDir?: string;
};

/** A Remotion project that has been bundled, and browsers to render it in. */
export type OpenProject = {
	readonly directory: string;
	readonly serveUrl: string;
	readonly browserExecutable: string;
	readonly lanes: BrowserLanes;
};

/**
 * Bundles a project once for all that is done with it, and leaves nothing behind. Downloads nothing.
 * @throws RangeError when it has no entry point; RenderFailure when there is no browser or no bundle
 */
export const withProject = async <Result>(place: ProjectPlace, work: (project: OpenProject) => Promise<Result>): Promise<Result> => {
	const directory = resolve(place.projectDir ?? process.cwd());
	const entryPoint = findEntry(directory, place.entryPoint);
	const workDirectory = await makeOwnDirectory(tmpdir(), 'reelform-batch-');
	try {
		const browserExecutable = await browserFor(directory, workDirectory);
		const serveUrl = await bundleProject(directory, entryPoint, workDirectory);
		const lanes = openLanes(browserExecutable);
		try {
			return await work({ directory, serveUrl, browserExecutable, lanes });
		} finally {
			await lanes.close();
		}
	} finally {
		await rm(workDirectory, { recursive: true, force: true, maxRetries: 3 });
	}
};

const bundleProject = async (projectDir: string, entryPoint: string, workDirectory: string): Promise<string> => {
	const { bundle } = await import('@remotion/bundler');
	const guard = join(workDirectory, 'page-guard.js');
	await writeFile(guard, PAGE_GUARD);
	try {
		return await bundle({
			entryPoint,
			rootDir: projectDir,
			outDir: join(workDirectory, 'bundle'),
			rspack: true,
			enableCaching: false,
			rspackOverride: (config) => ({ ...config, entry: [guard, ...entriesOf(config.entry)] }),
		});
	} catch (error) {
		const text = (error as Error).message;
		throw new RenderFailure('BUNDLE', `${entryPoint} could not be bundled: ${text.split('\n', 1)[0]}`, text);
	}
};

/** Remotion's own modules, and the project's. */
const entriesOf = (entry: unknown): string[] => {
	if (!Array.isArray(entry)) throw new Error('the bundler of Remotion no longer lists what a page begins with');
	return entry;
};

/** The browser that Reelform would use. One that brings its own libraries is started by a script that names them: Remotion cannot. */
const browserFor = async (projectDir: string, workDirectory: string): Promise<string> => {
	const search = {
		environment: process.env,
		probes: createSystemProbes(process.env),
		workingDirectory: projectDir,
		cacheDirectory: userCacheDirectory(process.env),
		packed: locatePackedChromium(),
	};
	const { chosen } = await resolveBrowser(search);
	if (chosen === null) throw new RenderFailure('BROWSER_LAUNCH', 'there is no browser: `reelform doctor` says what was tried');
	const { path, libraryPath }: InstalledBrowser = await installBrowser(chosen, search);
	if (libraryPath === null) return path;
	const script = join(workDirectory, 'browser');
	const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
	await writeFile(script, `#!/bin/sh\nLD_LIBRARY_PATH=${quote(libraryPath)} exec ${quote(path)} "$@"\n`, { mode: 0o700 });
	return script;
};
