import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { estimateSpans } from '../../../src/providers/voice/estimate-words.ts';
import { matchWords } from '../../../src/providers/voice/match-words.ts';
import { trimSpeech } from '../../../src/providers/voice/trim-speech.ts';
import { decodeWave, encodeWave } from '../../../src/providers/voice/wave.ts';
import { sayTones, TONE_RATE } from '../../support/vendors/tone-voice.ts';

const WordTimes = suite('providers/voice/word-times');

const wordsOf = (text: string) => text.split(' ').map((word) => ({ text: word, spoken: word.replace(/[^\p{L}\p{N}&]/gu, '') }));
const piece = (text: string, start: number, end: number) => ({ text, start, end });

for (const [title, text, pieces, expected] of [
	['words as they are written', 'Meet Acme.', [piece('Meet', 0, 1), piece('Acme.', 1, 2)], [0, 1, 1, 2]],
	['words without their punctuation, in small letters', 'Meet Acme.', [piece('meet', 0, 1), piece('acme', 1, 2)], [0, 1, 1, 2]],
	['words that are divided', '$42,500 saved', [piece('$42', 0, 1), piece(',500', 1, 2.5), piece('saved', 3, 4)], [0, 2.5, 3, 4]],
	['two words in one piece', 'Meet Acme', [piece('Meet Acme', 0, 2)], [0, 1, 1, 2]],
	['a sign that is said', 'salt & pepper', [piece('salt', 0, 1), piece('pepper', 1.5, 2)], [0, 1, 1, 1.5, 1.5, 2]],
	['a dash that is not said', 'yes — no', [piece('yes', 0, 1), piece('—', 1, 2), piece('no', 2, 3)], [0, 1, 2, 3]],
	['other words', 'Meet Acme', [piece('Meet', 0, 1), piece('Bob', 1, 2)], null],
	['more words', 'Meet', [piece('Meet', 0, 1), piece('Bob', 1, 2)], null],
	['no words', 'Meet', [], null],
] as const) {
	WordTimes(`${title}: the words of "${text}" ${expected === null ? 'are not found' : 'have their times'}`, () => {
		const spans = matchWords(wordsOf(text), pieces);
		assert.equal(spans?.flatMap(({ start, end }) => [start, end]) ?? null, expected === null ? null : [...expected]);
	});
}

WordTimes('words of equal length that nobody timed are found in the sound, pauses behind their commas', () => {
	const text = 'Now, meet Bob, our new cat.';
	const tones = sayTones(text);
	const spans = estimateSpans({ sampleRate: TONE_RATE, channels: [tones.samples] }, wordsOf(text));
	for (const [index, { start, end }] of spans.entries()) {
		const word = tones.words[index]!;
		assert.ok(
			Math.abs(start - word.start) < 0.1 && Math.abs(end - word.end) < 0.1,
			`${word.text}: ${start} to ${end}, not ${word.start} to ${word.end}`,
		);
	}
	assert.ok(Math.abs(spans[1]!.start - tones.words[1]!.start) < 0.01, 'behind a pause it is exact');
});

WordTimes('a sound with less silence than it should have gets some, and silence is no sound', () => {
	const samples = new Float32Array(2400).fill(0.5);
	const spoken = trimSpeech({ sampleRate: 24_000, channels: [samples] }, wordsOf('Hi'), [{ start: 0.02, end: 0.04 }]);
	assert.is(spoken?.pcm.channels[0]?.length, 2400 + 2 * 1200);
	assert.equal(spoken?.words, [{ text: 'Hi', start: 0.05, end: 0.15 }]);
	assert.is(trimSpeech({ sampleRate: 24_000, channels: [new Float32Array(100)] }, wordsOf('Hi'), []), null);
	assert.is(trimSpeech({ sampleRate: 24_000, channels: [] }, wordsOf('Hi'), []), null);
});

WordTimes('times of a service that run backwards or beyond the sound are kept in order and inside', () => {
	const samples = new Float32Array(24_000).fill(0.5);
	const spans = [piece('', 0.9, 0.2), piece('', 0.1, 7), piece('', 3, 2)];
	const words = trimSpeech({ sampleRate: 24_000, channels: [samples] }, wordsOf('a b c'), spans)?.words ?? [];
	assert.is(words.length, 3);
	for (const [index, { start, end }] of words.entries())
		assert.ok(start >= (words[index - 1]?.end ?? 0.05) && end >= start && end <= 1.05 + 1e-9);
});

WordTimes('a WAV file is read as it was written; what is no WAV file is not read', () => {
	const channel = Float32Array.from({ length: 500 }, (_, index) => Math.round(20_000 * Math.sin(index / 9)) / 32_768);
	const bytes = encodeWave({ sampleRate: 16_000, channels: [channel, channel] });
	assert.equal(decodeWave(bytes), { sampleRate: 16_000, channels: [channel, channel] });
	assert.equal([...encodeWave({ sampleRate: 8000, channels: [Float32Array.of(2, -2)] }).subarray(44)], [255, 127, 0, 128]);
	for (const wrong of [new Uint8Array(), bytes.slice(0, 30), Buffer.from('<html>'), bytes.slice(0, 12)]) assert.is(decodeWave(wrong), null);
	for (let length = 0; length < 60; length++) decodeWave(bytes.slice(0, length));
});

WordTimes.run();
