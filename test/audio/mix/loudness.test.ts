import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { integratedLoudness, measureLoudness } from '../../../src/audio/mix/loudness.ts';
import { truePeak } from '../../../src/audio/mix/true-peak.ts';
import { arrange } from '../../../src/audio/music/arrange.ts';
import { lowPass } from '../../../src/audio/music/filters.ts';
import { renderScore } from '../../../src/audio/music/render-score.ts';
import type { Pcm } from '../../../src/model/sound.ts';
import { ffmpegLoudness, joined, mono, noise, RATE, stereo, tone } from '../../support/sounds.ts';

const db = (level: number): number => 10 ** (level / 20);
const near = (found: number, wanted: number, within: number): void =>
	assert.ok(Math.abs(found - wanted) <= within, `${found} is not within ${within} of ${wanted}`);
const silent = (seconds: number): Float32Array => new Float32Array(seconds * RATE);
const parts = (...steps: readonly (readonly [number, number])[]): Pcm =>
	stereo(joined(...steps.map(([level, seconds]) => tone(seconds, 1000, db(level)))));

const Loudness = suite('audio/mix/loudness');

for (const [name, pcm, lufs] of [
	['EBU Tech 3341 case 1: a stereo tone of -23 dBFS is -23 LUFS', parts([-23, 20]), -23],
	['EBU Tech 3341 case 2: a stereo tone of -33 dBFS is -33 LUFS', parts([-33, 20]), -33],
	['EBU Tech 3341 case 3: quiet beginnings and endings are gated', parts([-36, 10], [-23, 60], [-36, 10]), -23],
	[
		'EBU Tech 3341 case 4: what is under -70 LUFS does not move the gate',
		parts([-72, 10], [-36, 10], [-23, 60], [-36, 10], [-72, 10]),
		-23,
	],
	['EBU Tech 3341 case 5: what is above the gate counts in full', parts([-26, 20], [-20, 20.1], [-26, 20]), -23],
	['one channel counts as one loudspeaker', mono(tone(10, 997, 1)), -3.01],
] as const)
	Loudness(name, () => near(integratedLoudness(pcm), lufs, 0.1));

for (const rate of [44_100, 32_000, 16_000, 96_000])
	Loudness(`a tone is as loud at ${rate} Hz as at 48000 Hz`, () =>
		near(integratedLoudness(stereo(tone(5, 997, 0.1, rate), undefined, rate)), -20, 0.1),
	);

const dull = (seconds: number): Float32Array => {
	const sound = noise(seconds, 0.4);
	lowPass(sound, () => 3000, RATE);
	return sound;
};
// ffmpeg's filter does not count the last blocks of a sound: silence behind it, which the gate leaves out, brings them in.
const padded = (pcm: Pcm): Pcm => ({ ...pcm, channels: pcm.channels.map((channel) => joined(channel, silent(4))) });
const music = renderScore(arrange({ mood: 'uplifting', seconds: 20, seed: 3 }), { sampleRate: RATE }).mix;
for (const [name, pcm] of [
	['noise', stereo(dull(10), dull(10))],
	['a tone', stereo(tone(10, 440, 0.3))],
	['a low tone', stereo(tone(10, 60, 0.5), tone(10, 80, 0.3))],
	['music', music],
	['one channel', mono(tone(10, 1000, 0.2))],
] as const) {
	Loudness(`${name} measures within 0.1 LU and 0.1 dB of what ffmpeg measures`, () => {
		const theirs = ffmpegLoudness(padded(pcm));
		if (theirs === null) return;
		near(integratedLoudness(padded(pcm)), theirs.integrated, 0.1);
		near(truePeak(padded(pcm)), theirs.truePeak, 0.1);
	});
}

Loudness('the true peak is found between the samples', () => {
	const between = Float32Array.from(
		{ length: RATE },
		(_, index) => Math.sin((Math.PI / 2) * index + Math.PI / 4) * Math.min(1, index / 2000, (RATE - index) / 2000),
	);
	near(truePeak(mono(between)), 0, 0.15);
	assert.ok(between.every((value) => Math.abs(value) < 0.708));
});

Loudness('the loudest moment and the loudest 3 s are told apart', () => {
	const { momentaryMax, shortTermMax } = measureLoudness(parts([-30, 5], [-20, 1], [-30, 5]));
	near(momentaryMax, -20, 0.1);
	near(shortTermMax, 10 * Math.log10((10 ** -2 + 2 * 10 ** -3) / 3), 0.1);
});

for (const [name, pcm] of [
	['silence', stereo(silent(2))],
	['nothing', stereo(new Float32Array(0))],
	['no channel', { sampleRate: RATE, channels: [] }],
] as const)
	Loudness(`${name} has no loudness`, () =>
		assert.equal(measureLoudness(pcm), {
			integrated: Number.NEGATIVE_INFINITY,
			momentaryMax: Number.NEGATIVE_INFINITY,
			shortTermMax: Number.NEGATIVE_INFINITY,
			truePeak: Number.NEGATIVE_INFINITY,
		}),
	);

Loudness.run();
