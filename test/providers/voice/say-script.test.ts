import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { captionsOf, pagesOf } from '../../../src/audio/captions.ts';
import { assembleSpeech } from '../../../src/audio/voice/assemble-speech.ts';
import { parseScript } from '../../../src/audio/voice/parse-script.ts';
import { parseSsml } from '../../../src/audio/voice/parse-ssml.ts';
import type { ParsedScript } from '../../../src/audio/voice/script-problem.ts';
import type { Speech, SpokenSentence } from '../../../src/model/sound.ts';
import { openFlite } from '../../../src/providers/voice/flite.ts';
import { makeDirectory } from '../../support/directory.ts';
import { loudStretches, rmsOf } from '../../support/loudness.ts';
import { buildFliteWorker } from './build-flite-worker.ts';

const SayScript = suite('providers/voice/say-script');

const say = (script: ParsedScript, voice: string): Promise<Speech> =>
	makeDirectory(async (directory) => {
		assert.ok(script.ok);
		const provider = openFlite({ workerFile: await buildFliteWorker(directory) });
		try {
			const spoken: SpokenSentence[] = [];
			for (const part of script.parts) {
				if (part.kind === 'pause') continue;
				const { text, words, prosody } = part;
				const result = await provider.synthesize({ text, words, voice, rate: prosody.rate, pitch: prosody.pitch });
				assert.ok(result.ok, JSON.stringify(result));
				spoken.push(result.spoken);
			}
			return assembleSpeech(script.parts, spoken);
		} finally {
			await provider.close();
		}
	});

const between = ({ pcm }: Speech, from: number, to: number): Float32Array =>
	(pcm.channels[0] ?? new Float32Array()).subarray(Math.round(from * pcm.sampleRate), Math.round(to * pcm.sampleRate));

for (const voice of ['professional-female-1', 'professional-male-1', 'robot']) {
	SayScript(`${voice} says a script with a pause: its words at their times, silence in the pause, nothing too loud`, async () => {
		const speech = await say(parseScript('Hi Dr. Evans, [pause: 0.5] all of it is $42,500.\nEveryone wins!'), voice);
		const { words, pcm, seconds } = speech;
		assert.is(words.map(({ text }) => text).join(' '), 'Hi Dr. Evans, all of it is $42,500. Everyone wins!');
		const [evans, all, amount, everyone, last] = [words[2], words[3], words[7], words[8], words.at(-1)];
		assert.ok(evans && all && amount && everyone && last);
		assert.ok(Math.abs(all.start - evans.end - 0.5) < 0.001, 'the pause is exact');
		assert.ok(Math.abs(everyone.start - amount.end - 0.25) < 0.001, 'sentences are a quarter of a second apart');
		assert.ok(amount.end - amount.start > 1.5, 'an amount has the time of all its spoken words');
		assert.ok(rmsOf(between(speech, evans.end + 0.06, all.start - 0.03)) < 1e-4, 'silence in the pause');
		const loud = loudStretches(pcm);
		for (const { start } of [words[0]!, all, everyone]) {
			const heard = loud.find((at) => at > start - 0.03) ?? 0;
			assert.ok(Math.abs(heard - start) < 0.04, `${start} is heard at ${heard}`);
		}
		assert.ok((pcm.channels[0] ?? new Float32Array()).every((sample) => Math.abs(sample) <= 1));
		assert.ok(seconds > 3 && seconds < 9 && Math.abs(seconds - last.end - 0.05) < 0.001, `${seconds}`);
		const captions = captionsOf(pagesOf(words, { maxCharacters: 20, maxSeconds: 3, maxWords: 4 }));
		assert.is(captions.length, words.length);
	});
}

SayScript('what is written softer and slower in markup is softer and slower', async () => {
	const plain = await say(parseSsml('<speak>We are all here.</speak>'), 'default');
	const changed = await say(parseSsml('<speak><prosody rate="75%" volume="-6dB">We are all here.</prosody></speak>'), 'default');
	const ratio = (changed.seconds - 0.06) / (plain.seconds - 0.06);
	assert.ok(Math.abs(ratio - 4 / 3) < 0.1, `${ratio}`);
	const level = rmsOf(changed.pcm.channels[0] ?? new Float32Array()) / rmsOf(plain.pcm.channels[0] ?? new Float32Array());
	assert.ok(Math.abs(level - 0.5) < 0.08, `${level}`);
});

SayScript('a sentence that changes its way of speaking goes on without a gap', async () => {
	const { words } = await say(parseSsml('<speak>We are <emphasis>all</emphasis> here.</speak>'), 'default');
	assert.is(words.map(({ text }) => text).join(' '), 'We are all here.');
	assert.ok(words.every(({ start }, index) => start - (words[index - 1]?.end ?? 0) < 0.05));
});

SayScript.run();
