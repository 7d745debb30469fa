import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AudioToolchain } from '../model/audio.ts';
import type { Toolchain } from '../model/segment-message.ts';
import type { ComponentCode } from '../providers/resolve-components.ts';
import { type AudioStore, openAudioStore } from '../renderer/audio-store.ts';
import { countLookups, countWorkers, readMachineFacts } from '../renderer/count-workers.ts';
import { type FileStore, openFileStore } from '../renderer/file-store.ts';
import { nodeFileSystem } from '../renderer/file-system.ts';
import { locatePackedChromium } from '../renderer/packed-chromium.ts';
import { openPassedPictures, type PassedPictures } from '../renderer/passed-pictures.ts';
import type { Resolution } from '../renderer/resolution.ts';
import { type BrowserChoice, type BrowserSearch, resolveBrowser } from '../renderer/resolve-browser.ts';
import { type InstalledFfmpeg, locateCompositor, locateStaticFfmpeg, resolveFfmpeg } from '../renderer/resolve-ffmpeg.ts';
import { createSystemProbes } from '../renderer/system-probes.ts';
import { browserCacheDirectory } from './machine-facts.ts';
import { once } from './once.ts';
import { distDirectory } from './package-root.ts';
import type { DeskPlace } from './wire-desk.ts';

export type Place = {
	readonly cwd: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Other addresses than those of the services, for whoever tests against some of their own. */
	readonly services?: NonNullable<DeskPlace['services']>;
};

/** This machine's tools. Each is looked for once, when it is first asked for. */
export type Machine = {
	readonly stateDirectory: string;
	/** How many it keeps busy. */
	readonly workers: number;
	readonly store: FileStore;
	readonly audioStore: AudioStore;
	readonly passedPictures: PassedPictures;
	readonly place: Place;
	readonly browserSearch: BrowserSearch;
	readonly browser: () => Promise<Resolution<BrowserChoice>>;
	readonly ffmpeg: () => Promise<Resolution<InstalledFfmpeg>>;
	readonly toolchain: () => Promise<Toolchain>;
	/** The code of every component that was compiled here. Named by content, so that nothing in it is ever stale. */
	readonly componentCodes: Map<string, ComponentCode>;
};

/** Looks for nothing yet. */
export const openMachine = ({ cwd, env }: Place): Machine => {
	const stateDirectory = join(cwd, '.reelform');
	const probes = createSystemProbes(env);
	const browserSearch: BrowserSearch = {
		environment: env,
		probes,
		workingDirectory: cwd,
		cacheDirectory: browserCacheDirectory(env, stateDirectory),
		packed: locatePackedChromium(),
	};
	const browser = once(() => resolveBrowser(browserSearch));
	const ffmpeg = once(() =>
		resolveFfmpeg({ environment: env, probes, staticBinary: locateStaticFfmpeg(), compositorDirectory: locateCompositor() }),
	);
	const toolchain = once(async (): Promise<Toolchain> => {
		const [foundBrowser, foundFfmpeg] = await Promise.all([browser(), ffmpeg()]);
		return {
			runtime: runtimeHash(),
			remotion: versionOf('remotion'),
			react: versionOf('react'),
			browser: foundBrowser.chosen?.version ?? null,
			encoder: foundFfmpeg.chosen?.version ?? null,
		};
	});
	const facts = readMachineFacts();
	const workers = countWorkers(facts);
	const store = openFileStore(join(stateDirectory, 'store'), nodeFileSystem, { lookupsAtOnce: countLookups(facts) });
	const audioStore = openAudioStore(join(stateDirectory, 'store'));
	return {
		stateDirectory,
		workers,
		store,
		audioStore,
		passedPictures: openPassedPictures(nodeFileSystem, join(stateDirectory, 'pictures.log')),
		place: { cwd, env },
		browserSearch,
		browser,
		ffmpeg,
		toolchain,
		componentCodes: new Map(),
	};
};

const versionOf = (name: string): string => (createRequire(import.meta.url)(`${name}/package.json`) as { version: string }).version;

const codeHash = (part: 'runtime' | 'audio'): string =>
	(JSON.parse(readFileSync(join(distDirectory(), part, 'code-hash.json'), 'utf8')) as { sha256: string }).sha256;
export const runtimeHash = (): string => codeHash('runtime');
const audioHash = (): string => codeHash('audio');

export const toolchainsOf = async (
	machine: Machine,
): Promise<{ readonly toolchain: Toolchain; readonly audioToolchain: AudioToolchain }> => {
	const toolchain = await machine.toolchain();
	return { toolchain, audioToolchain: { code: audioHash(), encoder: toolchain.encoder } };
};
