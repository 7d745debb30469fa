import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { familiesOf } from '../compiler/design/moods.ts';
import type { DraftSpec } from '../compiler/draft-spec.ts';
import {
	type CompiledCampaign,
	type CompileOptions,
	collectNeeds,
	compileCampaign,
	emitEntry,
	planCampaign,
	share,
	surveySpec,
} from '../compiler/pipeline.ts';
import { conclude, type Diagnostic, errorAt, fail, type Outcome } from '../diagnostics/diagnostic.ts';
import { RenderFailure } from '../model/failure.ts';
import type { ExecutablePlan } from '../model/render-plan.ts';
import { assetsOf, type SegmentMessage, type Toolchain } from '../model/segment-message.ts';
import { installedFamilies } from '../providers/fontsource-package.ts';
import { type ResolvedInputs, resolveInputs } from '../providers/resolve-inputs.ts';
import { countWorkers, readMachineFacts } from '../renderer/count-workers.ts';
import { type FileStore, openFileStore } from '../renderer/file-store.ts';
import { locatePackedChromium } from '../renderer/packed-chromium.ts';
import type { Resolution } from '../renderer/resolution.ts';
import {
	type BrowserChoice,
	type BrowserSearch,
	type InstalledBrowser,
	installBrowser,
	resolveBrowser,
} from '../renderer/resolve-browser.ts';
import { type InstalledFfmpeg, locateCompositor, locateStaticFfmpeg, resolveFfmpeg } from '../renderer/resolve-ffmpeg.ts';
import { createSystemProbes } from '../renderer/system-probes.ts';
import { browserCacheDirectory, remotionVersions, storeSize } from './machine-facts.ts';
import { distDirectory } from './package-root.ts';
import { readSpecFile } from './read-spec-file.ts';
import { axisValues, DEFAULT_MOOD } from './select.ts';
import type { ToolReport } from './tool-report.ts';
import type { Compilation, ExecuteRequest, Wiring } from './wiring.ts';

type Place = { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> };

/** This machine's tools. Each is looked for once, when it is first asked for. */
type Machine = {
	readonly stateDirectory: string;
	/** How many it keeps busy. */
	readonly workers: number;
	readonly store: FileStore;
	readonly browserSearch: BrowserSearch;
	readonly browser: () => Promise<Resolution<BrowserChoice>>;
	readonly ffmpeg: () => Promise<Resolution<InstalledFfmpeg>>;
	readonly toolchain: () => Promise<Toolchain>;
};

/** Joins the compiler to the adapters of this machine. The renderer's engine is loaded when something is executed. */
export const wire = (place: Place): Wiring => {
	const machine = openMachine(place);
	return {
		compile: (file, options) => compile(place.cwd, file, options),
		plan: (compiled, previous) => plan(machine, compiled, previous),
		emit: emitFor,
		execute: (request, signal) => execute(machine, request, signal),
		tools: () => toolReports(machine),
		machine: async () => ({
			tools: await toolReports(machine),
			fontFamilies: installedFamilies([place.cwd, distDirectory()]),
			remotionVersions: remotionVersions(),
			store: await storeSize(machine.store.directory),
		}),
		defaultConcurrency: machine.workers,
	};
};

const openMachine = ({ cwd, env }: Place): Machine => {
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
	const workers = countWorkers(readMachineFacts());
	return { stateDirectory, workers, store: openFileStore(join(stateDirectory, 'store')), browserSearch, browser, ffmpeg, toolchain };
};

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
	let made: Promise<T> | null = null;
	return () => {
		made ??= make();
		return made;
	};
};

const versionOf = (name: string): string => (createRequire(import.meta.url)(`${name}/package.json`) as { version: string }).version;

const runtimeHash = (): string =>
	(JSON.parse(readFileSync(join(distDirectory(), 'runtime', 'code-hash.json'), 'utf8')) as { sha256: string }).sha256;

const compile = async (cwd: string, file: string, options: CompileOptions): Promise<Compilation> => {
	const text = await readSpecFile(cwd, file);
	if (!text.ok) return { ...unread(file), outcome: text };
	const sources = new Map([[file, text.value]]);
	const { outcome: checked, draft } = surveySpec({ file, text: text.value });
	if (draft === null) return { ...unread(file), sources, outcome: fail(...checked.diagnostics) };
	const { needs, placeOf } = collectNeeds(draft.spec, moodFamilies(draft.spec));
	const specFile = resolve(cwd, file);
	const resolved = await resolveInputs(needs, { specFile });
	const problems = resolved.problems.map(({ need, code, summary, hint }) => errorAt(draft.rangeOf(placeOf(need)), code, summary, hint));
	const compiled = checked.ok && canMeasure(resolved) ? compileCampaign(checked.value, resolved.inputs, options) : fail();
	return {
		file,
		sources,
		namedFiles: needs.images.map((image) => resolve(dirname(specFile), image)),
		axes: checked.ok ? axisValues(checked.value.spec) : null,
		outcome: withMore(compiled, [...checked.diagnostics, ...problems]),
		assetFile: resolved.fileOf,
	};
};

const unread = (file: string): Omit<Compilation, 'outcome'> => ({
	file,
	sources: new Map(),
	namedFiles: null,
	axes: null,
	assetFile: () => null,
});

const moodFamilies = ({ variants }: DraftSpec): readonly string[] => {
	const written = Object.values(variants ?? {}).flatMap((variant) => (variant?.mood === undefined ? [] : [variant.mood]));
	const moods = new Set(variants === undefined ? [DEFAULT_MOOD] : written);
	return [...new Set([...moods].flatMap(familiesOf))];
};

/** Text cannot be set in a family that is not there; what else is missing does not keep the rest from being checked. */
const canMeasure = ({ problems }: ResolvedInputs): boolean => problems.every((problem) => problem.need.kind !== 'fontFamily');

const withMore = <T>(outcome: Outcome<T>, more: readonly Diagnostic[]): Outcome<T> => {
	const diagnostics = [...more, ...outcome.diagnostics];
	return outcome.ok ? conclude(outcome.value, diagnostics) : fail(...diagnostics);
};

const plan = async (machine: Machine, compiled: CompiledCampaign, previous: ExecutablePlan | null): Promise<ExecutablePlan> => {
	const toolchain = await machine.toolchain();
	const sharing = share(compiled, toolchain);
	const stored = await machine.store.lookupAll(sharing.segments.keys());
	return planCampaign(sharing, { stored, previous, concurrency: machine.workers });
};

const emitFor = ({ file, campaign }: CompiledCampaign) => emitEntry({ specName: basename(file), campaign });

const toolReports = async ({ browser, ffmpeg }: Machine): Promise<readonly ToolReport[]> => {
	const [foundBrowser, foundFfmpeg] = await Promise.all([browser(), ffmpeg()]);
	return [
		{ tool: 'browser', links: foundBrowser.links },
		{ tool: 'encoder', links: foundFfmpeg.links },
	];
};

async function* execute(machine: Machine, request: ExecuteRequest, signal: AbortSignal) {
	const [engine, { openPool }, { chosen: ffmpeg }, { chosen: browserChoice }] = await Promise.all([
		import('../renderer/execute.ts'),
		import('../renderer/pool.ts'),
		machine.ffmpeg(),
		machine.browser(),
	]);
	if (ffmpeg === null || browserChoice === null) throw new Error('a render needs a browser and an encoder');
	const { DEFAULT_TIME_LIMITS } = await import('../renderer/stage-source.ts');
	let browser: InstalledBrowser | null = null;
	yield* engine.execute(
		request.plan,
		{
			outputDirectory: request.outputDirectory,
			workDirectory: machine.stateDirectory,
			store: machine.store,
			workers: request.concurrency,
			prepareBundle: async (messages) => {
				browser = await install(browserChoice, machine.browserSearch);
				return prepareBundle(machine, request, messages);
			},
			openPool: (bundleDirectory) => {
				if (browser === null) throw new Error('the browser is installed before the pool is opened');
				return openPool({
					workers: request.concurrency,
					workerFile: join(distDirectory(), 'renderer', 'worker.js'),
					settings: {
						frameSource: request.frameSource ?? (browser.headlessShell ? 'stage' : 'remotion'),
						browser,
						ffmpeg,
						bundleDirectory,
						storeDirectory: machine.store.directory,
						temporaryDirectory: tmpdir(),
						sandbox: process.getuid?.() !== 0,
						timeLimits: DEFAULT_TIME_LIMITS,
					},
				});
			},
		},
		signal,
	);
}

const install = async (choice: BrowserChoice, search: BrowserSearch): Promise<InstalledBrowser> => {
	try {
		return await installBrowser(choice, search);
	} catch (error) {
		throw new RenderFailure('BROWSER_LAUNCH', 'the browser could not be unpacked', (error as Error).message);
	}
};

const prepareBundle = async (
	{ stateDirectory }: Machine,
	{ plan: { plan }, assetFile }: ExecuteRequest,
	messages: readonly SegmentMessage[],
) => {
	const { bundleEntry, placeAssets } = await import('../renderer/bundle.ts');
	const { text } = emitEntry({ specName: plan.campaign, campaign: plan.campaign });
	const bundle = await bundleEntry({
		// Comments are no code: campaigns whose entries differ only in them share a bundle.
		entry: text.replace(/^\/\/.*\n/gm, ''),
		runtime: { file: join(distDirectory(), 'runtime', 'index.js'), hash: runtimeHash() },
		componentHashes: [],
		cacheDirectory: join(stateDirectory, 'bundles'),
	});
	const assets = new Map(messages.flatMap(assetsOf).map((asset) => [asset.sha256, asset]));
	const files = [...assets.values()].map(({ sha256, extension }) => {
		const path = assetFile(sha256);
		if (path === null) throw new Error(`no file is known for the asset ${sha256}`);
		return { sha256, extension, path };
	});
	await placeAssets(bundle.directory, files);
	return bundle;
};
