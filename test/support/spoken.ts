import { join } from 'node:path';
import { namedAssets } from '../../src/compiler/assets/asset-needs.ts';
import type { CheckedSpec } from '../../src/compiler/checked-spec.ts';
import { speechNeeds } from '../../src/compiler/pipeline.ts';
import type { VoiceRef } from '../../src/model/audio.ts';
import type { SpeechFacts } from '../../src/model/inputs.ts';
import type { Inputs } from '../../src/ports/inputs.ts';
import { openFetcher } from '../../src/providers/http/fetcher.ts';
import { openVoices } from '../../src/providers/voice/open-voices.ts';
import { voiceFor } from '../../src/providers/voice/voice-for.ts';
import { distDirectory } from './dist.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** What a spec says to everybody, said by the voice of this machine: as the command line has it before it compiles. */
export const spoken = async (checked: CheckedSpec): Promise<Required<Pick<Inputs, 'voices' | 'speech'>>> => {
	const fetcher = openFetcher();
	const opened = openVoices({
		cacheDirectory: join(temporaryDirectory(), 'voices'),
		environment: {},
		fetcher,
		workerFile: join(distDirectory, 'providers', 'voice', 'flite-worker.js'),
		allowPaid: false,
		maxCost: null,
		now: Date.now,
	});
	try {
		const voices = new Map<string, VoiceRef>();
		const asked = [['', { voice: 'professional-female-1' }] as const, ...namedAssets(checked.spec)];
		for (const [name, asset] of asked) {
			const found = 'voice' in asset ? voiceFor(asset, {}, (provider) => opened.versionOf(provider)) : null;
			if (found?.ok) voices.set(name, found.voice);
		}
		const speech = new Map<string, SpeechFacts>();
		for (const { key, voice, text, words } of speechNeeds(checked, { recipients: null, values: null }, { voices })) {
			const said = await opened.say(voice, { text, words });
			if (!said.ok) throw new Error(said.problem.summary);
			speech.set(key, { seconds: said.seconds, words: said.words, asset: null });
		}
		return { voices, speech };
	} finally {
		await opened.close();
		await fetcher.close();
	}
};
