import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sentenceKey, voiceWith } from '../../../src/model/sentence-key.ts';
import { PLAIN_PROSODY } from '../../../src/model/sound.ts';
import { type AskedVoice, standIn, voiceFor } from '../../../src/providers/voice/voice-for.ts';

const VoiceFor = suite('providers/voice/voice-for');

const KEYS = { ELEVENLABS_API_KEY: 'a', WELLSAID_API_KEY: 'b', MURF_API_KEY: 'c' };
const find = (asset: AskedVoice, environment: Record<string, string> = KEYS) => voiceFor(asset, environment, (provider) => `${provider}-1`);

for (const [asset, provider, voice] of [
	[{ voice: 'professional-male-1' }, 'local', 'rms'],
	[{ voice: 'rms', provider: 'local' }, 'local', 'rms'],
	[{ voice: 'professional-male-1', provider: 'murf' }, 'murf', 'en-US-ken'],
	[{ voice: 'professional-male-1', provider: 'murf', pin: 'en-UK-theo' }, 'murf', 'en-UK-theo'],
	[{ voice: '26', provider: 'wellsaid' }, 'wellsaid', '26'],
	[{ voice: 'onwK4e9ZLuTAKqWW03F9', provider: 'elevenlabs' }, 'elevenlabs', 'onwK4e9ZLuTAKqWW03F9'],
	[{ voice: 'de', provider: 'espeak' }, 'espeak', 'de'],
] as const) {
	VoiceFor(`${JSON.stringify(asset)} is ${provider} ${voice}`, () =>
		assert.equal(find(asset), { ok: true, voice: { provider, voice, rate: 1, pitch: 1, version: `${provider}-1` } }),
	);
}

for (const provider of ['elevenlabs', 'wellsaid', 'murf'] as const) {
	VoiceFor(`${provider} without its key is a problem of kind key, and a voice of this machine can stand in`, () => {
		const found = find({ voice: 'professional-male-1', provider }, {});
		assert.equal([!found.ok && found.problem.code, !found.ok && found.problem.kind], ['RF4223', 'key']);
		assert.match(JSON.stringify(found), `${provider.toUpperCase()}_API_KEY`);
		const other = find(standIn({ voice: 'professional-male-1', provider, rate: 1.1 }), {});
		assert.equal(other.ok && [other.voice.provider, other.voice.voice, other.voice.rate], ['local', 'rms', 1.1]);
		assert.ok(find(standIn({ voice: 'whoever', pin: 'whoever', provider }), {}).ok);
	});
	VoiceFor(`${provider} has no robot`, () => {
		const found = find({ voice: 'robot', provider });
		assert.is(!found.ok && found.problem.code, 'RF4220');
	});
}

VoiceFor('the second name of a variable will do, and a key that is none is a problem that does not show it', () => {
	assert.ok(find({ voice: 'default', provider: 'elevenlabs' }, { ELEVENLABS_KEY: 'a' }).ok);
	const found = find({ voice: 'default', provider: 'murf' }, { MURF_API_KEY: 'top\nsecret' });
	assert.ok(!found.ok && !JSON.stringify(found).includes('secret'));
});

VoiceFor('a sentence has another key with every part of its voice, and with every word', () => {
	const voice = { provider: 'murf', voice: 'en-US-ken', rate: 1, pitch: 1, version: '1' };
	const sentence = {
		text: 'Hi Ada.',
		words: [
			{ text: 'Hi', spoken: 'hi' },
			{ text: 'Ada.', spoken: 'ada' },
		],
	};
	const others = [
		...Object.entries({ provider: 'x', voice: 'x', rate: 2, pitch: 2, version: '2' }).map(([name, value]) =>
			sentenceKey({ ...voice, [name]: value }, sentence),
		),
		sentenceKey(voice, { ...sentence, text: 'Hi Bob.' }),
		sentenceKey(voice, {
			...sentence,
			words: [
				{ text: 'Hi', spoken: 'high' },
				{ text: 'Ada.', spoken: 'ada' },
			],
		}),
		sentenceKey(voice, sentence),
	];
	assert.is(new Set(others).size, others.length);
	assert.is(sentenceKey(voiceWith(voice, PLAIN_PROSODY), { ...sentence, ...{ joins: true } }), sentenceKey(voice, sentence));
	assert.equal(voiceWith(voice, { rate: 1.5, pitch: 0.9, gain: 3 }), { ...voice, rate: 1.5, pitch: 0.9 });
	assert.is(voiceWith({ ...voice, rate: 2 }, { rate: 2, pitch: 1, gain: 0 }).rate, 2);
});

VoiceFor.run();
