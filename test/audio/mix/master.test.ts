import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { integratedLoudness } from '../../../src/audio/mix/loudness.ts';
import { master } from '../../../src/audio/mix/master.ts';
import { truePeak } from '../../../src/audio/mix/true-peak.ts';
import { arrange } from '../../../src/audio/music/arrange.ts';
import { renderScore } from '../../../src/audio/music/render-score.ts';
import { joined, largestStep, mono, noise, RATE, stereo, tone } from '../../support/sounds.ts';

const TARGET = { lufs: -14, truePeakDb: -1 };
const music = renderScore(arrange({ mood: 'energetic', seconds: 12, seed: 1 }), { sampleRate: RATE }).mix;
const bursts = joined(...Array.from({ length: 20 }, () => joined(noise(0.05, 0.9), tone(0.45, 300, 0.05))));

const Master = suite('audio/mix/master');

for (const [name, pcm] of [
	['music', music],
	['a quiet tone', stereo(tone(6, 440, 0.004))],
	['loud noise', stereo(noise(6, 1), noise(6, 0.9))],
	['one channel', mono(tone(6, 220, 0.1))],
	['bursts far above the rest', stereo(bursts)],
	['a sound that is far above full scale', stereo(tone(6, 100, 8))],
	['music at 44100 Hz', stereo(tone(6, 440, 0.02, 44_100), noise(6, 0.02, 44_100), 44_100)],
] as const) {
	Master(`${name} comes to -14 LUFS with no true peak above -1 dB`, () => {
		const result = master(pcm, TARGET);
		assert.ok(Math.abs(integratedLoudness(result) + 14) <= 0.3, `${integratedLoudness(result)} LUFS`);
		assert.ok(truePeak(result) <= -1, `${truePeak(result)} dBTP`);
		assert.is(result.channels.length, pcm.channels.length);
		assert.is(result.channels[0]!.length, pcm.channels[0]!.length);
	});
}

Master('another target is met as well', () => {
	const result = master(music, { lufs: -23, truePeakDb: -3 });
	assert.ok(Math.abs(integratedLoudness(result) + 23) <= 0.1);
	assert.ok(truePeak(result) <= -3);
});

Master('both sides get the same gain, so that nothing moves on the stage', () => {
	const result = master(stereo(noise(4, 0.8), noise(4, 0.4)), TARGET);
	const [left, right] = [result.channels[0]!, result.channels[1]!];
	assert.ok(left.every((value, index) => Math.abs(value - 2 * right[index]!) < 1e-5));
});

Master('the limiter moves the gain without a step', () => {
	const low = joined(tone(1, 50, 0.1), tone(0.2, 50, 0.9), tone(2, 50, 0.1));
	const result = master(stereo(low), { lufs: -14, truePeakDb: -6 });
	const bend = (2 * Math.PI * 50) / RATE;
	assert.ok(largestStep(result.channels[0]!) < bend * 2, `${largestStep(result.channels[0]!)}`);
});

Master('silence stays silence, and nothing stays nothing', () => {
	assert.ok(master(stereo(new Float32Array(RATE)), TARGET).channels.every((channel) => channel.every((value) => value === 0)));
	assert.equal(master({ sampleRate: RATE, channels: [] }, TARGET).channels, []);
});

Master('what is too short to have a loudness is only kept under the ceiling', () => {
	assert.ok(truePeak(master(mono(tone(0.1, 500, 4)), TARGET)) <= -1);
	const quiet = tone(0.1, 500, 0.1);
	assert.ok(master(mono(quiet), TARGET).channels[0]!.every((value, index) => value === quiet[index]));
});

Master('noise near the floor is not blown up beyond 40 dB', () => {
	const result = master(stereo(tone(3, 1000, 10 ** (-68 / 20))), TARGET);
	assert.ok(Math.abs(integratedLoudness(result) + 28) < 0.2);
});

Master.run();
