import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Cue, mix } from '../../../src/audio/mix/mix.ts';
import { resample } from '../../../src/audio/mix/resample.ts';
import { largestStep, levelDb, mono, noise, peak, RATE, stereo, tone } from '../../support/sounds.ts';

const cue = (part: Partial<Cue> & Pick<Cue, 'pcm'>): Cue => ({ at: 0, gain: 0, role: 'music', fadeIn: 0, fadeOut: 0, ...part });
const plan = (seconds: number, ...cues: readonly Cue[]) => ({ seconds, sampleRate: RATE, cues });
const left = (seconds: number, ...cues: readonly Cue[]): Float32Array => mix(plan(seconds, ...cues)).channels[0]!;
const near = (found: number, wanted: number, within: number): void =>
	assert.ok(Math.abs(found - wanted) <= within, `${found} is not within ${within} of ${wanted}`);
const flat = (seconds: number, value = 0.5): Float32Array => new Float32Array(seconds * RATE).fill(value);
const bed = cue({ pcm: stereo(flat(10)) });
/** Speech that is not heard itself, so that only its effect on the bed is. */
const speech = (at: number, seconds: number, words?: Cue['speech']): Cue =>
	cue({ pcm: mono(new Float32Array(seconds * RATE)), at, role: 'voice', ...(words === undefined ? {} : { speech: words }) });
const gainAt = (sound: Float32Array, second: number): number => 20 * Math.log10(sound[Math.round(second * RATE)]! / 0.5);

const Mix = suite('audio/mix/mix');

for (const [seconds, samples] of [
	[1, 48_000],
	[0.0333, 1598],
	[15, 720_000],
] as const) {
	Mix(`a mix of ${seconds} s has ${samples} samples on two sides, cues or not`, () => {
		const sides = mix(plan(seconds)).channels;
		assert.equal(
			sides.map((side) => side.length),
			[samples, samples],
		);
		assert.equal(
			mix(plan(seconds, bed)).channels.map((side) => side.length),
			[samples, samples],
		);
	});
}

Mix(
	'music is 10 dB down when the first word starts, was let down in the quarter second before, and is back half a second after the last',
	() => {
		const sound = left(10, bed, speech(3, 2));
		for (const [second, gain] of [
			[2.74, 0],
			[3, -10],
			[4.99, -10],
			[5.51, 0],
		] as const)
			near(gainAt(sound, second), gain, 0.05);
		assert.ok(gainAt(sound, 2.87) < -3 && gainAt(sound, 2.87) > -7);
		assert.ok(gainAt(sound, 5.25) < -3 && gainAt(sound, 5.25) > -7);
	},
);

Mix('music stays down in a pause under 0.8 s and comes back in a longer one', () => {
	const words = [
		{ from: 0, to: 1 },
		{ from: 1.7, to: 2 },
		{ from: 4, to: 5 },
	];
	const sound = left(10, bed, speech(2, 5, words));
	near(gainAt(sound, 3.35), -10, 0.05);
	near(gainAt(sound, 5), 0, 0.05);
	near(gainAt(sound, 6.5), -10, 0.05);
});

Mix('the sound of clips goes down less, effects and voices not at all', () => {
	const during = (role: Cue['role']): number => gainAt(left(10, cue({ pcm: stereo(flat(10)), role }), speech(3, 2)), 4);
	near(during('clip'), -4, 0.05);
	near(during('effect'), 0, 0.01);
	near(during('voice'), 0, 0.01);
});

Mix('the depth of ducking can be chosen', () => {
	const sound = mix({ ...plan(10, bed, speech(3, 2)), ducking: { music: -16 } }).channels[0]!;
	near(gainAt(sound, 4), -16, 0.05);
});

Mix('no cue clicks at its edges, whatever is cut off', () => {
	const loud = stereo(flat(1, 0.9));
	for (const one of [
		cue({ pcm: loud, at: 0.5 }),
		cue({ pcm: loud, at: -0.5 }),
		cue({ pcm: loud, at: 1.7 }),
		cue({ pcm: loud, at: 0.2, seconds: 0.3 }),
		cue({ pcm: loud, loop: true }),
		cue({ pcm: loud, at: 0.1, seconds: 0.004 }),
	])
		assert.ok(largestStep(left(2, one)) < 0.02 * (one.seconds === 0.004 ? 3 : 1));
});

Mix('a cue starts on the sample of its time', () => {
	const sound = left(2, cue({ pcm: stereo(flat(0.5)), at: 1 }));
	assert.is(
		sound.findIndex((value) => value !== 0),
		RATE + 1,
	);
});

Mix('one channel is placed at equal power', () => {
	for (const pan of [-1, -0.5, 0, 0.3, 1]) {
		const [one, other] = mix(plan(1, cue({ pcm: mono(flat(1)), pan }))).channels;
		near(one![RATE / 2]! ** 2 + other![RATE / 2]! ** 2, 0.25, 1e-6);
	}
	const [one, other] = mix(plan(1, cue({ pcm: mono(flat(1)), pan: -1 }))).channels;
	assert.ok(Math.abs(one![RATE / 2]! - 0.5) < 1e-6 && Math.abs(other![RATE / 2]!) < 1e-6);
});

Mix('two channels keep their sides and their level', () => {
	const [one, other] = mix(plan(1, cue({ pcm: stereo(flat(1, 0.3), flat(1, 0.1)) }))).channels;
	near(one![RATE / 2]!, 0.3, 1e-6);
	near(other![RATE / 2]!, 0.1, 1e-6);
});

Mix('the centre of six channels is heard on both sides', () => {
	const none = new Float32Array(RATE);
	const [one, other] = mix(plan(1, cue({ pcm: { sampleRate: RATE, channels: [none, none, flat(1), none, none, none] } }))).channels;
	near(one![RATE / 2]!, 0.5 * Math.SQRT1_2, 1e-6);
	near(other![RATE / 2]!, 0.5 * Math.SQRT1_2, 1e-6);
});

Mix('a loop fills the mix without a hole', () => {
	const sound = left(3, cue({ pcm: stereo(noise(0.4, 0.5)), loop: true }));
	const whole = levelDb(sound, 0.1, 2.9);
	for (let at = 0.1; at < 2.8; at += 0.05) near(levelDb(sound, at, at + 0.05), whole, 1.5);
});

Mix('a cue of another rate keeps its pitch and length', () => {
	const sound = left(2, cue({ pcm: mono(tone(1, 1000, 0.5, 16_000), 16_000) }));
	near(levelDb(sound, 0.1, 0.9), levelDb(tone(1, 1000, 0.5 * Math.SQRT1_2)), 0.05);
	const crossings = sound.subarray(0, RATE).reduce((sum, value, index, all) => sum + Number(value >= 0 && (all[index - 1] ?? 0) < 0), 0);
	near(crossings, 1000, 1);
	assert.is(peak(sound.subarray(RATE + 10)), 0);
});

Mix('resampling down leaves nothing above half the new rate, and up adds no mirror', () => {
	assert.ok(levelDb(resample(mono(tone(1, 20_000, 0.5)), 16_000).channels[0]!, 0.05, 0.25) < -70);
	const up = resample(mono(tone(1, 1000, 0.5, 16_000), 16_000), RATE).channels[0]!;
	const ideal = tone(1, 1000, 0.5);
	assert.ok(
		levelDb(
			up.map((value, index) => value - ideal[index]!),
			0.1,
			0.9,
		) < -65,
	);
});

Mix('the same plan gives the same samples', () => {
	const one = plan(3, bed, speech(1, 1), cue({ pcm: mono(noise(1, 0.3), 44_100), at: 0.3, role: 'effect' }));
	assert.equal(mix(one), mix(one));
});

for (const seconds of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
	Mix(`a mix of ${seconds} seconds is refused`, () =>
		assert.throws(
			() => mix(plan(seconds)),
			(error: unknown) => error instanceof RangeError,
		),
	);

Mix.run();
