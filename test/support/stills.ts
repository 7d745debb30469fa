/**
 * Stills of a spec for people to look at: every scene in moods and on platforms, as contact sheets.
 *
 * `node scripts/stills.mjs SPEC OUT_DIR [--moods a,b] [--platforms a,b] [--moments settled,entering,first] [--scenes a,b] [--duration 15] [--full]`
 *
 * `turning` is the middle of the transition out of a scene, `settled` the last frame of a scene that is its own, `entering` the frame 8 frames after its curtain, `first` frame 0 of the output.
 * `--full` writes each still at its real size as well.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import type { CheckedSpec } from '../../src/compiler/checked-spec.ts';
import { familiesOf, MOOD_NAMES } from '../../src/compiler/design/moods.ts';
import { expand } from '../../src/compiler/expand.ts';
import { makeLowerer } from '../../src/compiler/lower.ts';
import { collectNeeds, emitComponent, emitEntry, readSpec, stillOf } from '../../src/compiler/pipeline.ts';
import { makeSegmenter } from '../../src/compiler/segment.ts';
import type { CampaignSpec, MoodName, PlatformName } from '../../src/model/campaign-spec.gen.ts';
import { assetsOf, type SegmentMessage } from '../../src/model/segment-message.ts';
import type { Timeline } from '../../src/model/timeline.ts';
import { framesOf } from '../../src/model/video-frames.ts';
import type { FontBook } from '../../src/ports/font-book.ts';
import { type ResolvedInputs, resolveInputs } from '../../src/providers/resolve-inputs.ts';
import { type AssetFile, bundleEntry, placeAssets } from '../../src/renderer/bundle.ts';
import { locatePackedChromium } from '../../src/renderer/packed-chromium.ts';
import { placeFramesOf } from '../../src/renderer/place-frames.ts';
import { installBrowser, resolveBrowser } from '../../src/renderer/resolve-browser.ts';
import { createStageSource, DEFAULT_TIME_LIMITS } from '../../src/renderer/stage-source.ts';
import { createSystemProbes } from '../../src/renderer/system-probes.ts';
import { testFfmpeg } from './machine.ts';

const MOODS = MOOD_NAMES;
const CACHE = resolve('.test-build/stills');

type Still = { readonly label: string; readonly message: SegmentMessage };

const flag = (name: string, otherwise: string): readonly string[] => {
	const at = process.argv.indexOf(`--${name}`);
	return (at === -1 ? otherwise : process.argv[at + 1]!).split(',').filter((part) => part !== '');
};

const ENCODER = { codec: 'h264', preset: 'veryfast', crf: 18, threads: 1, jpegQuality: 92 } as const;

const stillsOf = (timeline: Timeline, fonts: FontBook, moments: readonly string[], scenes: readonly string[]): readonly Still[] => {
	const messages = makeSegmenter(ENCODER, fonts)(timeline).map((segment) => segment.message);
	return timeline.scenes.flatMap((scene, index) => {
		if (scenes.length > 0 && !scenes.includes(scene.id)) return [];
		const entered = timeline.scenes[index - 1]?.transition?.frames ?? 0;
		const leaving = scene.transition?.frames ?? 0;
		const at: Readonly<Record<string, number>> = {
			settled: scene.frames - leaving - 1,
			entering: Math.round(entered * 0.6) + 8,
			early: Math.round(entered * 0.6) + 3,
			first: 0,
			turning: scene.frames - leaving + Math.floor(leaving / 2),
		};
		return moments
			.filter((moment) => moment !== 'turning' || leaving > 0)
			.map((moment) => ({ label: `${scene.id}-${moment}`, message: stillOf(messages, scene.start + at[moment]!) }));
	});
};

const withAxes = (
	checked: CheckedSpec,
	moods: readonly string[],
	platforms: readonly string[],
	duration: readonly string[],
): CheckedSpec => {
	const spec: CampaignSpec = {
		...checked.spec,
		...(moods[0] === 'own' ? {} : { variants: Object.fromEntries(moods.map((mood) => [mood, { mood: mood as MoodName }])) }),
		platforms: platforms.length > 0 ? platforms.map((name) => name as PlatformName) : checked.spec.platforms,
		durations: duration.length > 0 ? duration.map(Number) : checked.spec.durations.slice(0, 1),
	};
	return { ...checked, spec };
};

const draw = async (stills: readonly Still[], resolved: ResolvedInputs, bundleDirectory: string): Promise<readonly Uint8Array[]> => {
	const probes = createSystemProbes(process.env);
	const search = {
		environment: process.env,
		probes,
		workingDirectory: process.cwd(),
		cacheDirectory: CACHE,
		packed: locatePackedChromium(),
	};
	const found = await resolveBrowser(search);
	if (found.chosen === null) throw new Error('no browser');
	const browser = await installBrowser(found.chosen, search);
	const assets = new Map<string, AssetFile>();
	for (const { message } of stills)
		for (const asset of assetsOf(message)) assets.set(asset.sha256, { ...asset, path: resolved.fileOf(asset.sha256)! });
	await placeAssets(bundleDirectory, [...assets.values()]);
	const messages = stills.map(({ message }) => message);
	const places = { folder: join(bundleDirectory, 'public', 'assets'), cacheDirectory: join(CACHE, 'frames'), assetFile: resolved.fileOf };
	if (framesOf(messages).length > 0) await placeFramesOf({ messages, ffmpeg: await testFfmpeg(), ...places }, new AbortController().signal);
	const source = createStageSource({
		browser,
		bundleDirectory,
		temporaryDirectory: '/tmp',
		environment: process.env,
		sandbox: process.getuid?.() !== 0,
		timeLimits: DEFAULT_TIME_LIMITS,
		notice: () => {},
	});
	const pictures: Uint8Array[] = [];
	try {
		for await (const { picture } of source.draw({ segments: stills.map((still) => still.message) }, new AbortController().signal))
			pictures.push(picture.bytes);
	} finally {
		await source.close();
	}
	return pictures;
};

const HEIGHTS = { portrait: 640, landscape: 300, square: 400 } as const;

const sheet = async (pictures: readonly Uint8Array[], file: string, columns: number, tall: number): Promise<void> => {
	const small = await Promise.all(
		pictures.map((picture) => sharp(picture).resize({ height: tall }).png().toBuffer({ resolveWithObject: true })),
	);
	const width = small[0]!.info.width;
	const rows = Math.ceil(small.length / columns);
	await sharp({ create: { width: columns * (width + 8) + 8, height: rows * (tall + 8) + 8, channels: 3, background: '#777777' } })
		.composite(
			small.map(({ data }, index) => ({
				input: data,
				left: 8 + (index % columns) * (width + 8),
				top: 8 + Math.floor(index / columns) * (tall + 8),
			})),
		)
		.png()
		.toFile(file);
};

const [specFile, outDirectory] = [resolve(process.argv[2]!), resolve(process.argv[3]!)];
mkdirSync(outDirectory, { recursive: true });
mkdirSync(CACHE, { recursive: true });
const read = readSpec({ file: specFile, text: readFileSync(specFile, 'utf8') });
for (const diagnostic of read.diagnostics) console.log(diagnostic.severity, diagnostic.code, diagnostic.summary);
if (!read.ok) process.exit(1);
const checked = withAxes(read.value, flag('moods', MOODS.join(',')), flag('platforms', ''), flag('duration', ''));
const { needs } = collectNeeds(checked.spec, MOODS.flatMap(familiesOf));
const resolved = await resolveInputs(needs, { specFile });
for (const problem of resolved.problems) console.log(problem.code, problem.summary);
const cells = expand(checked, { draft: false });
if (!cells.ok) throw new Error(JSON.stringify(cells.diagnostics));
const lower = makeLowerer(checked, resolved.inputs);
const runtimeFile = resolve(process.env['STILLS_RUNTIME']!);
const hash = createHash('sha256').update(readFileSync(runtimeFile)).digest('hex');
const own = [...resolved.componentCodes.values()];
const entry = emitEntry({ specName: 'stills', campaign: 'stills', components: own.map(({ facts }) => facts) }).text;
const modules = own.map(({ facts, text }) => emitComponent(facts, text));
const componentHashes = modules.map(({ text }) => createHash('sha256').update(text).digest('hex'));
const bundle = await bundleEntry({ entry, runtime: { file: runtimeFile, hash }, componentHashes, modules, cacheDirectory: CACHE });
const ctas = flag('ctas', Object.keys(checked.spec.ctas ?? {})[0] ?? '');
const bySheet = new Map<string, { stills: Still[]; columns: number }>();
const said = new Set<string>();
for (const cell of cells.value) {
	if (cell.cta !== null && !ctas.includes(cell.cta.name)) continue;
	const outcome = lower(cell);
	for (const d of outcome.diagnostics) {
		const line = `${d.severity} ${d.code} ${d.summary}`;
		if (!said.has(line)) console.log(line);
		said.add(line);
	}
	if (!outcome.ok) continue;
	const stills = stillsOf(outcome.value, resolved.inputs.fonts, flag('moments', 'settled'), flag('scenes', ''));
	const known = bySheet.get(cell.platform.name) ?? { stills: [], columns: Math.min(8, stills.length) };
	bySheet.set(cell.platform.name, {
		...known,
		stills: [...known.stills, ...stills.map((still) => ({ ...still, label: `${cell.mood}-${cell.cta?.name ?? ''}-${still.label}` }))],
	});
}
for (const [platform, { stills, columns }] of bySheet) {
	const pictures = await draw(stills, resolved, bundle.directory);
	const { canvas } = stills[0]!.message;
	const shape = canvas.width > canvas.height * 1.1 ? 'landscape' : canvas.height > canvas.width * 1.1 ? 'portrait' : 'square';
	await sheet(pictures, join(outDirectory, `${platform}.png`), columns, Number(flag('height', String(HEIGHTS[shape]))[0]));
	if (process.argv.includes('--full'))
		for (const [index, picture] of pictures.entries())
			writeFileSync(join(outDirectory, `${platform}-${stills[index]!.label}.jpg`), picture);
	console.log(`${platform}: ${pictures.length} stills`);
}
process.exit(0);
