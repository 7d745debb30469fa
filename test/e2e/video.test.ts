import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findFfmpeg } from '../support/ffmpeg.ts';
import { reelform } from '../support/run-cli.ts';
import { frameOfColor, makeVideo, middlesOf } from '../support/video.ts';

const Video = suite('e2e/video');

const root = mkdtempSync(join(tmpdir(), 'reelform-video-'));
process.on('exit', () => rmSync(root, { recursive: true, force: true }));

const ffmpeg = await findFfmpeg();
const clip = join(root, 'clip.mp4');
await makeVideo(ffmpeg, clip, { frames: 24, fps: 24 });

const CANVAS = { width: 160, height: 90 };

const spec = (first: string, durations = '[2]', second = ''): string => `
reelform: 1
campaign: own
platforms: [{name: wide, width: ${CANVAS.width}, height: ${CANVAS.height}, fps: 30}]
durations: ${durations}
variants: {minimal: {mood: minimal}}
scenes:
  - id: clip
    ${first}
${second}`;

const project = (name: string, text: string): string => {
	const folder = join(root, name);
	mkdirSync(folder);
	writeFileSync(join(folder, 'package.json'), '{}');
	writeFileSync(join(folder, 'own.campaign.yaml'), text);
	writeFileSync(join(folder, 'clip.mp4'), readFileSync(clip));
	symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
	return folder;
};

const render = async (folder: string, frameSource: 'stage' | 'remotion'): Promise<Buffer> => {
	const run = await reelform(folder, 'render', 'own.campaign.yaml', '--out', 'out', '--json', '--frame-source', frameSource);
	assert.is(run.code, 0, `${run.stdout}${run.stderr}`);
	return readFileSync(join(folder, 'out/wide/minimal/2s.mp4'));
};

/** The frame of the test video that each frame of the output shows. */
const shown = (folder: string): readonly number[] => middlesOf(ffmpeg, join(folder, 'out/wide/minimal/2s.mp4'), CANVAS).map(frameOfColor);

const LOOPED = 'layers: [{video: clip.mp4, trim: {from: 0.25, to: 0.75s}, loop: true}]';

Video('each frame of the output shows the frame of the video that is seen at its time, in both frame sources', async () => {
	const folder = project('looped', spec(LOOPED));
	const drawn = await render(folder, 'stage');
	assert.equal(
		shown(folder),
		Array.from({ length: 60 }, (_, frame) => 6 + Math.floor(((frame % 15) * 24) / 30)),
	);
	const cached = readdirSync(join(folder, '.reelform/frames'), { recursive: true }) as string[];
	assert.is(cached.filter((file) => file.endsWith('.jpg')).length, 12, 'only what is seen was kept');
	const other = project('looped-otherwise', spec(LOOPED));
	assert.ok((await render(other, 'remotion')).equals(drawn), 'both frame sources give the same bytes');
});

Video('a background goes round by itself, and a video that does not loop stays at its last frame', async () => {
	const ground = project('ground', spec('background: {type: video, path: clip.mp4, trim: {to: 0.5}}'));
	await render(ground, 'stage');
	assert.equal(
		shown(ground),
		Array.from({ length: 60 }, (_, frame) => Math.floor(((frame % 15) * 24) / 30)),
	);
	const held = project(
		'held',
		spec('layers: [{video: clip.mp4, at: {x: 20%, y: 10%, width: 60%, height: 80%}, fit: contain, motion: {enter: none}}]'),
	);
	await render(held, 'stage');
	assert.equal(
		shown(held),
		Array.from({ length: 60 }, (_, frame) => Math.min(23, Math.floor((frame * 24) / 30))),
	);
});

type Planned = { readonly key: string; readonly label: string };
const keysIn = async (folder: string, label: string): Promise<readonly string[]> => {
	const { stdout, stderr } = await reelform(folder, 'plan', 'own.campaign.yaml', '--json');
	assert.ok(stdout !== '', stderr);
	return (JSON.parse(stdout).segments as readonly Planned[]).filter((segment) => segment.label === label).map(({ key }) => key);
};

Video('outputs share what shows the same stretch, planning decodes nothing, and another file is another key', async () => {
	const second = '  - id: words\n    layers: [{text: Hello, role: headline}]\n';
	const fixed = `${LOOPED}\n    duration: 1`;
	const folder = project('shared', spec(fixed, '[2, 3]', second));
	const before = await keysIn(folder, 'clip');
	const words = await keysIn(folder, 'words');
	assert.is(before.length, new Set(before).size);
	assert.equal(await keysIn(project('short', spec(fixed, '[2]', second)), 'clip'), before, 'the longer output adds none');
	assert.not(existsSync(join(folder, '.reelform', 'frames')));
	await makeVideo(ffmpeg, join(folder, 'clip.mp4'), { frames: 23, fps: 24 });
	const after = await keysIn(folder, 'clip');
	assert.is(after.length, before.length);
	for (const key of after) assert.not(before.includes(key));
	assert.equal(await keysIn(folder, 'words'), words);
});

Video('a trim outside of the video and a file that is none are errors where they are written', async () => {
	const faults: readonly (readonly [string, string, string])[] = [
		['trim: {from: 2}', 'RF4042', 'the video is 1 s long, and is to begin at 2 s'],
		['trim: {to: 1.5}', 'RF4042', 'the video is 1 s long, and is to end at 1.5 s'],
		['trim: {from: 0.5, to: 0.2}', 'RF4042', 'the video is to end at 0.2 s, before it begins at 0.5 s'],
	];
	const folder = project('faulty', '');
	for (const [trim, code, words] of faults) {
		writeFileSync(join(folder, 'own.campaign.yaml'), spec(`layers: [{video: clip.mp4, ${trim}}]`));
		const { code: exit, stderr, stdout } = await reelform(folder, 'validate', 'own.campaign.yaml');
		assert.is(exit, 1);
		assert.match(`${stdout}${stderr}`, code);
		assert.match(`${stdout}${stderr}`, words);
		assert.match(`${stdout}${stderr}`, 'own.campaign.yaml:9:');
	}
	writeFileSync(join(folder, 'own.campaign.yaml'), spec('layers: [{video: clip.mp4}]'));
	writeFileSync(join(folder, 'clip.mp4'), 'no video');
	const { code, stderr, stdout } = await reelform(folder, 'validate', 'own.campaign.yaml');
	assert.is(code, 1);
	assert.match(`${stdout}${stderr}`, 'RF4040');
	assert.match(`${stdout}${stderr}`, 'own.campaign.yaml:9:');
});

Video.run();
