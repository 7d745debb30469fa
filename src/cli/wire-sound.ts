import { join } from 'node:path';
import { namedAssets } from '../compiler/assets/asset-needs.ts';
import type { CheckedSpec } from '../compiler/checked-spec.ts';
import { type Audience, type SpeechNeed, speechNeeds } from '../compiler/pipeline.ts';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.ts';
import type { VoiceRef } from '../model/audio.ts';
import { RenderFailure } from '../model/failure.ts';
import type { SpeechFacts } from '../model/inputs.ts';
import { sentenceKey, voiceWith } from '../model/sentence-key.ts';
import { openFetcher } from '../providers/http/fetcher.ts';
import { openVoices, type Voices } from '../providers/voice/open-voices.ts';
import { ownVoice, standIn, voiceFor } from '../providers/voice/voice-for.ts';
import type { PreparedSounds, PrepareSounds, SaidSentence } from '../renderer/mix-job.ts';
import { distDirectory } from './package-root.ts';
import type { CampaignAssets } from './wire-assets.ts';
import type { AssetFile } from './wiring.ts';

/** The voices of a campaign, and what they have said so far. */
export type CampaignVoices = {
	/** As `Inputs` has them. `speech` grows with each audience. */
	readonly voices: ReadonlyMap<string, VoiceRef>;
	readonly speech: ReadonlyMap<string, SpeechFacts>;
	readonly problems: readonly Diagnostic[];
	/** Has everything said for an audience that lengths or pixels hang on. What cannot be said comes back. Asks no service. */
	readonly say: (audience: Pick<Audience, 'recipients' | 'values'>) => Promise<readonly Diagnostic[]>;
	/** The sound of a paid sentence; null for any other content. */
	readonly fileOf: AssetFile;
};

/** Sentences that are said although nothing but the fit into their scenes hangs on them. */
const MOST_SAID_TO_CHECK = 100;
/** Facts of sentences that are held at once. */
const MOST_HELD = 20_000;

const openLocked = ({ cache, environment, lock }: CampaignAssets, now: () => number): Voices & { readonly end: () => Promise<void> } => {
	const fetcher = openFetcher();
	const voices = openVoices({
		cacheDirectory: cache.directory,
		environment,
		fetcher,
		workerFile: fliteWorker(),
		lock: new Map(lock.ok ? Object.entries(lock.value.sentences) : []),
		allowPaid: false,
		maxCost: null,
		now,
	});
	const end = async (): Promise<void> => {
		await voices.close();
		await fetcher.close();
	};
	return Object.assign(voices, { end });
};

const fliteWorker = (): string => join(distDirectory(), 'providers', 'voice', 'flite-worker.js');

export const openCampaignVoices = (checked: CheckedSpec, assets: CampaignAssets, now: () => number): CampaignVoices => {
	const { spec, rangeOf } = checked;
	const speech = new Map<string, SpeechFacts>();
	const files = new Map<string, string>();
	const { voices, problems } = voicesOf(checked, assets, now);
	return {
		voices,
		speech,
		problems,
		fileOf: (sha256) => files.get(sha256) ?? null,
		say: async (audience) => {
			if (spec.scenes.every(({ voiceover }) => voiceover === undefined)) return [];
			if (speech.size > MOST_HELD) speech.clear();
			const needs = speechNeeds(checked, audience, { voices });
			const wanted = needs.filter(({ needed, voice }) => needed || isPaid(voice) || needs.length <= MOST_SAID_TO_CHECK);
			const opened = openLocked(assets, now);
			try {
				const refused = await Promise.all(
					wanted.filter(({ key }) => !speech.has(key)).map((need) => sayOne(opened, need, { speech, files })),
				);
				return [...new Map(refused.flatMap((one) => (one === null ? [] : [[one.summary, one] as const]))).values()]
					.slice(0, 20)
					.map(({ code, summary, hint }) => errorAt(rangeOf(['scenes'], 'key'), code, summary, hint));
			} finally {
				await opened.end();
			}
		},
	};
};

const LOCAL = ['local', 'espeak'];
const isPaid = ({ provider }: VoiceRef): boolean => !LOCAL.includes(provider);

type Held = { readonly speech: Map<string, SpeechFacts>; readonly files: Map<string, string> };

const sayOne = async (voices: Voices, { key, voice, text, words }: SpeechNeed, { speech, files }: Held) => {
	const said = await voices.say(voice, { text, words });
	if (!said.ok) return said.problem;
	const asset = isPaid(voice) ? { sha256: said.sha256, extension: 'wav' } : null;
	if (asset !== null) files.set(said.sha256, said.file);
	speech.set(key, { seconds: said.seconds, words: said.words, asset });
	return null;
};

/** Every voice under its provider's own name. A service without a key speaks from the lock, or a voice of this machine stands in where the spec allows it. */
const voicesOf = (
	{ spec, rangeOf }: CheckedSpec,
	assets: CampaignAssets,
	now: () => number,
): { readonly voices: ReadonlyMap<string, VoiceRef>; readonly problems: readonly Diagnostic[] } => {
	const found = new Map<string, VoiceRef>();
	const problems: Diagnostic[] = [];
	if (spec.scenes.every(({ voiceover }) => voiceover === undefined)) return { voices: found, problems };
	const opened = openLocked(assets, now);
	const versionOf = (provider: string): string => opened.versionOf(provider);
	const plain = voiceFor({ voice: 'professional-female-1' }, assets.environment, versionOf);
	if (plain.ok) found.set('', plain.voice);
	for (const [name, asset] of namedAssets(spec)) {
		if (!('voice' in asset)) continue;
		const { provider = 'local', rate = 1, pitch = 1 } = asset;
		const asked = voiceFor(asset, assets.environment, versionOf);
		const noKey = !asked.ok && asked.problem.kind === 'key';
		const instead = noKey && asset.fallback === 'local' ? voiceFor(standIn(asset), assets.environment, versionOf) : asked;
		const own = noKey && !instead.ok ? ownVoice(provider, asset.pin ?? asset.voice) : undefined;
		if (instead.ok) found.set(name, instead.voice);
		else if (own !== undefined) found.set(name, { provider, voice: own, rate, pitch, version: versionOf(provider) });
		else problems.push(errorAt(rangeOf(['assets', name]), instead.problem.code, instead.problem.summary, instead.problem.hint));
	}
	opened.end().catch(() => {});
	return { voices: found, problems };
};

/** Has every sentence of a mix said, and finds its files. */
export const preparingSounds =
	({ assetFile, directory, environment, now }: Preparing): PrepareSounds =>
	async (messages, signal): Promise<PreparedSounds> => {
		const fetcher = openFetcher();
		const voices = openVoices({
			...{ cacheDirectory: directory, environment, fetcher, workerFile: fliteWorker(), allowPaid: false, maxCost: null, now },
		});
		const said = new Map<string, SaidSentence>();
		try {
			for (const { cues } of messages)
				for (const { source } of cues) {
					if (source.type !== 'speech') continue;
					for (const part of source.parts) {
						signal.throwIfAborted();
						if (part.kind !== 'sentence') continue;
						const voice = voiceWith(source.voice, part.prosody);
						const result = await voices.say(voice, part);
						if (!result.ok) throw new RenderFailure('MIX', result.problem.summary, result.problem.hint);
						said.set(sentenceKey(voice, part), { file: result.file, words: result.words });
					}
				}
		} finally {
			await voices.close();
			await fetcher.close();
		}
		return {
			sentence: (voice, part) => {
				const sentence = said.get(sentenceKey(voiceWith(voice, part.prosody), part));
				if (sentence === undefined) throw new Error('a sentence was not prepared');
				return sentence;
			},
			file: ({ sha256 }) => {
				const file = assetFile(sha256);
				if (file === null) throw new RenderFailure('MIX', 'a file that is heard is not at hand', sha256);
				return file;
			},
		};
	};

export type Preparing = {
	readonly assetFile: AssetFile;
	/** The project's cache of assets. */
	readonly directory: string;
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly now: () => number;
};
