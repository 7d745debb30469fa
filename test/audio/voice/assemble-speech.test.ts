import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { assembleSpeech, SPEECH_RATE } from '../../../src/audio/voice/assemble-speech.ts';
import { resample } from '../../../src/audio/voice/resample.ts';
import { PLAIN_PROSODY, type ScriptPart, type SpokenSentence } from '../../../src/model/sound.ts';
import { loudStretches, rmsOf } from '../../support/loudness.ts';

const Speech = suite('audio/voice/assemble-speech');

const sine = (hz: number, seconds: number, rate: number, level = 0.5): Float32Array =>
	Float32Array.from({ length: Math.round(seconds * rate) }, (_, index) => level * Math.sin((2 * Math.PI * hz * index) / rate));

/** A tone of a length with 0.05 s of silence around it, as one word. */
const tone = (seconds: number, level = 0.5): SpokenSentence => {
	const samples = new Float32Array(Math.round((seconds + 0.1) * 16_000));
	samples.set(sine(400, seconds, 16_000, level), 800);
	return { pcm: { sampleRate: 16_000, channels: [samples] }, words: [{ text: 'la', start: 0.05, end: 0.05 + seconds }] };
};
const sentence = (changes: { joins?: boolean; gain?: number } = {}): ScriptPart => ({
	kind: 'sentence',
	text: 'la',
	words: [{ text: 'la', spoken: 'la' }],
	prosody: { ...PLAIN_PROSODY, gain: changes.gain ?? 0 },
	joins: changes.joins ?? false,
});
const pause = (seconds: number): ScriptPart => ({ kind: 'pause', seconds });

/** Silence between two moments, as the loudest sample. */
const loudest = (samples: Float32Array | undefined, from: number, to: number): number =>
	(samples ?? new Float32Array())
		.subarray(Math.round(from * SPEECH_RATE), Math.round(to * SPEECH_RATE))
		.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

for (const [title, parts, starts, seconds] of [
	['the first sound begins after a hundredth of a second', [sentence()], [0.01], 0.56],
	['sentences are a quarter of a second apart', [sentence(), sentence()], [0.01, 0.76], 1.31],
	['a pause is the silence between two sounds', [sentence(), pause(1), sentence()], [0.01, 1.51], 2.06],
	[
		'two pauses add up, and a short one is shorter than none',
		[sentence(), pause(0.5), pause(0.25), sentence(), pause(0.1), sentence()],
		[0.01, 1.26, 1.86],
		2.41,
	],
	['a pause may come first and last', [pause(2), sentence(), pause(1)], [2], 3.5],
	['the rest of a sentence follows at once', [sentence(), sentence({ joins: true })], [0.01, 0.54], 1.09],
	['pauses alone are silence', [pause(1), pause(0.5)], [], 1.5],
] as const) {
	Speech(title, () => {
		const speech = assembleSpeech(
			parts,
			starts.map(() => tone(0.5)),
		);
		assert.equal(
			speech.words.map(({ start }) => Math.round(start * 1e4) / 1e4),
			[...starts],
		);
		assert.is(Math.round(speech.seconds * 1e4) / 1e4, seconds);
		assert.is(speech.pcm.channels[0]?.length, Math.round(seconds * SPEECH_RATE));
		const samples = speech.pcm.channels[0];
		for (const { start, end } of speech.words) {
			assert.ok(loudest(samples, start - 0.009, start - 0.002) < 0.01, `silent before ${start}`);
			assert.ok(loudest(samples, start, start + 0.01) > 0.1, `sounds at ${start}`);
			assert.ok(loudest(samples, end + 0.002, end + 0.025) < 0.01, `silent after ${end}`);
		}
	});
}

Speech('words are heard at their times', () => {
	const speech = assembleSpeech([sentence(), pause(0.7), sentence()], [tone(0.5), tone(0.3)]);
	const loud = loudStretches(speech.pcm);
	for (const { start, end } of speech.words) {
		const heard = loud.filter((at) => at > start - 0.05 && at < end + 0.05);
		assert.ok(Math.abs((heard[0] ?? 0) - start) < 0.01 && Math.abs((heard.at(-1) ?? 0) - end) < 0.01);
	}
});

Speech('a sound that is cut in the middle of a wave fades, and nothing jumps', () => {
	const samples = sine(400, 0.5, 16_000).map((sample) => sample + 0.3);
	const speech = assembleSpeech(
		[sentence(), sentence()],
		[0, 1].map(() => ({ pcm: { sampleRate: 16_000, channels: [samples] }, words: [{ text: 'la', start: 0, end: 0.5 }] })),
	);
	const mixed = speech.pcm.channels[0] ?? new Float32Array();
	assert.ok(Math.max(...mixed.map((sample, index) => Math.abs(sample - (mixed[index - 1] ?? 0)))) < 0.8);
	assert.is(mixed[0], 0);
	assert.ok(Math.abs(mixed.at(-1) ?? 1) < 1e-6);
});

Speech('decibels change the level, and never beyond full scale', () => {
	const level = (gain: number, peak: number): number =>
		loudest(assembleSpeech([sentence({ gain })], [tone(0.5, peak)]).pcm.channels[0], 0, 1);
	assert.ok(Math.abs(level(-6, 0.5) / level(0, 0.5) - 0.501) < 0.005);
	assert.ok(Math.abs(level(6, 0.25) - 0.5) < 0.02);
	assert.ok(level(12, 0.9) <= 0.985 && level(12, 0.9) > 0.95);
});

Speech('two channels become one', () => {
	const { pcm, words } = tone(0.5);
	const [left = new Float32Array()] = pcm.channels;
	const both = assembleSpeech([sentence()], [{ pcm: { sampleRate: 16_000, channels: [left, new Float32Array(left.length)] }, words }]);
	assert.is(both.pcm.channels.length, 1);
	assert.ok(Math.abs(loudest(both.pcm.channels[0], 0, 1) - 0.25) < 0.01);
});

Speech('a sound too many or too few is a bug and thrown', () => {
	assert.throws(
		() => assembleSpeech([sentence()], []),
		(error: Error) => error instanceof RangeError,
	);
	assert.throws(
		() => assembleSpeech([pause(1)], [tone(1)]),
		(error: Error) => error instanceof RangeError,
	);
});

for (const [from, to] of [
	[16_000, 48_000],
	[17_600, 48_000],
	[22_050, 48_000],
	[44_100, 48_000],
	[48_000, 16_000],
] as const) {
	Speech(`a tone at ${from} Hz is the same tone at ${to} Hz, neither late nor early nor louder`, () => {
		const made = resample(sine(1000, 0.5, from), from, to);
		const wanted = sine(1000, 0.5, to);
		assert.is(made.length, wanted.length);
		const inner = made.subarray(2000, made.length - 2000).map((sample, index) => sample - (wanted[index + 2000] ?? 0));
		assert.ok(rmsOf(inner) < 0.0005, `${rmsOf(inner)}`);
	});
}

Speech('what a lower rate cannot hold is gone and does not fold back', () => {
	assert.ok(rmsOf(resample(sine(10_000, 0.5, 48_000), 48_000, 16_000).subarray(200, 7800)) < 0.001);
	assert.ok(rmsOf(resample(sine(6_000, 0.5, 48_000), 48_000, 16_000).subarray(200, 7800)) > 0.35);
});

Speech.run();
