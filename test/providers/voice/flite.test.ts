import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sha256Hex } from '../../../src/model/keys.ts';
import type { SpokenSentence } from '../../../src/model/sound.ts';
import type { VoiceProvider, VoiceRequest } from '../../../src/ports/voice.ts';
import { FLITE_VOICES, fliteVoice, openFlite } from '../../../src/providers/voice/flite.ts';
import { describeVoiceProvider } from '../../contracts/voice-provider.ts';
import { makeDirectory } from '../../support/directory.ts';
import { loudStretches, medianPitch } from '../../support/loudness.ts';
import { buildFliteWorker } from './build-flite-worker.ts';

const Flite = suite('providers/voice/flite');

const withFlite = (
	test: (provider: VoiceProvider) => Promise<void>,
	options: { moduleFile?: string; timeoutMs?: number } = {},
): Promise<void> =>
	makeDirectory(async (directory) => {
		const provider = openFlite({ workerFile: await buildFliteWorker(directory), ...options });
		try {
			await test(provider);
		} finally {
			await provider.close();
		}
	});

const request = (text: string, changes: Partial<VoiceRequest> = {}): VoiceRequest => ({
	text,
	words: text.split(' ').map((word) => ({ text: word, spoken: word.replace(/[^A-Za-z' ]/g, '') })),
	voice: 'default',
	rate: 1,
	pitch: 1,
	...changes,
});

const say = async (provider: VoiceProvider, text: string, changes: Partial<VoiceRequest> = {}): Promise<SpokenSentence> => {
	const result = await provider.synthesize(request(text, changes));
	assert.ok(result.ok, JSON.stringify(result));
	return result.spoken;
};
const secondsOf = ({ pcm }: SpokenSentence): number => (pcm.channels[0]?.length ?? 0) / pcm.sampleRate;
const bytesOf = ({ pcm, words }: SpokenSentence): string =>
	sha256Hex(`${Buffer.from(pcm.channels[0]?.buffer ?? new ArrayBuffer(0)).toString('hex')} ${JSON.stringify(words)}`);

Flite('friendly names have the voices that come closest', () => {
	assert.equal(['professional-female-1', 'professional-male-1', 'professional-male-2', 'robot', 'default', 'rachel'].map(fliteVoice), [
		'slt',
		'rms',
		'awb',
		'kal16',
		'slt',
		undefined,
	]);
});

Flite('the same sentence is the same bytes, in another thread and after other sentences too', async () => {
	const first: string[] = [];
	await withFlite(async (provider) => void first.push(bytesOf(await say(provider, 'Hello there, Anna.'))));
	await withFlite(async (provider) => {
		await say(provider, 'Something else before.', { voice: 'rms' });
		assert.is(bytesOf(await say(provider, 'Hello there, Anna.')), first[0]);
	});
});

Flite('every voice begins a word when it says it begins, within 40 ms', () =>
	withFlite(async (provider) => {
		for (const voice of ['slt', 'rms', 'awb', 'kal16']) {
			for (const text of ['we', 'all', 'say', 'now', 'zoo', 'ever', 'hello', 'big', 'today']) {
				const spoken = await say(provider, text, { voice });
				const off = (loudStretches(spoken.pcm)[0] ?? 0) - (spoken.words[0]?.start ?? 0);
				assert.ok(Math.abs(off) < 0.04, `${voice} "${text}" is ${off} s off`);
			}
		}
	}),
);

Flite('a word behind a comma is heard at its time, within 40 ms, in each voice', () =>
	withFlite(async (provider) => {
		for (const voice of ['slt', 'rms', 'awb', 'kal16']) {
			const spoken = await say(provider, 'Every single morning, all of you, everyone, we win.', { voice });
			for (const word of ['all', 'everyone,', 'we']) {
				const start = spoken.words.find(({ text }) => text === word)?.start ?? 0;
				const heard = loudStretches(spoken.pcm, 0.05).find((at) => at > start - 0.05) ?? 0;
				assert.ok(Math.abs(heard - start) < 0.04, `${voice} "${word}" ${start} heard ${heard}`);
			}
		}
	}),
);

Flite('a rate changes the length alone, a pitch the pitch alone, also in a voice with a fixed pitch', () =>
	withFlite(async (provider) => {
		for (const voice of ['slt', 'rms', 'awb']) {
			const text = 'We are all in the morning now.';
			const [plain, fast, high] = [
				await say(provider, text, { voice }),
				await say(provider, text, { voice, rate: 1.5 }),
				await say(provider, text, { voice, pitch: 1.25 }),
			];
			assert.ok(Math.abs(secondsOf(plain) / secondsOf(fast) - 1.5) < 0.12, `${voice} ${secondsOf(plain)} ${secondsOf(fast)}`);
			assert.ok(Math.abs(secondsOf(plain) / secondsOf(high) - 1) < 0.05, `${voice} ${secondsOf(plain)} ${secondsOf(high)}`);
			const raised = medianPitch(high.pcm) / medianPitch(plain.pcm);
			assert.ok(Math.abs(raised - 1.25) < 0.1, `${voice} ${raised}`);
			assert.ok(Math.abs(medianPitch(fast.pcm) / medianPitch(plain.pcm) - 1) < 0.1, voice);
		}
	}),
);

Flite('what it cannot say is refused with the word that is meant', () =>
	withFlite(async (provider) => {
		const refusal = async (changes: Partial<VoiceRequest>): Promise<string> => {
			const result = await provider.synthesize(request('Hello', changes));
			return result.ok ? 'spoken' : `${result.problem.code} ${result.problem.summary}`;
		};
		assert.is(
			await refusal({
				words: [
					{ text: 'Meet', spoken: 'Meet' },
					{ text: '東京', spoken: '東京' },
				],
			}),
			'RF4221 the local voice cannot say "東京"',
		);
		assert.is(await refusal({ words: [{ text: '東京', spoken: '東京' }] }), 'RF4221 the local voice cannot say "東京"');
		assert.is(await refusal({ words: [{ text: '-', spoken: '' }] }), 'RF4221 a sentence has nothing to say');
		assert.is(await refusal({ text: 'x'.repeat(2001) }), 'RF4221 a sentence of 2001 characters is too long to say');
		assert.is(await refusal({ rate: 3 }), 'RF4221 the rate of a voice cannot be 3');
		assert.is(await refusal({ pitch: Number.NaN }), 'RF4221 the pitch of a voice cannot be NaN');
		assert.is(await refusal({ voice: 'robott' }), 'RF4220 the local voices have none called "robott"');
		assert.ok(FLITE_VOICES.includes('robot'));
	}),
);

/** A program that never ends. */
const ENDLESS = '0061736d010000000104016000000302010005030100010713020' + '66d656d6f72790200065f737461727400000a090107000340' + '0c000b0b';

Flite('a voice that hangs is cut off, and the next sentence gets a thread of its own', () =>
	makeDirectory(async (directory) => {
		const moduleFile = join(directory, 'endless.wasm');
		await writeFile(moduleFile, Buffer.from(ENDLESS, 'hex'));
		await withFlite(
			async (provider) => {
				for (const result of await Promise.all([provider.synthesize(request('Hello')), provider.synthesize(request('World'))])) {
					assert.is(result.ok ? '' : result.problem.summary, 'the local voice gave no sound: it said nothing for 0.5 s');
				}
			},
			{ moduleFile, timeoutMs: 500 },
		);
	}),
);

Flite('a program that is missing or broken is a problem and no crash', () =>
	makeDirectory(async (directory) => {
		const moduleFile = join(directory, 'broken.wasm');
		for (const content of [null, 'not a program']) {
			if (content !== null) await writeFile(moduleFile, content);
			await withFlite(
				async (provider) => {
					const result = await provider.synthesize(request('Hello'));
					assert.is(result.ok ? '' : result.problem.code, 'RF4222');
				},
				{ moduleFile },
			);
		}
	}),
);

Flite('nothing is printed: no warning leaves the thread', async () => {
	const warnings: string[] = [];
	const listen = (warning: Error): void => void warnings.push(warning.message);
	process.on('warning', listen);
	await withFlite(async (provider) => void (await say(provider, 'Hello')));
	process.off('warning', listen);
	assert.equal(warnings, []);
});

Flite('a sentence as long as allowed has a time for each of its words', () =>
	withFlite(async (provider) => {
		const text = `${'the people of every village sold what they had made '.repeat(38).trim()}.`;
		const { words } = await say(provider, text, { voice: 'kal16' });
		assert.is(words.length, text.split(' ').length);
		assert.ok(words.every(({ start, end }) => end > start));
	}),
);

Flite.run();

describeVoiceProvider('flite', {
	voice: 'professional-female-1',
	open: () =>
		makeDirectory(async (directory) => {
			const provider = openFlite({ workerFile: await buildFliteWorker(directory) });
			// The thread reads its file when it starts: it is started before the directory is gone.
			await provider.synthesize(request('Hello'));
			return provider;
		}),
});
