import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { arrange } from '../../../src/audio/music/arrange.ts';
import { findBeats } from '../../../src/audio/music/find-beats.ts';
import { fitTrack } from '../../../src/audio/music/fit-track.ts';
import { renderScore } from '../../../src/audio/music/render-score.ts';
import { largestStep, levelDb, mono, noise, peak, RATE, stereo } from '../../support/sounds.ts';

const score = arrange({ mood: 'energetic', seconds: 20, seed: 5, bpm: 118 });
const track = renderScore(score, { sampleRate: RATE }).mix;

const FitTrack = suite('audio/music/fit-track');

for (const [mood, bpm] of [
	['energetic', 122],
	['uplifting', 108],
	['corporate', 97],
] as const) {
	FitTrack(`the tempo of ${mood} music at ${bpm} is found, and where its beats are`, () => {
		const music = renderScore(arrange({ mood, seconds: 30, seed: 3, bpm }), { sampleRate: RATE }).mix;
		const found = findBeats(music);
		assert.ok(found !== null && Math.abs(found.bpm - bpm) < bpm * 0.005, `${found?.bpm}`);
		const beat = 60 / bpm;
		const away = Math.min(found.firstBeat % beat, beat - (found.firstBeat % beat));
		assert.ok(away < 0.03, `${found.firstBeat}`);
	});
}

FitTrack('a shorter length is cut to the sample and fades over its last 1 to 2 s', () => {
	for (const seconds of [6, 9.5, 12.34]) {
		const { pcm, how } = fitTrack(track, { seconds, bpm: 118 });
		const channel = pcm.channels[0]!;
		assert.is(how, 'cut');
		assert.is(channel.length, Math.round(seconds * RATE));
		assert.ok(channel.subarray(0, Math.round((seconds - 2.01) * RATE)).every((value, index) => value === track.channels[0]![index]));
		assert.ok(levelDb(channel, seconds - 0.05) < -50);
		assert.ok(largestStep(channel) < 0.2);
	}
});

FitTrack('a longer length is looped on whole bars, with no hole and no click at the joins', () => {
	const { pcm, how, joins } = fitTrack(track, { seconds: 65, bpm: 118 });
	const channel = pcm.channels[0]!;
	const bar = 240 / 118;
	assert.is(how, 'looped');
	assert.is(channel.length, 65 * RATE);
	assert.ok(joins.length >= 2);
	joins.slice(1).forEach((join, index) => {
		const bars = (join - joins[index]!) / bar;
		assert.ok(Math.abs(bars - Math.round(bars)) * bar < 0.016, `${bars} bars`);
	});
	for (const join of joins) {
		assert.ok(largestStep(channel.slice(Math.round((join - 0.1) * RATE), Math.round((join + 0.1) * RATE)).map((value) => value)) < 0.5);
		assert.ok(levelDb(channel, join - 0.06, join) > levelDb(channel, join - 1, join) - 9);
	}
	assert.ok(largestStep(channel) < 0.2);
	assert.ok(levelDb(channel, 64.95) < -50);
});

FitTrack('sound without a beat is looped with a long blend', () => {
	const { pcm, bpm, how } = fitTrack(stereo(noise(4, 0.3)), { seconds: 11 });
	assert.equal([bpm, how], [null, 'looped']);
	for (let at = 0; at < 9; at += 0.25) assert.ok(Math.abs(levelDb(pcm.channels[0]!, at, at + 0.25) - levelDb(noise(1, 0.3))) < 1);
});

FitTrack('a track of the wanted length stays as it is, and one that lacks a few samples is filled up', () => {
	assert.is(fitTrack(track, { seconds: 20 }).pcm, track);
	assert.is(fitTrack(track, { seconds: 20.01 }).pcm.channels[0]!.length, 960_480);
});

for (const [name, pcm] of [
	['no sample', mono(new Float32Array(0))],
	['one sample', mono(new Float32Array(1).fill(0.5))],
	['no channel', { sampleRate: RATE, channels: [] }],
	['silence', stereo(new Float32Array(RATE * 3))],
] as const) {
	FitTrack(`a track of ${name} becomes silence of the wanted length`, () => {
		for (const bpm of [undefined, 100]) {
			const fitted = fitTrack(pcm, { seconds: 5, ...(bpm === undefined ? {} : { bpm }) }).pcm.channels[0]!;
			assert.is(fitted.length, 5 * RATE);
			assert.is(peak(fitted.subarray(1)), 0);
		}
	});
}

FitTrack.run();
