import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { renderPersonalized as RenderPersonalized } from '../../src/batch/render-personalized.ts';
import type { ManifestEntry } from '../../src/model/asset-manifest.ts';
import { encodeWave } from '../../src/providers/voice/wave.ts';
import { distDirectory } from '../support/dist.ts';
import { testFfmpeg } from '../support/machine.ts';
import { columnsOf, makeRemotionProject } from '../support/remotion-project.ts';
import { colorOfFrame, makeVideo } from '../support/video.ts';

const Render = suite('assets/render');

const RATE = 48_000;
/** On both sides: of one side alone the encoder takes 3 dB. */
const tone = (hertz: number, seconds: number): Uint8Array => {
	const side = Float32Array.from({ length: RATE * seconds }, (_, at) => 0.4 * Math.sin((2 * Math.PI * hertz * at) / RATE));
	return encodeWave({ sampleRate: RATE, channels: [side, side] });
};

/** How loud one tone is in a stretch of sound: its amplitude. */
const toneIn = (sound: Float32Array, hertz: number, [from, to]: readonly [number, number]): number => {
	const part = sound.subarray(from * RATE, to * RATE);
	const sum = (wave: (angle: number) => number) =>
		part.reduce((total, value, at) => total + value * wave((2 * Math.PI * hertz * at) / RATE), 0);
	return (2 * Math.hypot(sum(Math.sin), sum(Math.cos))) / part.length;
};

const soundOf = async (file: string): Promise<Float32Array> => {
	const { path, environment } = await testFfmpeg();
	const wav = `${file}.f32`;
	execFileSync(path, ['-v', 'error', '-y', '-i', `file:${file}`, '-ac', '1', '-ar', String(RATE), '-f', 'wav', `file:${wav}`], {
		env: environment,
	});
	const bytes = readFileSync(wav);
	const data = bytes.indexOf('data') + 8;
	return Float32Array.from({ length: Math.floor((bytes.length - data) / 2) }, (_, at) => bytes.readInt16LE(data + at * 2) / 32_768);
};

const local = (kind: ManifestEntry['asks']['kind'], settings: Readonly<Record<string, unknown>>) => ({ kind, provider: 'local', settings });

const ENTRIES: readonly ManifestEntry[] = [
	{ name: 'photo', asks: local('stockImage', { query: 'red', style: 'flat' }), src: 'reelform-assets/red.png' },
	{ name: 'footage', asks: local('stockVideo', { query: 'colours' }), src: 'reelform-assets/colours.mp4', seconds: 0.5 },
	{ name: 'file', asks: local('stockIcon', { concept: 'block' }), src: 'reelform-assets/block.svg' },
	{
		name: 'shape',
		asks: local('stockIcon', { concept: 'square', style: 'solid' }),
		src: null,
		icon: { size: 24, body: '<g fill="none" stroke="currentColor"><rect width="24" height="24" x="0" y="0"/></g>' },
	},
	{
		name: 'bed',
		asks: local('stockMusic', { mood: 'calm' }),
		src: 'reelform-assets/never.wav',
		seconds: 3,
		stems: { bass: 'reelform-assets/bass.wav' },
	},
	{
		name: 'hello',
		asks: local('voiceover', { script: 'Hello.' }),
		src: 'reelform-assets/hello.wav',
		seconds: 1.5,
		words: [['Hello.', 0, 1.4]],
	},
];

Render('a composition draws and plays what its manifest says, and is as long as its voice', async () => {
	const project = makeRemotionProject('asset-project');
	const folder = join(project, 'public/reelform-assets');
	mkdirSync(folder, { recursive: true });
	await sharp({ create: { width: 64, height: 36, channels: 3, background: '#ff0000' } })
		.png()
		.toFile(join(folder, 'red.png'));
	await makeVideo(await testFfmpeg(), join(folder, 'colours.mp4'), { frames: 5, fps: 10 });
	writeFileSync(
		join(folder, 'block.svg'),
		'<svg xmlns="http://www.w3.org/2000/svg" width="32" height="90"><rect width="32" height="90"/></svg>',
	);
	writeFileSync(join(folder, 'bass.wav'), tone(200, 3));
	writeFileSync(join(folder, 'hello.wav'), tone(1000, 1.5));
	const load = await import(pathToFileURL(join(distDirectory, 'batch/render-personalized.js')).href);
	const renderPersonalized: typeof RenderPersonalized = load.renderPersonalized;
	const [result] = await renderPersonalized({
		composition: 'Film',
		data: [{ manifest: { formatVersion: 1, entries: ENTRIES } }],
		outputDir: 'out',
		naming: 'film.mp4',
		projectDir: project,
	});
	if (result === undefined || !result.ok) throw new Error(result?.error.message);
	assert.is(result.frames, 20);
	const [photo, footage, stencil, shape, background] = await columnsOf(result.path, 5);
	// The voice has ended, so that the background shows where its child was; the footage is in its fourth round.
	assert.equal([photo, stencil, shape, background], ['f00', '0f0', '00f', 'fff']);
	assert.is(
		footage,
		colorOfFrame(4)
			.map((level) => (level > 200 ? 'f' : level < 60 ? '0' : '?'))
			.join(''),
	);
	const sound = await soundOf(result.path);
	const near = (measured: number, wanted: number) => assert.ok(Math.abs(measured - wanted) < 0.03, `${measured}, not ${wanted}`);
	near(toneIn(sound, 1000, [0.2, 1.4]), 0.2);
	near(toneIn(sound, 1000, [1.7, 1.95]), 0);
	assert.ok(toneIn(sound, 200, [0, 0.2]) > 2 * toneIn(sound, 200, [0.7, 0.9]), 'the bass fades');
	near(toneIn(sound, 200, [1.2, 1.9]), 0);
});

Render.run();
