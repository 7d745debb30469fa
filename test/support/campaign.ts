import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { type AudioKey, type AudioMessage, type AudioToolchain, audioKey, type CaptionPage } from '../../src/model/audio.ts';
import type { Drawing } from '../../src/model/drawing.ts';
import type { RenderEvent, RunSummary } from '../../src/model/events.ts';
import { type SegmentKey, sha256Hex } from '../../src/model/keys.ts';
import type { ExecutablePlan, PlannedOutput } from '../../src/model/render-plan.ts';
import type { SegmentMessage } from '../../src/model/segment-message.ts';
import { openAudioStore } from '../../src/renderer/audio-store.ts';
import { execute } from '../../src/renderer/execute.ts';
import { openFileStore } from '../../src/renderer/file-store.ts';
import type { PreparedSounds } from '../../src/renderer/mix-job.ts';
import { openMixPool } from '../../src/renderer/mix-pool.ts';
import { openPool } from '../../src/renderer/pool.ts';
import type { ExecuteOptions, SoundOptions } from '../../src/renderer/run-state.ts';
import type { WorkerSettings } from '../../src/renderer/worker-messages.ts';
import { keyOf, makeMessage, makeOutput, smallCanvas, toolchain } from '../fakes/segments.ts';
import { mixWorkerFile, workerFile } from './dist.ts';
import { findFfmpeg } from './ffmpeg.ts';

export type Fault = { readonly action: string; readonly frame: number; readonly times?: number };

/** A small campaign on a machine whose frame source is the fake of `test/fakes/frame-source.mjs`. */
export type Campaign = {
	readonly directory: string;
	readonly plan: ExecutablePlan;
	readonly key: (color: string) => SegmentKey;
	/** Key of what an output plays. */
	readonly audio: (output: string) => AudioKey;
	/** Runs the plan to its end, whatever it is. */
	run(changes?: Partial<ExecuteOptions>, signal?: AbortSignal): Promise<Outcome>;
	/** The same, with another part of how sound is made. */
	runWithSound(changes: Partial<SoundOptions>): Promise<Outcome>;
	/** Hands out events as they come. */
	start(changes?: Partial<ExecuteOptions>, signal?: AbortSignal): Promise<AsyncGenerator<RenderEvent, void, void>>;
	setFaults(faults: Readonly<Record<string, Fault>>): Promise<void>;
	/** Pictures that the fake has drawn so far. */
	picturesDrawn(): Promise<number>;
	/** Every file under the output folder with the sha256 of its bytes. */
	published(): Promise<Readonly<Record<string, string>>>;
};

/** What outputs play and show, by their names. */
export type CampaignSound = {
	readonly sounds?: Readonly<Record<string, AudioMessage>>;
	readonly captions?: Readonly<Record<string, readonly CaptionPage[]>>;
	readonly prepared?: Partial<PreparedSounds>;
};

/** A real browser instead of the fake. */
export type CampaignDrawing = {
	readonly settings: Pick<WorkerSettings, 'browser' | 'sandbox' | 'temporaryDirectory' | 'timeLimits'>;
	/** What the browser loads: a folder that is there. */
	readonly bundleDirectory: string;
	/** What every segment shows on its colour. */
	readonly layers: readonly Drawing[];
};

export type CampaignParts = CampaignSound & { readonly drawing?: CampaignDrawing };

export const audioToolchain: AudioToolchain = { code: 'fake', encoder: 'fake' };

export type Outcome = { readonly events: readonly RenderEvent[]; readonly summary: RunSummary };

const colorOf = (name: string): string => `#${sha256Hex(name).slice(0, 6)}`;

const fakeSettings = (directory: string): CampaignDrawing['settings'] & Pick<WorkerSettings, 'frameSourceModule'> => ({
	browser: { path: '/nowhere', version: 'fake', libraryPath: null, headlessShell: true, source: 'system' } as never,
	temporaryDirectory: directory,
	sandbox: false,
	timeLimits: { launchMs: 1_000, navigationMs: 1_000, frameMs: 1_000 },
	frameSourceModule: resolve('test/fakes/frame-source.mjs'),
});

/** Outputs are written as `name: 'segment segment'`, segments as a letter and their frames: `a10`. */
export const makeCampaign = async (
	directory: string,
	outputs: Readonly<Record<string, string>>,
	workers = 2,
	{ sounds = {}, captions, prepared, drawing }: CampaignParts = {},
): Promise<Campaign> => {
	const plan = withSound(makePlan(outputs, drawing?.layers), sounds, captions);
	const bundleDirectory = drawing?.bundleDirectory ?? join(directory, 'bundle');
	await mkdir(bundleDirectory, { recursive: true });
	const ffmpeg = await findFfmpeg();
	const store = join(directory, '.reelform', 'store');
	const base: ExecuteOptions = {
		outputDirectory: join(directory, 'out'),
		workDirectory: join(directory, '.reelform'),
		store: openFileStore(store),
		workers,
		prepareBundle: async () => ({ directory: bundleDirectory, reused: false }),
		profiles: drawing?.settings.temporaryDirectory ?? directory,
		openPool: (bundle) =>
			openPool({
				workers,
				workerFile,
				settings: {
					frameSource: 'stage',
					ffmpeg,
					bundleDirectory: bundle,
					storeDirectory: store,
					...(drawing?.settings ?? fakeSettings(directory)),
				},
			}),
	};
	const notThere = (): never => {
		throw new Error('the campaign has no such sound');
	};
	const sound = {
		workers: 2,
		openPool: () => openMixPool({ workers: 2, workerFile: mixWorkerFile, settings: { ffmpeg } }),
		prepareSounds: async () => ({ sentence: notThere, file: notThere, ...prepared }),
	};
	// A new store object for every run, as in a new process.
	const start: Campaign['start'] = async (changes = {}, signal = new AbortController().signal) =>
		execute(plan, { ...base, store: openFileStore(store), sound: { ...sound, store: openAudioStore(store) }, ...changes }, signal);
	const run: Campaign['run'] = async (changes, signal) => {
		const events: RenderEvent[] = [];
		for await (const event of await start(changes, signal)) events.push(event);
		const last = events.at(-1);
		if (last?.type !== 'run-finished') throw new Error(`the last event is ${last?.type}`);
		return { events, summary: last.summary };
	};
	return {
		directory,
		plan,
		key: (name) => keyOf(messageOf(name, drawing?.layers)),
		audio: (name) => plan.plan.outputs.find(({ id }) => id === name)?.audio as AudioKey,
		start,
		run,
		runWithSound: (changes) => run({ sound: { ...sound, store: openAudioStore(store), ...changes } }),
		setFaults: (faults) =>
			writeFile(
				join(bundleDirectory, 'faults.json'),
				JSON.stringify(Object.fromEntries(Object.entries(faults).map(([name, fault]) => [colorOf(name), fault]))),
			),
		async picturesDrawn() {
			const log = await readFile(join(bundleDirectory, 'drawn.log'), 'utf8').catch(() => '');
			return log.split('\n').filter((line) => line !== '' && !line.startsWith('fault')).length;
		},
		published: () => hashTree(join(directory, 'out')),
	};
};

const withSound = (
	plan: ExecutablePlan,
	sounds: Readonly<Record<string, AudioMessage>>,
	captions: CampaignSound['captions'],
): ExecutablePlan => {
	const keys = new Map(Object.entries(sounds).map(([name, message]) => [name, audioKey(message, audioToolchain)]));
	const outputs = plan.plan.outputs.map((output) => ({ ...output, ...(keys.has(output.id) ? { audio: keys.get(output.id)! } : {}) }));
	const byKey = Object.fromEntries(Object.values(sounds).map((message) => [audioKey(message, audioToolchain), message]));
	return { ...plan, plan: { ...plan.plan, outputs }, sounds: byKey, audioToolchain, ...(captions === undefined ? {} : { captions }) };
};

const messageOf = (name: string, layers: readonly Drawing[] = []): SegmentMessage => {
	const message = makeMessage(colorOf(name), Number(name.slice(1)));
	const [{ background }] = message.scenes;
	return { ...message, scenes: [{ background, layers }] };
};

const makePlan = (written: Readonly<Record<string, string>>, layers: readonly Drawing[] = []): ExecutablePlan => {
	const messages: Record<string, SegmentMessage> = {};
	const uses = new Map<SegmentKey, number>();
	const outputs: readonly PlannedOutput[] = Object.entries(written).map(([name, text]) => {
		const parts = text.split(' ').map((part) => messageOf(part, layers));
		for (const part of parts) {
			messages[keyOf(part)] = part;
			uses.set(keyOf(part), (uses.get(keyOf(part)) ?? 0) + 1);
		}
		return makeOutput(name, parts.map(keyOf), { frames: parts.reduce((sum, part) => sum + part.frames, 0) });
	});
	const segments = [...uses].map(([key, count]) => ({
		...{ key, label: 'scene', canvas: smallCanvas, frames: messages[key]?.frames ?? 0 },
		...{ uses: count, action: 'render' as const, reason: 'new' },
	}));
	const tally = { total: 0, unique: 0, reused: 0, toRender: 0 };
	const summary = { outputs: outputs.length, segments: tally, frames: tally, estimate: { seconds: 0, basis: 'default' as const } };
	return { plan: { formatVersion: 1, campaign: 'test', summary, outputs, segments, changes: [] }, toolchain, messages };
};

const hashTree = async (folder: string): Promise<Readonly<Record<string, string>>> => {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
	const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
	const hashes = await Promise.all(files.sort().map(async (file) => [relative(folder, file), sha256Hex(await readFile(file))] as const));
	return Object.fromEntries(hashes);
};
