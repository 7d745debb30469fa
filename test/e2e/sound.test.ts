import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { measureLoudness } from '../../src/audio/mix/loudness.ts';
import { arrange } from '../../src/audio/music/arrange.ts';
import { type HeardSentence, placeSentences } from '../../src/audio/voice/place-sentences.ts';
import type { AudioCue, AudioMessage } from '../../src/model/audio.ts';
import type { Pcm, WordTiming } from '../../src/model/sound.ts';
import { decodeSound } from '../../src/renderer/decode-sound.ts';
import { nodeFileSystem } from '../../src/renderer/file-system.ts';
import { readMediaFacts } from '../../src/renderer/read-media-facts.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';
import { inProject, type Parsed, type Project } from '../support/mail-project.ts';
import { floatWav, levelDb, mono, RATE, tone } from '../support/sounds.ts';
import { framesOf, makeVideo } from '../support/video.ts';
import { saidSentences } from '../support/voices.ts';

const Sound = suite('e2e/sound');

const SPEC = 'sound.campaign.yaml';
const FPS = 24;
const WIDE = { width: 160, height: 90 };
const PLATFORMS = `[{name: wide, width: 160, height: 90, fps: ${FPS}}, {name: tall, width: 90, height: 160, fps: ${FPS}}]`;
const MUSIC = 'music: {mood: energetic, seed: 3}';

type Sketch = { readonly music?: string; readonly captions?: string; readonly close?: string; readonly platforms?: string };

const campaign = ({ music = MUSIC, captions = 'true', close = 'Ours takes ten minutes.', platforms = PLATFORMS }: Sketch = {}): string => `
reelform: 1
campaign: sound
platforms: ${platforms}
durations: [6]
variants: {plain: {mood: minimal}}
${music}
captions: ${captions}
scenes:
  - {id: hook, duration: 3, transition: cut, voiceover: {script: 'Cold brew takes all night. [pause: 0.4] Not ours.', delay: 0.25}}
  - {id: close, duration: 3, voiceover: ${close}}
output: {naming: '{platform}.mp4'}
`;

const videoOf = (project: Project, name = 'wide'): string => join(project.folder, `out/sound/${name}.mp4`);

const heardIn = async (file: string): Promise<Pcm> =>
	decodeSound(await findFfmpeg(), { path: file, seconds: 60 }, new AbortController().signal);

const render = async (project: Project): Promise<Parsed> => (await project.lines('render', SPEC, '--json')).at(-1).summary;

/** What the plan says is heard. */
const planned = async (project: Project): Promise<{ readonly summary: Parsed; readonly message: AudioMessage }> => {
	assert.is((await project.run('plan', SPEC, '--out', 'plan.json')).code, 0);
	const { plan } = JSON.parse(readFileSync(join(project.folder, 'plan.json'), 'utf8'));
	const messages: readonly AudioMessage[] = Object.values(plan.sounds);
	assert.is(messages.length, 1);
	return { summary: plan.plan.summary, message: messages[0]! };
};

type Spoken = {
	readonly at: number;
	readonly seconds: number;
	readonly words: readonly WordTiming[];
	readonly facts: readonly HeardSentence[];
};

/** Each voice-over in seconds of the video, by what the voice told when it said it. */
const spokenIn = (project: Project, { cues, fps }: AudioMessage): readonly Spoken[] => {
	const said = saidSentences(join(project.folder, '.asset-cache'));
	return cues.flatMap(({ source, at }: AudioCue): readonly Spoken[] => {
		if (source.type !== 'speech') return [];
		const facts = source.parts.flatMap((part) => (part.kind === 'sentence' ? [said.get(part.text)!] : []));
		const placed = placeSentences(source.parts, facts);
		const start = at / fps;
		const words = placed.words.map((word) => ({ ...word, start: word.start + start, end: word.end + start }));
		return [{ at: start, seconds: placed.seconds, words, facts }];
	});
};

const largestStepIn = ({ channels: [channel = new Float32Array()] }: Pcm, from: number, to: number): number => {
	let most = 0;
	for (let index = Math.max(1, Math.round(from * RATE)); index < Math.min(channel.length, Math.round(to * RATE)); index++)
		most = Math.max(most, Math.abs(channel[index]! - channel[index - 1]!));
	return most;
};

const assertFinished = async (file: string): Promise<void> => {
	const pcm = await heardIn(file);
	const { integrated, truePeak } = measureLoudness(pcm);
	assert.ok(Math.abs(integrated + 14) <= 0.5, `${integrated} LUFS`);
	assert.ok(truePeak <= -1, `${truePeak} dBTP`);
	const { audio } = await readMediaFacts(nodeFileSystem, file);
	assert.ok(Math.abs((audio?.seconds ?? 0) - 6) < 0.001, `${audio?.seconds} s`);
};

/** A word counts as shown when the picture changes: nothing else in these videos moves by as much. */
const CHANGE = 0.1;
const IN_TIME = 0.06;

const assertDrawnInTime = async (file: string, words: readonly WordTiming[]): Promise<void> => {
	const frames = framesOf(await findFfmpeg(), file, WIDE);
	assert.is(frames.length, 6 * FPS);
	const changes = frames.flatMap((frame, index) => {
		const before = frames[index - 1];
		return before !== undefined && differenceOf(frame, before) > CHANGE ? [index / FPS] : [];
	});
	const isNear = (times: readonly number[], seconds: number): boolean => times.some((time) => Math.abs(time - seconds) <= IN_TIME);
	for (const { text, start } of words) assert.ok(isNear(changes, start), `${text} at ${start} s: ${changes}`);
	const expected = words.flatMap(({ start, end }) => [start, end, end + 0.25]);
	for (const change of changes) assert.ok(isNear(expected, change), `nothing is said at ${change} s`);
};

const differenceOf = (one: Buffer, other: Buffer): number =>
	one.reduce((sum, value, index) => sum + Math.abs(value - other[index]!), 0) / one.length;

type Line = { readonly start: number; readonly end: number; readonly text: string };

const linesOfCaptions = (text: string): readonly Line[] =>
	[...text.matchAll(/(\S+) --> (\S+)\n(.*)\n/g)].map(([, start = '', end = '', words = '']) => {
		const seconds = (written: string): number => {
			const [hours = 0, minutes = 0, rest = 0] = written.replace(',', '.').split(':').map(Number);
			return hours * 3600 + minutes * 60 + rest;
		};
		return { start: seconds(start), end: seconds(end), text: words };
	});

const assertWrittenInTime = (lines: readonly Line[], words: readonly WordTiming[]): void => {
	let next = 0;
	for (const { start, end, text } of lines) {
		const page = words.slice(next, next + text.split(' ').length);
		next += page.length;
		assert.is(page.map((word) => word.text).join(' '), text);
		assert.ok(Math.abs(start - page[0]!.start) <= IN_TIME, `${text}: from ${start} s`);
		assert.ok(end >= page.at(-1)!.end - IN_TIME, `${text}: until ${end} s`);
	}
	assert.is(next, words.length);
};

/** The voice begins in its frame, and what is before it is silent. */
const assertOnsets = (alone: Pcm, spoken: readonly Spoken[]): void => {
	const [channel = new Float32Array()] = alone.channels;
	for (const { at, seconds } of spoken) {
		const before = Math.round((at - 0.15) * RATE);
		const onset = channel.subarray(before).findIndex((value) => Math.abs(value) > 0.01);
		assert.ok(Math.abs((before + onset) / RATE - at) <= 1 / FPS, `${(before + onset) / RATE} s, not ${at} s`);
		const after = channel.subarray(Math.round((at + seconds + 0.1) * RATE), Math.round((at + seconds + 0.2) * RATE));
		assert.ok(
			after.every((value) => Math.abs(value) < 0.01),
			'the voice is over when its words are',
		);
	}
};

/** Where sounds begin, end and join; inside of words, samples of a voice may lie as far apart as they like. */
const joinsOf = (spoken: readonly Spoken[]): readonly number[] =>
	spoken.flatMap(({ at, seconds, words }) => [
		...[at, at + seconds],
		...words.flatMap(({ text, end }, index) => (/[.!?]$/.test(text) ? [end, words[index + 1]?.start ?? end] : [])),
	]);

const assertNoClicks = (pcm: Pcm, joins: readonly number[]): void => {
	for (const seconds of joins) {
		const step = largestStepIn(pcm, seconds - 0.003, seconds + 0.003);
		assert.ok(step < 0.05, `a step of ${step} at ${seconds} s`);
	}
	assert.ok(Math.abs(pcm.channels[0]?.[0] ?? 0) < 0.02);
	assert.ok(Math.abs(pcm.channels[0]?.at(-1) ?? 0) < 0.02);
};

Sound(
	'voice, music and captions: at their loudness and in time; two platforms share a mix; another song or none draws nothing, and the voice stands alone where it should',
	() =>
		inProject({ [SPEC]: campaign() }, async (project) => {
			const first = await project.lines('render', SPEC, '--json');
			assert.is(first.filter(({ type }) => type === 'mix-finished').length, 1);
			assert.is(first[0].mixesToMake, 1);
			assert.equal(first.at(-1).summary.mixes, { mixed: 1, reused: 0, failed: 0 });
			const { summary, message } = await planned(project);
			assert.equal(summary.mixes, { total: 2, unique: 1, reused: 1, toRender: 0 });
			assert.equal(summary.sentences, { total: 6, distinct: 3, toSynthesize: 0 });
			await assertFinished(videoOf(project));
			await assertFinished(videoOf(project, 'tall'));
			const withMusic = await heardIn(videoOf(project));
			assert.equal(withMusic, await heardIn(videoOf(project, 'tall')));

			const spoken = spokenIn(project, message);
			const words = spoken.flatMap((one) => one.words);
			assert.is(words.length, 11);
			await assertDrawnInTime(videoOf(project), words);
			for (const extension of ['srt', 'vtt'])
				assertWrittenInTime(linesOfCaptions(readFileSync(join(project.folder, `out/sound/wide.${extension}`), 'utf8')), words);

			const again = await render(project);
			assert.equal([again.outputs.unchanged, again.frames.rendered, again.mixes.mixed], [2, 0, 0]);

			project.write(SPEC, campaign({ music: MUSIC.replace('3', '4') }));
			const { mixes, changes } = await project.json('plan', SPEC, '--json');
			assert.equal(
				[mixes.length, mixes[0].reason, changes.map(({ change }: Parsed) => change)],
				[1, 'changed: music seed', ['changed', 'changed']],
			);
			const shown = (await project.run('plan', SPEC)).stdout;
			assert.match(shown, 'Voice: 6 sentences, 3 different, 0 to say\nSound: 1 mix, 1 to make (changed: music seed)\n');
			const pictures = framesOf(await findFfmpeg(), videoOf(project), WIDE);
			const song = await render(project);
			assert.equal([song.outputs.finished, song.frames.rendered, song.mixes.mixed], [2, 0, 1]);
			assert.not.equal(await heardIn(videoOf(project)), withMusic);
			assert.equal(framesOf(await findFfmpeg(), videoOf(project), WIDE), pictures);

			project.write(SPEC, campaign({ music: '' }));
			const alone = await render(project);
			assert.equal([alone.outputs.finished, alone.frames.rendered, alone.mixes.mixed], [2, 0, 1]);
			await assertFinished(videoOf(project));
			const voice = await heardIn(videoOf(project));
			assertOnsets(voice, spoken);
			assertNoClicks(voice, joinsOf(spoken));
		}),
);

Sound('another line where nothing of it is drawn renders no frame, and is said, mixed and written beside the video', () =>
	inProject(
		{ [SPEC]: campaign({ captions: '{burn: false}', platforms: PLATFORMS.replace(/, \{name: tall.*\}/, '') }) },
		async (project) => {
			const first = await render(project);
			assert.equal([first.outputs.finished, first.mixes.mixed], [1, 1]);
			const before = await heardIn(videoOf(project));
			project.write(
				SPEC,
				campaign({ captions: '{burn: false}', platforms: PLATFORMS.replace(/, \{name: tall.*\}/, ''), close: 'Ready at breakfast.' }),
			);
			const { summary, mixes } = await project.json('plan', SPEC, '--json');
			assert.equal([summary.frames.toRender, mixes[0].reason], [0, 'changed: voice-over of scene close']);
			const second = await render(project);
			assert.equal([second.outputs.finished, second.frames.rendered, second.mixes.mixed], [1, 0, 1]);
			assert.not.equal(await heardIn(videoOf(project)), before);
			assert.match(readFileSync(join(project.folder, 'out/sound/wide.vtt'), 'utf8'), /Ready at breakfast\./);
		},
	),
);

Sound('a video for which nobody asks for sound has no sound track, and nothing is said of sound', () =>
	inProject(
		{ [SPEC]: campaign({ music: '', captions: 'false' }).replace(/, voiceover: [^}]*\}?\}/g, ', layers: [{text: Go}]}') },
		async (project) => {
			const summary = await render(project);
			assert.is(summary.outputs.finished, 2);
			assert.not('mixes' in summary);
			assert.is((await readMediaFacts(nodeFileSystem, videoOf(project))).audio, null);
			assert.not.match((await project.run('plan', SPEC)).stdout, /Sound|Voice/);
		},
	),
);

Sound('flexible scenes begin on beats of the music, to the frame, and their frames sum to the video exactly', () =>
	inProject({ [SPEC]: ONTO_BEATS }, async (project) => {
		const [straight, onBeats] = [
			await bordersOf(project),
			await bordersOf(project, (text) => text.replace('seed: 3', 'seed: 3, cutOnBeat: true')),
		];
		assert.equal([straight.length, onBeats.length], [3, 3]);
		const { beats } = arrange({ mood: 'energetic', seconds: 6, seed: 3 });
		const distance = (frame: number): number => Math.min(...beats.map((beat) => Math.abs(beat - frame / FPS)));
		for (const border of onBeats) assert.ok(distance(border) <= 1 / FPS, `frame ${border} is ${distance(border)} s from a beat`);
		assert.ok(
			straight.some((border) => distance(border) > 1 / FPS),
			`${straight} lie on beats anyway`,
		);
		const { frames, outputs } = await render(project);
		assert.equal([outputs.finished, frames.total], [1, 6 * FPS]);
		const colors = framesOf(await findFfmpeg(), videoOf(project), WIDE).map((frame) => frame[0]!);
		const shown = colors.flatMap((color, index) => (index > 0 && Math.abs(color - colors[index - 1]!) > 8 ? [index] : []));
		assert.equal(shown, onBeats, 'scenes change where the plan says');
	}),
);

const ONTO_BEATS = `
reelform: 1
campaign: sound
platforms: [{name: wide, width: 160, height: 90, fps: ${FPS}}]
durations: [6]
variants: {plain: {mood: minimal}}
${MUSIC}
scenes:
  - {id: one, duration: {share: 1.37}, transition: cut, background: {type: solid, color: '#ff0000'}, layers: [{text: One, role: headline, motion: {enter: none}}]}
  - {id: two, transition: cut, background: {type: solid, color: '#00ff00'}, layers: [{text: Two, role: headline, motion: {enter: none}}]}
  - {id: three, duration: {share: 0.8}, transition: cut, background: {type: solid, color: '#aa0000'}, layers: [{text: Three, role: headline, motion: {enter: none}}]}
  - {id: four, background: {type: solid, color: '#0000ff'}, layers: [{text: Four, role: headline, motion: {enter: none}}]}
output: {naming: '{platform}.mp4'}
`;

/** The frames on which scenes begin, the first one left out. */
const bordersOf = async (project: Project, change: (text: string) => string = (text) => text): Promise<readonly number[]> => {
	project.write(SPEC, change(ONTO_BEATS));
	const { outputs, segments } = await project.json('plan', SPEC, '--json');
	const byKey = new Map<string, Parsed>(segments.map((segment: Parsed) => [segment.key, segment]));
	const starts = new Map<string, number>();
	let at = 0;
	for (const key of outputs[0].segments) {
		const { label, frames } = byKey.get(key);
		if (!starts.has(label)) starts.set(label, at);
		at += frames;
	}
	assert.equal([at, outputs[0].frames], [6 * FPS, 6 * FPS]);
	return [...starts.values()].slice(1);
};

const CLIP = `
reelform: 1
campaign: sound
platforms: [{name: wide, width: 160, height: 90, fps: ${FPS}}]
durations: [3]
variants: {plain: {mood: minimal}}
scenes:
  - {id: before, duration: 1, transition: cut, layers: [{text: Listen, role: headline}]}
  - {id: clip, duration: 1, transition: cut, layers: [{video: clip.mp4, mute: false}]}
  - {id: after, duration: 1, layers: [{text: Gone, role: headline}]}
output: {naming: '{platform}.mp4'}
`;

/** A video of two seconds with a tone. */
const makeClip = async (folder: string): Promise<void> => {
	const ffmpeg = await findFfmpeg();
	await makeVideo(ffmpeg, join(folder, 'silent.mp4'), { frames: 24, fps: 12 });
	writeFileSync(join(folder, 'tone.wav'), floatWav(mono(tone(2, 440, 0.3))));
	const inputs = ['-i', join(folder, 'silent.mp4'), '-i', join(folder, 'tone.wav')];
	const { status, stderr } = spawnSync(
		ffmpeg.path,
		['-v', 'error', '-y', ...inputs, '-map', '0:v', '-map', '1:a', '-c:v', 'copy', '-c:a', 'aac', join(folder, 'clip.mp4')],
		{ env: { ...ffmpeg.environment }, encoding: 'utf8' },
	);
	if (status !== 0) throw new Error(stderr);
};

Sound('the sound of a video is heard while it is seen, and only where it is not mute', () =>
	inProject({ [SPEC]: CLIP }, async (project) => {
		await makeClip(project.folder);
		assert.is((await render(project)).mixes.mixed, 1);
		const [left = new Float32Array()] = (await heardIn(videoOf(project))).channels;
		assert.ok(levelDb(left, 1.05, 1.9) > -30, `${levelDb(left, 1.05, 1.9)} dB`);
		assert.ok(levelDb(left, 0, 0.95) < -60 && levelDb(left, 2.05, 2.9) < -60);
		const crossings = left.subarray(1.2 * RATE, 1.7 * RATE).filter((value, index, part) => value >= 0 && (part[index - 1] ?? 0) < 0).length;
		assert.ok(Math.abs(crossings - 220) <= 2, `${crossings / 0.5} Hz`);
		project.write(SPEC, CLIP.replace(', mute: false', ''));
		const silent = await render(project);
		assert.equal([silent.outputs.finished, silent.frames.rendered], [1, 0]);
		assert.is((await readMediaFacts(nodeFileSystem, videoOf(project))).audio, null);
	}),
);

Sound.run();
