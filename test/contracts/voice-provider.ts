import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { VoiceProvider, VoiceRequest, VoiceResult } from '../../src/ports/voice.ts';
import { loudStretches } from '../support/loudness.ts';

export type VoiceUnderTest = {
	/** A voice that the provider has. */
	readonly voice: string;
	open(): Promise<VoiceProvider>;
};

const words = [
	['Dr.', 'doctor'],
	['Lee', 'lee'],
	['saved', 'saved'],
	['$42,500,', 'forty two thousand five hundred dollars'],
	['—', ''],
	['and', 'and'],
	['more!', 'more'],
].map(([text = '', spoken = '']) => ({ text, spoken }));
const sentence = (voice: string, of = words): VoiceRequest => ({
	text: of.map(({ text }) => text).join(' '),
	words: of,
	voice,
	rate: 1,
	pitch: 1,
});
const codeOf = (result: VoiceResult): string => (result.ok ? 'spoken' : result.problem.code);

/** Every VoiceProvider runs this suite. */
export const describeVoiceProvider = (name: string, { voice, open }: VoiceUnderTest): void => {
	const Contract = suite(`contract: voice provider (${name})`);
	const withVoice = (title: string, test: (provider: VoiceProvider) => Promise<void>): void => {
		Contract(title, async () => {
			const provider = await open();
			try {
				await test(provider);
			} finally {
				await provider.close();
			}
		});
	};

	withVoice('each written word has its time, in order and inside of the sound', async (provider) => {
		const result = await provider.synthesize(sentence(voice));
		assert.ok(result.ok);
		const { pcm, words: timed } = result.spoken;
		const seconds = (pcm.channels[0]?.length ?? 0) / pcm.sampleRate;
		assert.equal(
			timed.map(({ text }) => text),
			words.map(({ text }) => text),
		);
		for (const [index, { start, end }] of timed.entries()) {
			assert.ok(start >= (timed[index - 1]?.end ?? 0) - 1e-9, `${index} starts after the word before`);
			assert.ok(end >= start && end <= seconds, `${index} ends in time`);
		}
		assert.ok(timed.filter(({ text }) => text !== '—').every(({ start, end }) => end - start > 0.05));
	});
	withVoice('the silence around the sound is 0.05 s, and the first and last word are the sound', async (provider) => {
		const result = await provider.synthesize(sentence(voice));
		assert.ok(result.ok);
		const { pcm, words: timed } = result.spoken;
		const loud = loudStretches(pcm);
		const seconds = (pcm.channels[0]?.length ?? 0) / pcm.sampleRate;
		assert.ok(Math.abs((loud[0] ?? 0) - 0.05) < 0.02, `${loud[0]}`);
		assert.ok(Math.abs((loud[0] ?? 0) - (timed[0]?.start ?? 0)) < 0.02);
		assert.ok(Math.abs(seconds - (timed.at(-1)?.end ?? 0) - 0.05) < 0.001, `${seconds - (timed.at(-1)?.end ?? 0)}`);
	});
	withVoice('no sample is beyond full scale, and there is something to hear', async (provider) => {
		const result = await provider.synthesize(sentence(voice));
		assert.ok(result.ok);
		const samples = result.spoken.pcm.channels[0] ?? new Float32Array();
		assert.ok(samples.every((sample) => Math.abs(sample) <= 1));
		const rms = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
		assert.ok(rms > 0.02 && rms < 0.4, `${rms}`);
	});
	withVoice('an unknown voice is a problem, whatever it is called', async (provider) => {
		for (const unknown of ['nobody', '', 'constructor', '__proto__'])
			assert.is(codeOf(await provider.synthesize(sentence(unknown))), 'RF4220');
	});
	withVoice('a sentence with nothing to say is a problem', async (provider) => {
		assert.is(codeOf(await provider.synthesize(sentence(voice, [{ text: '🎉', spoken: '' }]))), 'RF4221');
		assert.is(codeOf(await provider.synthesize(sentence(voice, []))), 'RF4221');
	});
	withVoice('requests at the same time get each their own sound', async (provider) => {
		const results = await Promise.all(
			['one', 'seventy seven', 'ok'].map((text) => provider.synthesize(sentence(voice, [{ text, spoken: text }]))),
		);
		assert.equal(
			results.map((result) => (result.ok ? result.spoken.words.map(({ text }) => text) : [])),
			[['one'], ['seventy seven'], ['ok']],
		);
	});
	withVoice('closing ends the request under way with a problem, and can be done twice', async (provider) => {
		const running = provider.synthesize(sentence(voice));
		await provider.close();
		await provider.close();
		assert.is(codeOf(await running), 'RF4222');
		assert.is(codeOf(await provider.synthesize(sentence(voice))), 'RF4222');
	});
	Contract.run();
};
