import { utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type CompiledCampaign, planCampaign, share } from '../compiler/pipeline.ts';
import { RenderFailure } from '../model/failure.ts';
import { sha256Hex } from '../model/keys.ts';
import type { ExecutablePlan } from '../model/render-plan.ts';
import { assetsOf, type SegmentMessage } from '../model/segment-message.ts';
import type { Pcm } from '../model/sound.ts';
import { framesOf } from '../model/video-frames.ts';
import { installedFamilies } from '../providers/fontsource-package.ts';
import { openPictureCheck } from '../renderer/check-pictures.ts';
import { nodeFileSystem } from '../renderer/file-system.ts';
import type { ReelPool } from '../renderer/pool.ts';
import { type BrowserChoice, type BrowserSearch, type InstalledBrowser, installBrowser } from '../renderer/resolve-browser.ts';
import { areSidecarsInPlace, sidecarsOf } from '../renderer/sidecars.ts';
import { temporaryName } from '../renderer/sweep.ts';
import { generateCode } from './generated-code.ts';
import { remotionVersions, storedKeys, storedMixes, storeSize } from './machine-facts.ts';
import { once } from './once.ts';
import { distDirectory } from './package-root.ts';
import { readRecipes, writeRecipes } from './recipe-book.ts';
import type { ToolReport } from './tool-report.ts';
import { openHolds } from './wire-assets.ts';
import { wireCompile } from './wire-compile.ts';
import { openDesk } from './wire-desk.ts';
import { gatheringExport } from './wire-export.ts';
import { limitsFor, openJournal } from './wire-limits.ts';
import { wireLive } from './wire-live.ts';
import { type Machine, openMachine, type Place, runtimeHash, toolchainsOf } from './wire-machine.ts';
import { preparingSounds } from './wire-sound.ts';
import { cacheUpkeep, claimPresence, whileInUse } from './wire-store.ts';
import { verifyStored } from './wire-verify.ts';
import type { CampaignCache, DrawnStill, ExecuteRequest, FramesRequest, RenderSession, StillRequest, Wiring } from './wiring.ts';

/** Joins the compiler to the adapters of this machine. The renderer's engine is loaded when something is executed. */
export const wire = (place: Place): Wiring => {
	const machine = openMachine(place);
	const { stateDirectory, componentCodes } = machine;
	const compilePlace = { cwd: place.cwd, environment: place.env, stateDirectory, componentCodes, now: Date.now };
	const compiling = wireCompile(compilePlace);
	const services = place.services === undefined ? {} : { services: place.services };
	return {
		...compiling,
		...wireLive(compilePlace),
		streamPlan: async (file, options, live = 'look') => {
			const keys = once(() => storedKeys(machine.store.directory));
			return compiling.streamPlan(file, {
				options,
				live,
				...(await toolchainsOf(machine)),
				mixed: await storedMixes(machine.store.directory),
				stored: (wanted) => machine.store.lookupAll(wanted),
				made: async (campaign) => {
					const held = await keys();
					const made = await readRecipes(machine.stateDirectory, campaign, (key) => held.has(key));
					return (recipe) => made.has(recipe);
				},
			});
		},
		remember: (campaign, recipes) => writeRecipes(machine.stateDirectory, campaign, recipes),
		assets: (file) => openDesk({ ...compilePlace, ...services, decode: (sound) => decode(machine, sound), ffmpeg: machine.ffmpeg }, file),
		exportAssets: gatheringExport(compilePlace),
		plan: (compiled, previous, assetCache) => plan(machine, compiled, { previous, assetCache }),
		areCaptionsInPlace: (output, captions) => areSidecarsInPlace(nodeFileSystem, output, sidecarsOf(captions)),
		emit: (compiled) => emitFor(machine, compiled),
		openRender: () => openRender(machine),
		openJournal: () => openJournal(stateDirectory),
		verify: (request, signal) =>
			verifyStored({ kept: machine, ready: (messages) => readyToDraw(machine, request, { messages, signal }) }, request, signal),
		cache: cacheUpkeep({ ...machine, cwd: place.cwd }),
		drawStills: (request, signal) => drawStills(machine, request, signal),
		placeFrames: (request, signal) => placeFrames(machine, request, signal),
		tools: () => toolReports(machine),
		machine: async () => ({
			tools: await toolReports(machine),
			fontFamilies: installedFamilies([place.cwd, distDirectory()]),
			remotionVersions: remotionVersions(),
			store: await storeSize(machine.store.directory),
		}),
		temporaryName,
		defaultConcurrency: machine.workers,
	};
};

type PlanBasis = { readonly previous: ExecutablePlan | null; readonly assetCache: CampaignCache | undefined };

const plan = async (machine: Machine, compiled: CompiledCampaign, { previous, assetCache }: PlanBasis): Promise<ExecutablePlan> => {
	const { toolchain, audioToolchain } = await toolchainsOf(machine);
	const sharing = share(compiled, toolchain, audioToolchain);
	const stored = await machine.store.lookupAll(sharing.segments.keys());
	const mixes = new Set((await machine.audioStore.lookupAll(sharing.mixes.keys())).keys());
	const said = sharing.mixes.size === 0 ? undefined : await assetCache?.said();
	return planCampaign(sharing, { stored, previous, concurrency: machine.workers, mixes, said });
};

const emitFor = ({ componentCodes }: Machine, { file, campaign, outputs }: CompiledCampaign) =>
	generateCode(componentCodes, {
		specName: basename(file),
		campaign,
		messages: outputs.flatMap(({ segments }) => segments.map(({ message }) => message)),
	});

const toolReports = async ({ browser, ffmpeg }: Machine): Promise<readonly ToolReport[]> => {
	const [foundBrowser, foundFfmpeg] = await Promise.all([browser(), ffmpeg()]);
	return [
		{ tool: 'browser', links: foundBrowser.links },
		{ tool: 'encoder', links: foundFfmpeg.links },
	];
};

/** Browsers are started once for all that is executed before `close`. */
const openRender = (machine: Machine): RenderSession => {
	const pools = new Map<string, ReelPool>();
	const lend = (key: string, open: () => ReelPool): ReelPool => {
		const pool = pools.get(key) ?? open();
		pools.set(key, pool);
		return { ...pool, close: async () => {} };
	};
	const holds = openHolds();
	// Between two plans too there is a bundle that browsers read from.
	const presence = claimPresence(machine);
	return {
		async *execute(request, signal) {
			await holds.hold(request.assetCache);
			await presence;
			const used = { plan: request.plan, assetDirectory: assetDirectoryOf(machine, request) };
			yield* whileInUse(machine, used, execute(machine, request, { signal, lend }));
		},
		close: async () => {
			await Promise.all([...[...pools.values()].map((pool) => pool.close()), holds.release()]);
			await (await presence).release();
		},
	};
};

const assetDirectoryOf = ({ place }: Machine, { assetCache }: ExecuteRequest): string =>
	assetCache?.directory ?? join(place.cwd, '.asset-cache');

/** Longest sentence of a voice whose service sends compressed sound. */
const LONGEST_SENTENCE = 600;

const decode = async ({ ffmpeg }: Machine, path: string): Promise<Pcm> => {
	const [{ decodeSound }, { chosen }] = await Promise.all([import('../renderer/decode-sound.ts'), ffmpeg()]);
	if (chosen === null) throw new Error('there is no encoder to read the sound with');
	return decodeSound(chosen, { path, seconds: LONGEST_SENTENCE }, new AbortController().signal);
};

/** A mix takes a second or two of one core. */
const MIXERS = 1;

type Execution = { readonly signal: AbortSignal; readonly lend: (key: string, open: () => ReelPool) => ReelPool };

async function* execute(machine: Machine, request: ExecuteRequest, { signal, lend }: Execution) {
	const [engine, { openPool }, { openMixPool }, place, { chosen: ffmpeg }, { chosen: browserChoice }] = await Promise.all([
		import('../renderer/execute.ts'),
		import('../renderer/pool.ts'),
		import('../renderer/mix-pool.ts'),
		drawingPlace(),
		machine.ffmpeg(),
		machine.browser(),
	]);
	if (ffmpeg === null || browserChoice === null) throw new Error('a render needs a browser and an encoder');
	let browser: InstalledBrowser | null = null;
	const { workers, browserLimits, nice, failFast } = limitsFor(request);
	yield* engine.execute(
		request.plan,
		{
			outputDirectory: request.outputDirectory,
			workDirectory: machine.stateDirectory,
			profiles: place.temporaryDirectory,
			store: machine.store,
			pictures: openPictureCheck(ffmpeg, machine.passedPictures),
			workers,
			failFast,
			sound: {
				store: machine.audioStore,
				workers: MIXERS,
				openPool: () =>
					openMixPool({ workers: MIXERS, settings: { ffmpeg }, workerFile: join(distDirectory(), 'renderer', 'mix-worker.cjs') }),
				prepareSounds: preparingSounds({
					assetFile: request.assetFile,
					directory: assetDirectoryOf(machine, request),
					environment: machine.place.env,
					now: Date.now,
				}),
			},
			prepareBundle: async (messages) => {
				browser = await install(browserChoice, machine.browserSearch);
				return prepareBundle(machine, request, { messages, signal });
			},
			openPool: (bundleDirectory) => {
				if (browser === null) throw new Error('the browser is installed before the pool is opened');
				const frameSource = request.frameSource ?? (browser.headlessShell ? 'stage' : 'remotion');
				const tools = { frameSource, browser, ffmpeg, bundleDirectory, storeDirectory: machine.store.directory } as const;
				const settings = { ...tools, ...place, nice, browserLimits };
				return lend(`${workers} ${bundleDirectory}`, () =>
					openPool({ workers, workerFile: join(distDirectory(), 'renderer', 'worker.cjs'), settings }),
				);
			},
		},
		signal,
	);
}

async function* drawStills(machine: Machine, request: StillRequest, signal: AbortSignal): AsyncGenerator<DrawnStill> {
	const [engine, place, { chosen }] = await Promise.all([import('../renderer/draw-stills.ts'), drawingPlace(), machine.browser()]);
	if (chosen === null) throw new Error('a still needs a browser');
	const browser = await install(chosen, machine.browserSearch);
	const frameSource = request.frameSource ?? (browser.headlessShell ? 'stage' : 'remotion');
	const presence = await claimPresence(machine);
	try {
		const { directory } = await prepareBundle(machine, request, { messages: request.messages, signal });
		yield* engine.drawStills(request, { ...place, frameSource, browser, bundleDirectory: directory }, signal);
	} finally {
		await presence.release();
	}
}

/** What a pool of threads draws with. */
const readyToDraw = async (
	machine: Machine,
	request: Pick<ExecuteRequest, 'plan' | 'assetFile' | 'components' | 'frameSource'>,
	work: { readonly messages: readonly SegmentMessage[]; readonly signal: AbortSignal },
) => {
	const [place, { chosen: ffmpeg }, { chosen }] = await Promise.all([drawingPlace(), machine.ffmpeg(), machine.browser()]);
	if (ffmpeg === null || chosen === null) throw new Error('drawing needs a browser and an encoder');
	const browser = await install(chosen, machine.browserSearch);
	const { directory } = await prepareBundle(machine, request, work);
	const frameSource = request.frameSource ?? (browser.headlessShell ? 'stage' : 'remotion');
	return { frameSource, browser, ffmpeg, bundleDirectory: directory, ...place } as const;
};

/** Where and how browsers run on this machine. */
const drawingPlace = async () => {
	const { DEFAULT_TIME_LIMITS } = await import('../renderer/stage-source.ts');
	return { temporaryDirectory: tmpdir(), sandbox: process.getuid?.() !== 0, timeLimits: DEFAULT_TIME_LIMITS };
};

const install = async (choice: BrowserChoice, search: BrowserSearch): Promise<InstalledBrowser> => {
	try {
		return await installBrowser(choice, search);
	} catch (error) {
		throw new RenderFailure('BROWSER_LAUNCH', 'the browser could not be unpacked', (error as Error).message);
	}
};

const prepareBundle = async (
	machine: Machine,
	{ plan: { plan, messages: all }, assetFile, components }: Pick<ExecuteRequest, 'plan' | 'assetFile' | 'components'>,
	{ messages, signal }: { readonly messages: readonly SegmentMessage[]; readonly signal: AbortSignal },
) => {
	const { bundleEntry, placeAssets } = await import('../renderer/bundle.ts');
	const [{ text }, ...modules] = generateCode(machine.componentCodes, {
		specName: plan.campaign,
		campaign: plan.campaign,
		messages: Object.values(all),
		components: components ?? [],
	});
	const bundle = await bundleEntry({
		// Comments are no code: campaigns whose entries differ only in them share a bundle.
		entry: text.replace(/^\/\/.*\n/gm, ''),
		runtime: { file: join(distDirectory(), 'runtime', 'index.js'), hash: runtimeHash() },
		componentHashes: modules.map((module) => sha256Hex(module.text)),
		modules,
		cacheDirectory: join(machine.stateDirectory, 'bundles'),
	});
	const now = new Date();
	// What was not used for longest goes first when room is made.
	await utimes(bundle.directory, now, now).catch(() => {});
	const assets = new Map(messages.flatMap(assetsOf).map((asset) => [asset.sha256, asset]));
	const files = [...assets.values()].map(({ sha256, extension }) => {
		const path = assetFile(sha256);
		if (path === null) throw new Error(`no file is known for the asset ${sha256}`);
		return { sha256, extension, path };
	});
	await placeAssets(bundle.directory, files);
	await placeFrames(machine, { messages, assetFile, folder: join(bundle.directory, 'public', 'assets') }, signal);
	return bundle;
};

/** Decodes what is drawn of videos, unless it was decoded before. */
const placeFrames = async (machine: Machine, request: FramesRequest, signal: AbortSignal): Promise<void> => {
	if (framesOf(request.messages).length === 0) return;
	const [engine, { chosen }] = await Promise.all([import('../renderer/place-frames.ts'), machine.ffmpeg()]);
	await engine.placeFramesOf({ ...request, cacheDirectory: join(machine.stateDirectory, 'frames'), ffmpeg: chosen }, signal);
};
