import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { emitEntry } from '../../src/compiler/emit-entry.ts';
import type { Drawing } from '../../src/model/drawing.ts';
import type { SceneDrawing, SegmentMessage } from '../../src/model/segment-message.ts';
import type { Texture } from '../../src/model/texture.ts';
import type { TransitionEffect } from '../../src/model/transitions.ts';
import type { FrameSource } from '../../src/ports/frame-source.ts';
import { bundleEntry } from '../../src/renderer/bundle.ts';
import { createRemotionSource } from '../../src/renderer/remotion-source.ts';
import { createStageSource, DEFAULT_TIME_LIMITS, type FrameSourceOptions } from '../../src/renderer/stage-source.ts';
import { runtimeDirectory } from '../support/dist.ts';
import { testBrowser } from '../support/machine.ts';
import { drawAll, withSource } from '../support/stage.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const Sources = suite('renderer/drawn-sources');

const [WIDTH, HEIGHT] = [160, 90];
const WHOLE = { x: 0, y: 0, width: WIDTH, height: HEIGHT };
const U = 0.9;

const openOptions = async (): Promise<FrameSourceOptions> => {
	const directory = temporaryDirectory();
	const profiles = join(directory, 'profiles');
	mkdirSync(profiles);
	const entry = emitEntry({ specName: 'drawn', campaign: 'drawn' }).text;
	const runtime = { file: join(runtimeDirectory, 'index.js'), hash: 'test' };
	const bundle = await bundleEntry({ entry, runtime, componentHashes: [], cacheDirectory: join(directory, 'bundles') });
	return {
		browser: await testBrowser(),
		bundleDirectory: bundle.directory,
		temporaryDirectory: profiles,
		environment: process.env,
		sandbox: process.getuid?.() !== 0,
		timeLimits: DEFAULT_TIME_LIMITS,
		notice: () => {},
	};
};

// Bundled once for all tests of this file.
const options = await openOptions();

const texture = (made: Texture, moves: boolean): Drawing => ({
	type: 'texture',
	box: WHOLE,
	tracks: [],
	texture: made,
	time: moves ? { start: 40, fps: 30 } : null,
});

const scene = (color: string, ...layers: readonly Drawing[]): SceneDrawing => ({ background: { type: 'solid', color }, layers });

const segment = (frames: number, ...scenes: readonly SceneDrawing[]): SegmentMessage => ({
	canvas: { width: WIDTH, height: HEIGHT, fps: 30 },
	frames,
	scenes: scenes as unknown as SegmentMessage['scenes'],
	transition: null,
	fonts: [],
	encoder: { codec: 'h264', preset: 'veryfast', crf: 20, threads: 1, jpegQuality: 90 },
});

const MESH: Texture = { type: 'mesh', colors: ['#6366f1', '#ec4899', '#1e1b4b'], complexity: 3, seed: 3, u: U };
const TEXTURES: readonly Texture[] = [
	MESH,
	{ type: 'noise', colors: ['#0b1020', '#2b4a8b'], scale: 60 * U, octaves: 4, seed: 3, u: U },
	{
		type: 'particles',
		color: '#ffffff',
		opacity: 0.8,
		quiet: { box: WHOLE, opacity: 0.6, reach: 1 },
		count: 60,
		size: 4,
		speed: 1.6,
		seed: 3,
	},
	...(['dots', 'grid', 'lines', 'waves'] as const).map(
		(motif): Texture => ({ type: 'pattern', motif, color: '#ffffff', opacity: 0.3, scale: 8, seed: 2 }),
	),
];
const EFFECTS: readonly TransitionEffect[] = [
	{ type: 'crossfade' },
	{ type: 'fade', color: '#ffcc00' },
	{ type: 'zoom' },
	{ type: 'iris' },
	...(['left', 'right', 'up', 'down'] as const).flatMap((direction) =>
		(['slide', 'wipe', 'push'] as const).map((type): TransitionEffect => ({ type, direction })),
	),
];

const grain: Drawing = { type: 'grain', box: WHOLE, tracks: [], seed: 7, amount: 0.02 };
const [FIRST, SECOND] = [scene('#102030', texture(MESH, true), grain), scene('#f4d35e', texture(TEXTURES[3]!, false))];

const turn = (effect: TransitionEffect): SegmentMessage => ({
	...segment(5, FIRST, SECOND),
	transition: { ...effect, frames: 5, easing: 'power2.inOut', offset: 0 },
});

const REEL: readonly SegmentMessage[] = [
	...TEXTURES.map((made) => segment(3, scene('#102030', texture(made, true), grain))),
	...TEXTURES.map((made) => segment(2, scene('#102030', texture(made, false)))),
	...EFFECTS.map(turn),
];

const hashes = async (source: FrameSource): Promise<readonly string[]> =>
	(await withSource(source, (opened) => drawAll(opened, REEL))).map(({ at, hash }) => `${at} ${hash}`);

Sources('textures and transitions are the same bytes from the stage, from Remotion and from a second run', async () => {
	const staged = await hashes(createStageSource(options));
	assert.equal(staged, await hashes(createStageSource(options)));
	assert.equal(staged, await hashes(createRemotionSource(options)));
	assert.is(
		staged.length,
		REEL.reduce((sum, { frames }) => sum + frames, 0),
	);
});

Sources('a texture that moves is never held, a still one is', async () => {
	const soft = TEXTURES.slice(0, 3);
	const reel = [
		...soft.map((made) => segment(3, scene('#102030', texture(made, true)))),
		...TEXTURES.map((made) => segment(3, scene('#102030', texture(made, false)))),
	];
	const frames = await withSource(createStageSource(options), (source) => drawAll(source, reel));
	const held = (index: number): readonly boolean[] => frames.filter(({ at }) => at.startsWith(`${index}:`)).map((frame) => frame.held);
	for (const index of soft.keys()) assert.equal(held(index), [false, false, false], TEXTURES[index]!.type);
	for (const index of TEXTURES.keys()) assert.equal(held(soft.length + index), [false, true, true], TEXTURES[index]!.type);
});

Sources('whatever is at rest is held: nothing is painted again that looks the same', async () => {
	const still = { box: { x: 40, y: 20, width: 40, height: 40 }, tracks: [] };
	const drawings: readonly Drawing[] = [
		{ ...still, type: 'icon', size: 24, body: '<path d="M4 4h16v16H4z" fill="currentColor"/>', color: '#ffffff' },
		{ ...still, type: 'ellipse', paint: { type: 'solid', color: '#ff0000' } },
		{ ...still, type: 'rectangle', paint: { type: 'linear', angle: 30, colors: ['#ff0000', '#00ff00'] }, radius: 4 },
		{ ...still, type: 'path', data: 'M0 0L30 30', fill: null, stroke: { color: '#ffffff', width: 2, cap: 'round' } },
	];
	const kinds = [...drawings, grain, { ...still, type: 'group' as const, children: drawings }];
	const reel = kinds.map((drawing) => segment(3, scene('#102030', drawing)));
	const frames = await withSource(createStageSource(options), (source) => drawAll(source, reel));
	for (const [index, { type }] of kinds.entries()) {
		const held = frames.filter(({ at }) => at.startsWith(`${index}:`)).map((frame) => frame.held);
		assert.equal(held, [false, true, true], type);
	}
});

/** RGB of every frame. */
const pictures = async (segments: readonly SegmentMessage[]): Promise<readonly Uint8Array[]> =>
	withSource(createStageSource(options), async (source) => {
		const found: Uint8Array[] = [];
		for await (const { picture } of source.draw({ segments }, new AbortController().signal))
			found.push(await sharp(picture.bytes).removeAlpha().raw().toBuffer());
		return found;
	});

Sources('no transition ever shows what lies behind the scenes', async () => {
	// Behind is black, and neither scene has a dark pixel: any that is uncovered, or at the seam of a push, would be seen.
	const [light, red] = [scene('#ffffff'), scene('#ffd0d0')];
	const effects = EFFECTS.filter(({ type }) => type !== 'slide');
	const reel = effects.map((effect) => ({
		...segment(9, light, red),
		transition: { ...effect, frames: 9, easing: 'linear' as const, offset: 0 },
	}));
	const drawn = await pictures(reel);
	for (const [index, data] of drawn.entries()) {
		let darkest = 255;
		for (let at = 0; at < data.length; at += 3) darkest = Math.min(darkest, data[at]!);
		assert.ok(darkest > 215, `frame ${index % 9} of ${JSON.stringify(effects[Math.floor(index / 9)])}: ${darkest}`);
	}
});

Sources('the middle of each transition shows both scenes, or its colour', async () => {
	const reel = EFFECTS.map((effect) => ({
		...segment(1, scene('#ff0000'), scene('#0000ff')),
		transition: { ...effect, frames: 5, easing: 'linear' as const, offset: 2 },
	}));
	for (const [index, data] of (await pictures(reel)).entries()) {
		const effect = EFFECTS[index]!;
		const share = (channel: 0 | 1 | 2): number => {
			let sum = 0;
			for (let at = channel; at < data.length; at += 3) sum += data[at]!;
			return sum / (data.length / 3) / 255;
		};
		if (effect.type === 'fade') assert.ok(share(0) > 0.97 && share(1) > 0.75, JSON.stringify(effect));
		else assert.ok(share(0) > 0.2 && share(2) > 0.2, `${JSON.stringify(effect)}: ${share(0)} red, ${share(2)} blue`);
	}
});

Sources.run();
