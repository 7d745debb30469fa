import { join } from 'node:path';
import { namedAssets } from '../compiler/assets/asset-needs.ts';
import type { CheckedSpec } from '../compiler/checked-spec.ts';
import { type Audience, type SpeechNeed, speechNeeds } from '../compiler/pipeline.ts';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.ts';
import type { VoiceRef } from '../model/audio.ts';
import { RenderFailure } from '../model/failure.ts';
import type { SpeechFacts } from '../model/inputs.ts';
import { sentenceKey, voiceWith } from '../model/sentence-key.ts';
import type { VoiceProblem } from '../ports/voice.ts';
import { openFetcher } from '../providers/http/fetcher.ts';
import { openVoices, type Voices } from '../providers/voice/open-voices.ts';
import { apiKeyOf, CLOUD, isCloud } from '../providers/voice/services.ts';
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
	/**
	 * Has everything said for an audience that lengths or pixels hang on; with `all` what is only held against the length of its scene as well. What
	 * cannot be said comes back. Asks no service.
	 */
	readonly say: (audience: Pick<Audience, 'recipients' | 'values'>, what?: 'needed' | 'all') => Promise<readonly Diagnostic[]>;
	/** The sound of a paid sentence; null for any other content. */
	readonly fileOf: AssetFile;
};

/** Sentences that are said for a plan although nothing but the fit into their scenes hangs on them. */
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

export const fliteWorker = (): string => join(distDirectory(), 'providers', 'voice', 'flite-worker.js');

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
		say: async (audience, what = 'needed') => {
			if (spec.scenes.every(({ voiceover }) => voiceover === undefined)) return [];
			if (speech.size > MOST_HELD) speech.clear();
			const needs = speechNeeds(checked, audience, { voices });
			const isAll = what === 'all' || needs.length <= MOST_SAID_TO_CHECK;
			const wanted = needs.filter(({ needed, voice }) => isAll || needed || isPaid(voice));
			const opened = openLocked(assets, now);
			try {
				const refused = await Promise.all(
					wanted.filter(({ key }) => !speech.has(key)).map((need) => sayOne(opened, need, { speech, files })),
				);
				return asOne(
					refused.filter((one) => one !== null),
					{ file: checked.file, asked: wanted.filter(({ voice }) => isPaid(voice)).length, unset: unsetKeys(wanted, assets.environment) },
				)
					.slice(0, 20)
					.map(({ code, summary, hint, place }) => errorAt(rangeOf(place), code, summary, hint));
			} finally {
				await opened.end();
			}
		},
	};
};

const LOCAL = ['local', 'espeak'];
export const isPaid = ({ provider }: VoiceRef): boolean => !LOCAL.includes(provider);

type Unsaid = Pick<VoiceProblem, 'code' | 'summary' | 'hint'> & Pick<SpeechNeed, 'place'>;

type Asking = { readonly file: string; readonly asked: number; readonly unset: readonly string[] };

/** The variables without which the services of these sentences cannot be asked. */
const unsetKeys = (needs: readonly SpeechNeed[], environment: CampaignAssets['environment']): readonly string[] => [
	...new Set(
		needs.flatMap(({ voice: { provider } }) =>
			isCloud(provider) && !apiKeyOf(provider, environment).ok ? [CLOUD[provider].variables[0]] : [],
		),
	),
];

/** Each problem once, and sentences that are still to be paid for as one. */
const asOne = (problems: readonly Unsaid[], { file, asked, unset }: Asking): readonly Unsaid[] => {
	const others = new Map(problems.flatMap((one) => (one.code === 'RF4227' ? [] : [[one.summary, one] as const])));
	const [first, ...more] = problems.filter(({ code }) => code === 'RF4227');
	if (first === undefined) return [...others.values()];
	const summary =
		more.length === 0
			? first.summary
			: `${more.length + 1} of ${asked} sentences of paid voices are not at hand; the first: ${first.summary}`;
	const key = unset.length === 0 ? '' : `set ${unset.join(' and ')}, which the environment does not have, and `;
	const hint = `${key}run \`reelform assets resolve ${file}\`, which asks the service for what is missing, and costs money`;
	return [{ code: 'RF4227', summary, hint, place: first.place }, ...others.values()];
};

type Held = { readonly speech: Map<string, SpeechFacts>; readonly files: Map<string, string> };

const sayOne = async (voices: Voices, { key, voice, text, words, place }: SpeechNeed, { speech, files }: Held): Promise<Unsaid | null> => {
	const said = await voices.say(voice, { text, words });
	if (!said.ok) return { ...said.problem, place };
	const asset = isPaid(voice) ? { sha256: said.sha256, extension: 'wav' } : null;
	if (asset !== null) files.set(said.sha256, said.file);
	speech.set(key, { seconds: said.seconds, words: said.words, asset });
	return null;
};

/** Every voice under its provider's own name. A service without a key speaks from the lock, or a voice of this machine stands in where the spec allows it. */
const voicesOf = (
	checked: CheckedSpec,
	assets: CampaignAssets,
	now: () => number,
): { readonly voices: ReadonlyMap<string, VoiceRef>; readonly problems: readonly Diagnostic[] } => {
	const { spec, rangeOf } = checked;
	const found = new Map<string, VoiceRef>();
	const problems: Diagnostic[] = [];
	if (spec.scenes.every(({ voiceover }) => voiceover === undefined)) return { voices: found, problems };
	const opened = openLocked(assets, now);
	const versionOf = (provider: string): string => opened.versionOf(provider);
	const plain = voiceFor({ voice: 'professional-female-1' }, assets.environment, versionOf);
	if (plain.ok) found.set('', plain.voice);
	for (const [name, asset] of namedAssets(spec)) {
		if (!('voice' in asset)) continue;
		const { provider = assets.voiceProvider ?? 'local', rate = 1, pitch = 1 } = asset;
		const asked = voiceFor({ ...asset, provider }, assets.environment, versionOf);
		const noKey = !asked.ok && asked.problem.kind === 'key';
		const instead = noKey && asset.fallback === 'local' ? voiceFor(standIn(asset), assets.environment, versionOf) : asked;
		const own = noKey ? ownVoice(provider, asset.pin ?? asset.voice) : undefined;
		const paid = own === undefined ? null : { provider, voice: own, rate, pitch, version: versionOf(provider) };
		if (paid !== null && (!instead.ok || isLocked(checked, assets, new Map(found).set(name, paid)))) found.set(name, paid);
		else if (instead.ok) found.set(name, instead.voice);
		else problems.push(errorAt(rangeOf(['assets', name]), instead.problem.code, instead.problem.summary, instead.problem.hint));
	}
	opened.end().catch(() => {});
	return { voices: found, problems };
};

/** Whether the last of these voices has said all that all recipients hear, so that a machine without its key makes the same videos. */
const isLocked = (checked: CheckedSpec, { lock }: CampaignAssets, voices: ReadonlyMap<string, VoiceRef>): boolean => {
	const last = [...voices.values()].at(-1);
	if (!lock.ok || last === undefined || Object.keys(lock.value.sentences).length === 0) return false;
	const needs = speechNeeds(checked, { recipients: null, values: null }, { voices });
	const own = needs.filter(({ voice }) => voice.provider === last.provider && voice.voice === last.voice);
	return own.length > 0 && own.every(({ key }) => Object.hasOwn(lock.value.sentences, key));
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
						if (!result.ok) throw new RenderFailure('ASSET', result.problem.summary, result.problem.hint);
						// The plan was made with the sound of the lockfile.
						if (part.asset && result.sha256 !== part.asset.sha256)
							throw new RenderFailure('ASSET', 'the sound of a sentence changed since the plan was made', part.text);
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
				if (file === null) throw new RenderFailure('ASSET', 'a file that is heard is not at hand', sha256);
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
