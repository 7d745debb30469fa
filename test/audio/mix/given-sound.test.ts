import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withoutCancelling, withoutSubsonics } from '../../../src/audio/mix/given-sound.ts';
import { joined, levelDb, mono, noise, peak, RATE, stereo, tone } from '../../support/sounds.ts';

const GivenSound = suite('audio/mix/given-sound');

const plus = (sound: Float32Array, other: Float32Array | number): Float32Array =>
	sound.map((value, index) => value + (typeof other === 'number' ? other : other[index]!));
const times = (sound: Float32Array, factor: number): Float32Array => sound.map((value) => value * factor);
const filtered = (channel: Float32Array, sampleRate = RATE): Float32Array => withoutSubsonics(mono(channel, sampleRate)).channels[0]!;

GivenSound('an offset is gone from the first sample on, and nothing is left where there was nothing else', () => {
	for (const offset of [0.2, -0.5, 1]) assert.ok(peak(filtered(new Float32Array(RATE).fill(offset))) < 1e-4, String(offset));
	const beat = tone(1, 440, 0.4);
	const difference = plus(filtered(plus(beat, 0.2)), times(filtered(beat), -1));
	assert.ok(peak(difference) < 1e-3, String(peak(difference)));
	assert.equal(filtered(new Float32Array(100)), new Float32Array(100));
	assert.equal(filtered(new Float32Array(0)), new Float32Array(0));
});

GivenSound('what is heard keeps its level, and rumble goes, at any sample rate', () => {
	for (const rate of [16_000, 44_100, 48_000, 96_000]) {
		const change = (hz: number): number => {
			const sound = tone(3, hz, 0.5, rate);
			const [from, to] = [rate, sound.length];
			return levelDb(filtered(sound, rate).subarray(from, to)) - levelDb(sound.subarray(from, to));
		};
		for (const [hz, least, most] of [
			[5, -30, -20],
			[20, -3.3, -2.7],
			[40, -0.4, 0],
			[100, -0.05, 0.05],
			[6_000, -0.05, 0.05],
		] as const)
			assert.ok(change(hz) >= least && change(hz) <= most, `${hz} Hz at ${rate}: ${change(hz).toFixed(2)} dB`);
	}
});

GivenSound('a sound that begins after silence begins where it did', () => {
	const sound = joined(new Float32Array(RATE / 2), noise(0.5, 0.5));
	assert.is(peak(filtered(sound).subarray(0, RATE / 2)), 0);
});

const beat = tone(1, 200, 0.5);
const rows: readonly (readonly [name: string, left: Float32Array, right: Float32Array, keeps: 'both' | 'left' | 'right'])[] = [
	['the same on both sides', beat, beat, 'both'],
	['opposite phase', beat, times(beat, -1), 'left'],
	['opposite phase, louder on the right', beat, times(beat, -1.2), 'right'],
	['opposite phase with a little of its own', beat, plus(times(beat, -0.9), noise(1, 0.05)), 'left'],
	['two sounds', beat, noise(1, 0.5), 'both'],
	['one silent side', beat, new Float32Array(RATE), 'both'],
	['silence', new Float32Array(10), new Float32Array(10), 'both'],
];
for (const [name, left, right, keeps] of rows)
	GivenSound(`of ${name}, ${keeps === 'both' ? 'both sides are' : `the ${keeps} side is`} kept`, () => {
		const { channels } = withoutCancelling(stereo(left, right));
		assert.equal(channels, keeps === 'both' ? [left, right] : [keeps === 'left' ? left : right]);
	});

GivenSound('sounds of one and of six channels are left as they are', () => {
	for (const count of [1, 6]) {
		const pcm = { sampleRate: RATE, channels: Array.from({ length: count }, (_, index) => times(beat, index % 2 === 0 ? 1 : -1)) };
		assert.is(withoutCancelling(pcm), pcm);
	}
});

GivenSound.run();
