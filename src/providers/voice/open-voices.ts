import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { LockedSentence } from '../../model/asset-lock.ts';
import type { VoiceRef } from '../../model/audio.ts';
import { sentenceKey } from '../../model/sentence-key.ts';
import type { ScriptPart } from '../../model/sound.ts';
import type { VoiceProblem, VoiceResult } from '../../ports/voice.ts';
import type { Fetcher } from '../http/contract.ts';
import { dollars } from './cloud-voice.ts';
import { type CostLedger, openCostLedger } from './cost-ledger.ts';
import { espeakVersion } from './espeak.ts';
import { fliteModule } from './flite.ts';
import { openProviders, type Providers } from './providers.ts';
import { readLocked } from './read-locked.ts';
import { CLOUD, type CloudName, type Environment, isCloud, isVoiceProvider } from './services.ts';
import { type KeptSentence, openVoiceCache, type VoiceCache } from './voice-cache.ts';
import { noProvider, ownVoice } from './voice-for.ts';
import type { DecodeSound } from './wellsaid.ts';

export type VoicesOptions = {
	/** An absolute path. Sentences are kept in its folder `voices`. */
	readonly cacheDirectory: string;
	/** Where keys and programs are looked for. */
	readonly environment: Environment;
	readonly fetcher: Fetcher;
	/** The built thread of the local voice, an absolute path. */
	readonly workerFile: string;
	/** What paid voices have said, by key. Left out: whatever is kept will do. */
	readonly lock?: ReadonlyMap<string, LockedSentence>;
	/** Without it no service is ever asked: paid voices come from what is kept. */
	readonly allowPaid: boolean;
	/** US dollars that these voices may spend; null for no limit. */
	readonly maxCost: number | null;
	/** Told of every paid sentence, when it is there. */
	readonly onCost?: (cost: VoiceCost) => void;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** For services that send MP3. Without it they give no sound. */
	readonly decode?: DecodeSound;
	/** US dollars for a character, in place of the published ones. */
	readonly prices?: Partial<Readonly<Record<CloudName, number>>>;
	readonly baseUrls?: Partial<Readonly<Record<CloudName, string>>>;
	/** For one call of a service. */
	readonly timeoutMs?: number;
};

export type VoiceCost = { readonly provider: CloudName; readonly key: string; readonly characters: number; readonly cost: number | null };

export type Sentence = Pick<Extract<ScriptPart, { kind: 'sentence' }>, 'text' | 'words'>;

export type VoiceSaid =
	| ({ readonly ok: true; readonly key: string } & KeptSentence)
	| { readonly ok: false; readonly problem: VoiceProblem };

export type VoiceCounts = { readonly asked: number; readonly synthesised: number; readonly fromCache: number };

/** What can be said of a voice before it says anything. `problem` is why it would say nothing now. */
export type VoiceDescription = {
	readonly paid: boolean;
	/** The same words are the same bytes at any time. */
	readonly deterministic: boolean;
	/** Whether its times of words are its own, or estimated from the sound. */
	readonly timings: 'told' | 'estimated';
	readonly problem: VoiceProblem | null;
};

export type Voices = {
	/** Part of the key of whatever the provider says. `none` for one that does not exist or is not installed. */
	versionOf(provider: string): string;
	describe(voice: VoiceRef): VoiceDescription;
	/** Says a sentence, or gives what was said before. One synthesis for each key; a paid one is asked for once, whatever comes of it. */
	say(voice: VoiceRef, sentence: Sentence): Promise<VoiceSaid>;
	readonly counts: VoiceCounts;
	/** US dollars so far: told or estimated, calls of unclear end included. */
	readonly spent: number;
	/** Ends what is under way, with problems as results. */
	close(): Promise<void>;
};

type State = {
	readonly options: VoicesOptions;
	readonly cache: VoiceCache;
	readonly ledger: CostLedger;
	readonly providers: Providers;
	readonly counts: { asked: number; synthesised: number; fromCache: number };
};

/** All voices of a run behind one cache. */
export const openVoices = (options: VoicesOptions): Voices => {
	const cache = openVoiceCache(options.cacheDirectory);
	const counts = { asked: 0, synthesised: 0, fromCache: 0 };
	const providers = openProviders({ ...options, incoming: cache.incoming });
	const state: State = { options, cache, ledger: openCostLedger(options.maxCost), providers, counts };
	const underWay = new Map<string, Promise<VoiceSaid>>();
	const versions = new Map<string, string>();
	return {
		counts,
		get spent() {
			return dollars(state.ledger.spent);
		},
		versionOf(provider) {
			const version = versions.get(provider) ?? versionFor(provider, options);
			versions.set(provider, version);
			return version;
		},
		describe: (voice) => describe(state, voice),
		async say(voice, sentence) {
			counts.asked++;
			const key = sentenceKey(voice, sentence);
			const before = underWay.get(key);
			if (before !== undefined) return countShared(counts, await before);
			const saying = sayOnce(state, voice, { key, sentence });
			underWay.set(key, saying);
			const said = await saying;
			// What came of a paid call stays, so that no failure of one is tried again by itself.
			if (said.ok || !isCloud(voice.provider)) underWay.delete(key);
			return said;
		},
		close: () => providers.close(),
	};
};

const countShared = (counts: State['counts'], said: VoiceSaid): VoiceSaid => {
	if (said.ok) counts.fromCache++;
	return said;
};

type Keyed = { readonly key: string; readonly sentence: Sentence };

const sayOnce = async (state: State, voice: VoiceRef, { key, sentence }: Keyed): Promise<VoiceSaid> => {
	if (!isVoiceProvider(voice.provider)) return { ok: false, problem: noProvider(voice.provider) };
	const kept = await state.cache.read(key);
	const settled = isCloud(voice.provider)
		? readLocked({ key, kept, text: sentence.text, provider: voice.provider, ...state.options })
		: kept;
	if (settled !== null && 'problem' in settled) return { ok: false, problem: settled.problem };
	if (settled !== null) {
		state.counts.fromCache++;
		return { ok: true, key, ...settled };
	}
	try {
		return await synthesise(state, voice, { key, sentence });
	} catch (error) {
		return { ok: false, problem: notKept(error) };
	}
};

const synthesise = async (state: State, voice: VoiceRef, { key, sentence }: Keyed): Promise<VoiceSaid> => {
	const { cache, counts, options, providers } = state;
	const opened = providers.open(voice.provider);
	if (!opened.ok) return opened;
	if (isCloud(voice.provider)) await cache.prepare();
	const request = { text: sentence.text, words: sentence.words, voice: voice.voice, rate: voice.rate, pitch: voice.pitch };
	const result = isCloud(voice.provider)
		? await buy(state, voice.provider, { key, text: sentence.text, call: () => opened.provider.synthesize(request) })
		: await opened.provider.synthesize(request);
	if (!result.ok) return result;
	counts.synthesised++;
	const madeAt = new Date(options.now()).toISOString();
	return { ok: true, key, ...(await cache.write(key, result.spoken, { cost: result.cost === undefined ? 0 : result.cost, madeAt })) };
};

type Purchase = { readonly key: string; readonly text: string; readonly call: () => Promise<VoiceResult> };

/** Nothing is sent before its cost is known to fit. */
const buy = async ({ options, ledger }: State, provider: CloudName, { key, text, call }: Purchase): Promise<VoiceResult> => {
	const characters = [...text].length;
	const price = options.prices?.[provider] ?? CLOUD[provider].price;
	const estimate = price === null ? null : dollars(price * characters);
	const problem = ledger.reserve(estimate, CLOUD[provider].title);
	if (problem !== null) return { ok: false, problem };
	const result = await call();
	const cost = result.ok ? (result.cost ?? null) : result.problem.unclear ? estimate : 0;
	ledger.settle(estimate, cost);
	if (result.ok) options.onCost?.({ provider, key, characters, cost });
	return result;
};

const describe = ({ options, providers }: State, voice: VoiceRef): VoiceDescription => {
	const { provider } = voice;
	const paid = isCloud(provider);
	const facts = { paid, deterministic: !paid, timings: provider === 'espeak' || provider === 'wellsaid' ? 'estimated' : 'told' } as const;
	if (!isVoiceProvider(provider)) return { ...facts, problem: noProvider(provider) };
	if (ownVoice(provider, voice.voice) === undefined) {
		const summary = `${provider} has no voice called "${voice.voice}"`;
		return { ...facts, problem: { code: 'RF4220', summary, hint: 'use one of the provider, by its id' } };
	}
	return { ...facts, problem: paid && options.allowPaid ? providers.problemOf(provider) : null };
};

/** The local voice is its program and the code around it: either may change what is heard. */
const versionFor = (provider: string, { workerFile, environment }: VoicesOptions): string => {
	if (isCloud(provider)) return CLOUD[provider].version;
	if (provider === 'espeak') return espeakVersion(environment) ?? 'none';
	if (provider !== 'local') return 'none';
	const hash = createHash('sha256').update(readFileSync(fliteModule())).update(readFileSync(workerFile));
	return `flite-${hash.digest('hex').slice(0, 16)}`;
};

/** A failed system call of the cache in words; anything else is a mistake of ours. */
const notKept = (error: unknown): VoiceProblem => {
	if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) throw error;
	return {
		code: 'RF6006',
		summary: `a sentence cannot be kept: the cache of sounds is not writable (${error.code})`,
		hint: 'free some space, or point `assets.cache` to a folder that can be written',
	};
};
