import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { integratedLoudness, measureLoudness } from '../../src/audio/mix/loudness.ts';
import { type MixSounds, mixCues, mixMessage, renderMusic, samplesOf } from '../../src/audio/mix-message.ts';
import type { AudioCue } from '../../src/model/audio.ts';
import type { Pcm, SpokenSentence } from '../../src/model/sound.ts';
import { makeAudioMessage, makeCue, music, soundAsset, speech } from '../support/mixes.ts';
import { joined, largestStep, levelDb, mono, noise, peak, RATE, stereo, tone } from '../support/sounds.ts';

const Mix = suite('audio/mix-message');

/** Half a second of noise between 50 ms of silence. */
const sentence: SpokenSentence = {
	pcm: mono(joined(new Float32Array(800), noise(0.5, 0.3, 16_000), new Float32Array(800)), 16_000),
	words: [{ text: 'One', start: 0.05, end: 0.55 }],
};
const sounds = (file: Pcm = stereo(tone(4, 440, 0.5))): MixSounds => ({
	sentences: (cue) => (cue.source.type === 'speech' ? cue.source.parts.map(() => sentence) : []),
	file: () => file,
	music: renderMusic,
});
const left = ({ channels: [first] }: Pcm): Float32Array => first ?? new Float32Array();
const firstAbove = (channel: Float32Array, level: number): number => channel.findIndex((value) => Math.abs(value) > level) / RATE;
const clip = (from = 0, seconds = 4, loop = false) => ({ type: 'clip' as const, asset: soundAsset('a'), from, seconds, loop });
const track = { type: 'track' as const, asset: soundAsset('a'), bpm: null };

Mix('a mix has as many samples as its video is long, whatever the frame rate', () => {
	for (const [frames, fps, samples] of [
		[1, 30, 1_600],
		[7, 24, 14_000],
		[100, 29.97, 160_160],
		[13, 60, 10_400],
	] as const) {
		const message = makeAudioMessage(1, [makeCue('effect', { type: 'effect', name: 'tick', seed: 1 })], { frames, fps });
		assert.is(samplesOf(message), samples);
		assert.equal(
			mixMessage(message, sounds()).channels.map(({ length }) => length),
			[samples, samples],
		);
	}
});

Mix('a voice is heard within a frame of its cue, at any frame rate', () => {
	for (const fps of [24, 30, 60]) {
		for (const at of [0, 7, fps]) {
			const message = makeAudioMessage(3, [makeCue('voice', speech('One.'), { at })], { fps, frames: 3 * fps });
			const onset = firstAbove(left(mixMessage(message, sounds())), 0.02);
			assert.ok(Math.abs(onset - at / fps) < 1 / fps, `${onset} s at ${fps} fps`);
		}
	}
});

const wholeMix = (): readonly AudioCue[] => [
	makeCue('music', music()),
	makeCue('voice', speech('One.', 'Two.'), { at: 60 }),
	makeCue('effect', { type: 'effect', name: 'whoosh', seed: 3 }, { at: 100 }),
];

Mix('voice, music and effects come out at the loudness asked for, under the limit, and the same every time', () => {
	const message = makeAudioMessage(8, wholeMix());
	const pcm = mixMessage(message, sounds(), { headroom: 0.5 });
	const { integrated, truePeak } = measureLoudness(pcm);
	assert.ok(Math.abs(integrated + 14) < 0.3, String(integrated));
	assert.ok(truePeak <= -1.5, String(truePeak));
	assert.equal(mixMessage(message, sounds(), { headroom: 0.5 }), pcm);
});

Mix('one channel has the loudness as well', () => {
	const pcm = mixMessage(makeAudioMessage(6, wholeMix(), { channels: 1, loudness: { integrated: -18, truePeak: -2 } }), sounds());
	assert.is(pcm.channels.length, 1);
	assert.ok(Math.abs(integratedLoudness(pcm) + 18) < 0.3);
});

Mix('an offset in a sound that is given takes no loudness from the mix', () => {
	const bed = tone(6, 440, 0.1).map((value, index) => value * (index % 24_000 < 4_800 ? 6 : 1));
	const offset = bed.map((value) => value + 0.2);
	for (const source of [track, clip(0, 6)]) {
		const message = makeAudioMessage(6, [makeCue('music', source)]);
		const pcm = mixMessage(message, sounds(stereo(offset)), { headroom: 1 });
		assert.ok(Math.abs(integratedLoudness(pcm) + 14) < 0.3, `${source.type}: ${integratedLoudness(pcm)}`);
		const mean = left(pcm).reduce((sum, value) => sum + value, 0) / left(pcm).length;
		assert.ok(Math.abs(mean) < 1e-3, `${source.type}: ${mean}`);
	}
});

Mix('a sound in opposite phase is heard in one channel too', () => {
	const bed = noise(4, 0.3);
	const opposite = stereo(
		bed,
		bed.map((value) => -value),
	);
	for (const source of [track, clip(0, 4)]) {
		const message = makeAudioMessage(4, [makeCue('music', source)], { channels: 1 });
		assert.ok(Math.abs(integratedLoudness(mixMessage(message, sounds(opposite))) + 14) < 0.3, source.type);
	}
});

Mix('music goes down under the words and comes back', () => {
	const bed = stereo(tone(8, 200, 0.3));
	const quiet = mixCues(makeAudioMessage(8, [makeCue('music', clip(0, 8))]), sounds(bed));
	const silent: SpokenSentence = { ...sentence, pcm: mono(new Float32Array(9_600), 16_000) };
	const spoken = mixCues(makeAudioMessage(8, [makeCue('music', clip(0, 8)), makeCue('voice', speech('One.'), { at: 120 })]), {
		...sounds(bed),
		sentences: () => [silent],
	});
	const down = (from: number, to: number): number => levelDb(left(spoken), from, to) - levelDb(left(quiet), from, to);
	assert.ok(Math.abs(down(0.5, 3.5)) < 0.1);
	assert.ok(Math.abs(down(4.05, 4.45) + 10) < 0.5, String(down(4.05, 4.45)));
	assert.ok(Math.abs(down(6, 7.5)) < 0.1);
});

Mix('what is cut off fades out, and nothing clicks', () => {
	const rows: readonly (readonly [string, AudioCue])[] = [
		['a clip that is stopped', makeCue('clip', clip(0, 4), { until: 45 })],
		['a clip whose beginning is cut off', makeCue('clip', clip(0, 4), { at: -20 })],
		['a clip that loops', makeCue('clip', clip(0.3, 0.7, true), { at: 10 })],
		['a track that is cut', makeCue('music', track)],
		['a voice that is stopped', makeCue('voice', speech('One.'), { at: 30, until: 36 })],
	];
	const steepest = largestStep(tone(1, 440, 1)) * 1.15;
	for (const [name, cue] of rows) {
		const mixed = left(mixCues(makeAudioMessage(3, [cue]), sounds()));
		if (cue.role === 'voice') assert.ok(firstAbove(mixed.subarray(Math.round(1.2 * RATE)), 1e-6) < 0, name);
		else assert.ok(largestStep(mixed) < steepest * peak(mixed), `${name}: ${largestStep(mixed)} of ${peak(mixed)}`);
		assert.ok(peak(mixed) > 0.01, name);
	}
});

Mix('a track fills the mix, from its cue on', () => {
	const mixed = left(mixCues(makeAudioMessage(10, [makeCue('music', track, { at: 30 })]), sounds()));
	assert.is(firstAbove(mixed.subarray(0, RATE), 1e-6), -1 / RATE);
	assert.ok(levelDb(mixed, 7.5, 8.4) > -35);
});

Mix('effects alone stay as quiet as they are', () => {
	const message = makeAudioMessage(5, [makeCue('effect', { type: 'effect', name: 'whoosh', seed: 3 }, { at: 30 })]);
	const pcm = mixMessage(message, sounds());
	assert.ok(peak(left(pcm)) > 0.05 && peak(left(pcm)) < 0.2, String(peak(left(pcm))));
});

Mix('a gain is heard, and silence stays silence', () => {
	const at = (gain: number): number => levelDb(left(mixCues(makeAudioMessage(3, [makeCue('clip', clip(), { gain })]), sounds())), 1, 2);
	assert.ok(Math.abs(at(-6) - at(0) + 6) < 0.01);
	const pcm = mixMessage(makeAudioMessage(3, [makeCue('clip', clip())]), sounds(stereo(new Float32Array(RATE))));
	assert.is(peak(left(pcm)), 0);
});

Mix('cues outside of the mix are not heard, and a name that nobody knows is refused', () => {
	const outside = [
		makeCue('clip', clip(), { at: 500 }),
		makeCue('music', music(), { at: 10, until: 5 }),
		makeCue('clip', clip(9), { at: 0 }),
	];
	assert.is(peak(left(mixMessage(makeAudioMessage(2, outside), sounds()))), 0);
	assert.throws(() => mixCues(makeAudioMessage(2, [makeCue('effect', { type: 'effect', name: 'bang', seed: 1 })]), sounds()), /"bang"/);
	assert.throws(() => mixCues(makeAudioMessage(2, [makeCue('music', music(1, 'sad'))]), sounds()), /"sad"/);
});

Mix('music can be shorter than a bar', () => {
	for (const seconds of [0.1, 0.5, 1])
		assert.ok(peak(left(mixMessage(makeAudioMessage(seconds, [makeCue('music', music())]), sounds()))) < 1);
});

Mix.run();
