import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { peakEnvelope, truePeak } from '../../../src/audio/mix/true-peak.ts';
import { joined, mono, noise, RATE, stereo, tone } from '../../support/sounds.ts';

const Peaks = suite('audio/mix/true-peak');

const TAPS = 24;

/** Three points behind each sample by the sum as it is written down, over the whole sound. */
const everyPoint = (channel: Float32Array): readonly number[] => {
	const kernels = [0.25, 0.5, 0.75].map((fraction) => {
		const taps = Array.from({ length: TAPS }, (_, tap) => {
			const distance = tap - 11 - fraction;
			return (Math.sin(Math.PI * distance) / (Math.PI * distance)) * (0.5 + 0.5 * Math.cos((Math.PI * distance) / 12));
		});
		const sum = taps.reduce((total, value) => total + value, 0);
		return taps.map((value) => value / sum);
	});
	return Array.from(channel, (value, index) =>
		kernels.reduce(
			(most, kernel) => Math.max(most, Math.abs(kernel.reduce((sum, tap, place) => sum + tap * (channel[index + place - 11] ?? 0), 0))),
			Math.abs(value),
		),
	);
};

const inDb = (value: number): number => 20 * Math.log10(value);

/** A loud burst of so many samples at a place of something quiet, both from one noise. */
const burst = (at: number, length: number, quiet: number): Float32Array =>
	noise(0.1, 1).map((value, index) => value * (index >= at && index < at + length ? 0.9 : quiet));

const sounds: readonly (readonly [string, Float32Array])[] = [
	['noise', noise(0.1, 0.8)],
	['a tone between the samples', tone(0.1, RATE / 4.01, 0.7)],
	['the highest tone', tone(0.1, RATE * 0.49, 0.7)],
	['an impulse', Float32Array.from({ length: 3_000 }, (_, index) => (index === 1_500 ? 1 : 0))],
	['steps that ring', Float32Array.from({ length: 3_000 }, (_, index) => (index % 37 < 18 ? 0.5 : -0.5))],
	['a peak on the last sample', joined(noise(0.02, 0.1), Float32Array.from([0.2, -0.9]))],
	['a peak on the first sample', joined(Float32Array.from([0.9]), noise(0.02, 0.1))],
	['one sample', Float32Array.from([0.5])],
	...[0, 1, 15, 16, 17, 1_000, 4_790].map((at) => [`a burst at sample ${at}`, burst(at, 9, 0.3)] as const),
	...[0.9, 0.5, 0.35].map((quiet) => [`a burst over noise at ${quiet}`, burst(2_000, 40, quiet)] as const),
];

for (const [name, sound] of sounds) {
	Peaks(`${name}: leaving quiet stretches out changes no peak`, () => {
		const points = everyPoint(sound);
		const expected = inDb(Math.max(...points));
		assert.ok(Math.abs(truePeak(mono(sound)) - expected) < 0.0001, `${truePeak(mono(sound))} and ${expected} dB`);
		assert.ok(
			Math.abs(
				truePeak(
					stereo(
						sound.map((value) => value / 3),
						sound,
					),
				) - expected,
			) < 0.0001,
		);
		assert.ok(peakEnvelope(sound).every((value, index) => Math.abs(value - points[index]!) < 1e-5));
	});

	Peaks(`${name}: with a floor, all that is above it is as without`, () => {
		const whole = peakEnvelope(sound);
		for (const floor of [0.2, 0.5, 0.85]) {
			const part = peakEnvelope(sound, floor);
			assert.ok(
				whole.every((value, index) => (value > floor ? part[index] === value : part[index]! <= floor)),
				`floor ${floor}`,
			);
		}
	});
}

Peaks('silence has no peak', () => {
	assert.is(truePeak(stereo(new Float32Array(1_000))), Number.NEGATIVE_INFINITY);
	assert.is(truePeak({ sampleRate: RATE, channels: [] }), Number.NEGATIVE_INFINITY);
});

Peaks.run();
