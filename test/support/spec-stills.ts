import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { familiesOf } from '../../src/compiler/design/moods.ts';
import { expand } from '../../src/compiler/expand.ts';
import { makeLowerer } from '../../src/compiler/lower.ts';
import { collectNeeds, emitComponent, emitEntry, readSpec, stillOf } from '../../src/compiler/pipeline.ts';
import { makeSegmenter } from '../../src/compiler/segment.ts';
import type { Cell } from '../../src/model/cell.ts';
import { assetsOf, type SegmentMessage } from '../../src/model/segment-message.ts';
import { framesOf } from '../../src/model/video-frames.ts';
import { type ResolvedInputs, resolveInputs } from '../../src/providers/resolve-inputs.ts';
import { type AssetFile, bundleEntry, placeAssets } from '../../src/renderer/bundle.ts';
import { drawStills } from '../../src/renderer/draw-stills.ts';
import { placeFramesOf } from '../../src/renderer/place-frames.ts';
import { DEFAULT_TIME_LIMITS } from '../../src/renderer/stage-source.ts';
import { runtimeDirectory } from './dist.ts';
import { testBrowser, testFfmpeg } from './machine.ts';
import { temporaryDirectory } from './temporary-directory.ts';

export type SpecStills = {
	readonly cells: readonly Cell[];
	readonly sceneIds: readonly string[];
	/** The last frame of a scene that is its own, as a message. */
	readonly settled: (cell: Cell, scene: string) => SegmentMessage;
	/** PNG of each message, in their order, in a browser of their own. */
	readonly draw: (messages: readonly SegmentMessage[], scale: number) => Promise<readonly Uint8Array[]>;
};

const ENCODER = { codec: 'h264', preset: 'veryfast', crf: 18, threads: 1, jpegQuality: 92 } as const;

/** A spec whose outputs can be drawn frame by frame. @throws Error for a spec with any diagnostic */
export const openSpec = async (file: string): Promise<SpecStills> => {
	const checked = readSpec({ file, text: readFileSync(file, 'utf8') });
	if (!checked.ok) throw new Error(JSON.stringify(checked.diagnostics));
	const { spec } = checked.value;
	const moods = Object.values(spec.variants ?? {}).map(({ mood }) => mood);
	const { needs } = collectNeeds(spec, [...new Set(moods.flatMap(familiesOf))]);
	const resolved = await resolveInputs(needs, { specFile: resolve(file) });
	const cells = expand(checked.value, { draft: false });
	if (!cells.ok || resolved.problems.length > 0) throw new Error(JSON.stringify([cells.diagnostics, resolved.problems]));
	const lower = makeLowerer(checked.value, resolved.inputs);
	const segment = makeSegmenter(ENCODER, resolved.inputs.fonts);
	const bundleDirectory = await bundle(resolved, join(temporaryDirectory(), 'bundles'));
	const settled = (cell: Cell, id: string): SegmentMessage => {
		const timeline = lower(cell);
		if (!timeline.ok || timeline.diagnostics.length > 0) throw new Error(JSON.stringify(timeline.diagnostics));
		const scene = timeline.value.scenes.find((one) => one.id === id);
		if (scene === undefined) throw new Error(`${cell.id} has no scene ${id}`);
		const messages = segment(timeline.value).map(({ message }) => message);
		return stillOf(messages, scene.start + scene.frames - (scene.transition?.frames ?? 0) - 1);
	};
	return {
		cells: cells.value,
		sceneIds: spec.scenes.map(({ id }) => id),
		settled,
		draw: (messages, scale) => draw({ resolved, bundleDirectory, messages, scale }),
	};
};

const bundle = async ({ componentCodes }: ResolvedInputs, cacheDirectory: string): Promise<string> => {
	const own = [...componentCodes.values()];
	const modules = own.map(({ facts, text }) => emitComponent(facts, text));
	const { directory } = await bundleEntry({
		entry: emitEntry({ specName: 'stills', campaign: 'stills', components: own.map(({ facts }) => facts) }).text,
		runtime: {
			file: resolve(runtimeDirectory, 'index.js'),
			hash: JSON.parse(readFileSync(join(runtimeDirectory, 'code-hash.json'), 'utf8')).sha256,
		},
		componentHashes: modules.map(({ text }) => createHash('sha256').update(text).digest('hex')),
		modules,
		cacheDirectory,
	});
	return directory;
};

type Drawing = {
	readonly resolved: ResolvedInputs;
	readonly bundleDirectory: string;
	readonly messages: readonly SegmentMessage[];
	readonly scale: number;
};

const draw = async ({ resolved, bundleDirectory, messages, scale }: Drawing): Promise<readonly Uint8Array[]> => {
	const assets = new Map(
		messages.flatMap(assetsOf).map((asset): [string, AssetFile] => [asset.sha256, { ...asset, path: resolved.fileOf(asset.sha256)! }]),
	);
	await placeAssets(bundleDirectory, [...assets.values()]);
	const folder = join(bundleDirectory, 'public', 'assets');
	const places = { folder, cacheDirectory: join(temporaryDirectory(), 'frames'), assetFile: resolved.fileOf };
	if (framesOf(messages).length > 0) await placeFramesOf({ messages, ffmpeg: await testFfmpeg(), ...places }, new AbortController().signal);
	const settings = {
		frameSource: 'stage',
		browser: await testBrowser(),
		bundleDirectory,
		temporaryDirectory: temporaryDirectory(),
		sandbox: process.getuid?.() !== 0,
		timeLimits: DEFAULT_TIME_LIMITS,
	} as const;
	const pictures = new Map<number, Uint8Array>();
	for await (const { index, png } of drawStills({ messages, scale }, settings, new AbortController().signal)) pictures.set(index, png);
	return messages.map((_, index) => pictures.get(index)!);
};
