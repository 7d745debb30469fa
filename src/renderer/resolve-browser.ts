import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { EnvironmentVariables } from './browser-environment.ts';
import type { PackedChromium } from './packed-chromium.ts';
import { type Finding, type Place, type Resolution, resolveChain } from './resolution.ts';
import type { SystemProbes } from './system-probes.ts';
import { installedLibraryPath, unpackChromium, unpackedExecutable } from './unpack-chromium.ts';

export type BrowserSource = 'environment' | 'system' | 'remotion' | 'package';

/** A browser that can be started. */
export type InstalledBrowser = {
	readonly path: string;
	/** Names the build: a part of every segment's key. */
	readonly version: string;
	/** For `LD_LIBRARY_PATH`, or null. */
	readonly libraryPath: string | null;
	/** Only a headless shell can be driven frame by frame. */
	readonly headlessShell: boolean;
	readonly source: BrowserSource;
};

/** A browser that is known by path and version. One from a package still has to be unpacked: `installBrowser`. */
export type BrowserChoice = InstalledBrowser & { readonly packed: PackedChromium | null };

export type BrowserSearch = {
	readonly environment: EnvironmentVariables;
	readonly probes: SystemProbes;
	/** Project directory: Remotion keeps its download in `node_modules` there. */
	readonly workingDirectory: string;
	/** Where a packed browser is unpacked. */
	readonly cacheDirectory: string;
	/** The browser inside an npm package, or null when it is not installed or not for this machine. */
	readonly packed: PackedChromium | null;
};

const SYSTEM_NAMES = [
	'chrome-headless-shell',
	'chromium-headless-shell',
	'chromium',
	'chromium-browser',
	'google-chrome',
	'google-chrome-stable',
] as const;

/**
 * The browser to draw with: `REELFORM_BROWSER`, the system's, the one that Remotion has downloaded, the one inside an npm package.
 * Starts nothing but `--version` of the first that is there, and unpacks nothing: it answers in a fraction of a second.
 */
export const resolveBrowser = (search: BrowserSearch): Promise<Resolution<BrowserChoice>> =>
	resolveChain([
		{ name: 'REELFORM_BROWSER', look: () => lookAtVariable(search) },
		...SYSTEM_NAMES.map((name): Place<BrowserChoice> => ({ name, look: () => lookOnPath(search, name) })),
		{ name: "Remotion's download", look: () => lookAtDownload(search) },
		{ name: '@sparticuz/chromium', look: () => lookAtPackage(search) },
	]);

/** Makes a chosen browser ready to start: unpacks a packed one, once per machine and version. @throws Error when the cache directory cannot be written */
export const installBrowser = async ({ packed, ...browser }: BrowserChoice, search: BrowserSearch): Promise<InstalledBrowser> => {
	if (packed === null) return browser;
	const path = await unpackChromium(packed, search.cacheDirectory);
	return { ...browser, path, libraryPath: await installedLibraryPath(path, search.probes) };
};

const lookAtVariable = async (search: BrowserSearch): Promise<Finding<BrowserChoice>> => {
	const path = search.environment['REELFORM_BROWSER'];
	if (path === undefined || path === '') return { state: 'not-found', path: null, why: 'not set' };
	if (!(await search.probes.isExecutable(path))) return { state: 'stop', path, why: 'set, but there is no executable file' };
	const finding = await lookAtExecutable(search, path, 'environment');
	return finding.state === 'found' ? finding : { ...finding, state: 'stop' };
};

const lookOnPath = async (search: BrowserSearch, name: string): Promise<Finding<BrowserChoice>> => {
	const path = await search.probes.findOnPath(name);
	return path === null ? { state: 'not-found', path, why: 'not on the PATH' } : lookAtExecutable(search, path, 'system');
};

const lookAtDownload = async (search: BrowserSearch): Promise<Finding<BrowserChoice>> => {
	for (const path of downloadPlaces(search.workingDirectory))
		if (await search.probes.isExecutable(path)) return lookAtExecutable(search, path, 'remotion');
	return { state: 'not-found', path: null, why: 'not downloaded in this project' };
};

const lookAtPackage = async ({ packed, cacheDirectory }: BrowserSearch): Promise<Finding<BrowserChoice>> => {
	if (packed === null) return { state: 'not-found', path: null, why: 'not installed, or not made for this machine' };
	const path = unpackedExecutable(packed, cacheDirectory);
	const version = `@sparticuz/chromium ${packed.version}`;
	const choice = { path, version, libraryPath: null, headlessShell: true, source: 'package', packed } as const;
	return { state: 'found', choice, path, version, why: 'installed with Reelform' };
};

const lookAtExecutable = async (search: BrowserSearch, path: string, source: BrowserSource): Promise<Finding<BrowserChoice>> => {
	try {
		const environment = { PATH: search.environment['PATH'] ?? '', HOME: search.cacheDirectory };
		const { stdout } = await search.probes.run({ executable: path, arguments: ['--version'], environment });
		const version = Buffer.from(stdout).toString('utf8').trim();
		if (!/\d+\.\d+/.test(version)) return { state: 'unusable', path, why: 'it does not tell its version' };
		const choice = { path, version, libraryPath: null, headlessShell: await isHeadlessShell(path), source, packed: null };
		return { state: 'found', choice, path, version, why: 'it is there and runs' };
	} catch (error) {
		return { state: 'unusable', path, why: (error as Error).message };
	}
};

/** By its name, or by the name of what it links to. */
const isHeadlessShell = async (path: string): Promise<boolean> => {
	const names = [basename(path), basename(await realpath(path).catch(() => path))];
	return names.some((name) => /headless[-_]shell/.test(name));
};

/** Where `@remotion/renderer` puts its browser: beside the packages of the nearest project. */
const downloadPlaces = (workingDirectory: string): string[] => {
	const platforms = {
		linux: process.arch === 'arm64' ? 'linux-arm64' : 'linux64',
		darwin: process.arch === 'arm64' ? 'mac-arm64' : 'mac-x64',
		win32: 'win64',
	};
	const platform = platforms[process.platform as keyof typeof platforms];
	if (platform === undefined) return [];
	const names = process.platform === 'win32' ? ['chrome-headless-shell.exe'] : ['chrome-headless-shell', 'headless_shell'];
	const places: string[] = [];
	for (let directory = workingDirectory; ; directory = dirname(directory)) {
		const shell = join(directory, 'node_modules', '.remotion', 'chrome-headless-shell', platform, `chrome-headless-shell-${platform}`);
		places.push(...names.map((name) => join(shell, name)));
		if (dirname(directory) === directory) return places;
	}
};
