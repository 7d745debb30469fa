import { resolve } from 'node:path';
import { namedAssets } from '../compiler/assets/asset-needs.ts';
import type { CheckedSpec } from '../compiler/checked-spec.ts';
import { bindRecipients, bindShared, EVERY_ROW, makeDecisions, type SpeechNeed, speechNeeds } from '../compiler/pipeline.ts';
import type { AssetLock, LockedSentence } from '../model/asset-lock.ts';
import type { VoiceRef } from '../model/audio.ts';
import { RECIPIENTS } from '../model/recipient.ts';
import type { AssetProblem, ResolveEvent } from '../ports/asset-request.ts';
import { SourceFailure } from '../ports/data-sources.ts';
import { readLock, updateLock } from '../providers/assets/lock.ts';
import type { Fetcher } from '../providers/http/fetcher.ts';
import { openVoices, type VoiceSaid, type Voices } from '../providers/voice/open-voices.ts';
import { lockedSentence } from '../providers/voice/read-locked.ts';
import { apiKeyOf, CLOUD, isCloud } from '../providers/voice/services.ts';
import { openVoiceCache } from '../providers/voice/voice-cache.ts';
import type { AssetEstimate, ListedAsset } from './assets/desk.ts';
import { once } from './once.ts';
import type { CampaignAssets } from './wire-assets.ts';
import { openData } from './wire-compile.ts';
import type { DeskPlace } from './wire-desk.ts';
import { fliteWorker, isPaid, openCampaignVoices } from './wire-sound.ts';

/** The sentences of voices that are paid for: distinct ones, of all recipients. */
export type PaidVoices = {
	/** A row for each voice of the spec, with those of this machine. */
	readonly list: (lock: AssetLock | null) => Promise<readonly ListedAsset[]>;
	/** What saying the rest costs. `only` are names of voices; null is all. */
	readonly estimate: (only: readonly string[] | null) => Promise<readonly AssetEstimate[]>;
	/** Says what is missing and locks it. What was paid for stays when a later sentence fails. */
	readonly resolve: (run: PaidRun) => AsyncIterable<ResolveEvent>;
};

export type PaidRun = {
	readonly only: readonly string[] | null;
	readonly fetcher: Fetcher;
	/** US dollars that were spent of `assets.maxCost`. Counts up. */
	readonly budget: { spent: number };
	readonly signal: AbortSignal;
};

type Campaign = { readonly checked: CheckedSpec; readonly assets: CampaignAssets };
type Paid = SpeechNeed & { /** Of the voice, as the spec has it. */ readonly names: readonly string[] };
type Needed = { readonly sentences: readonly Paid[] /** Why some are not known. */; readonly problem: AssetProblem | null };
/** `ready`: kept, and as the lock says. `kept`: said before, and to be locked. `lost`: locked, and no longer kept. */
type Standing = Paid & { readonly stands: 'ready' | 'kept' | 'lost' | 'unsaid' };

/** Sentences that are asked for before they go into the lock together. */
const AT_ONCE = 16;
/** Sentences of voices that the spec gives no name. */
const NAMELESS = 'voice';

export const openPaidVoices = (place: DeskPlace, { checked, assets }: Campaign): PaidVoices => {
	const opened = once(async () => openCampaignVoices(checked, assets, place.now).voices);
	const needed = once(async () => sentencesOf(place, { checked, assets, voices: await opened() }));
	const standings = async (lock: AssetLock | null, only: readonly string[] | null): Promise<readonly Standing[]> => {
		const wanted = (await needed()).sentences.filter(({ names }) => only === null || names.some((name) => only.includes(name)));
		return standingsOf(wanted, lock, assets.cache.directory);
	};
	const known = async (): Promise<AssetLock | null> => {
		const lock = await readLock(assets.lockFile);
		return lock.ok ? lock.value : null;
	};
	return {
		list: async (lock) => {
			const [all, { problem }, voices] = [await standings(lock, null), await needed(), await opened()];
			return rowsOf({ checked, assets, voices }, { all, problem });
		},
		estimate: async (only) => {
			const unsaid = (await standings(await known(), only)).filter(({ stands }) => stands === 'unsaid' || stands === 'lost');
			const askable = unsaid.filter(({ voice: { provider } }) => isCloud(provider) && apiKeyOf(provider, assets.environment).ok);
			return [...byName(askable)].map(([name, sentences]) => ({
				...{ name, provider: sentences[0]!.voice.provider, sentences: sentences.length, dollars: costOf(sentences) },
			}));
		},
		resolve: async function* (run) {
			const { problem } = await needed();
			const open = (await standings(await known(), run.only)).filter(({ stands }) => stands !== 'ready');
			if (open.length > 0) yield* sayAll(place, { assets, open, run });
			if (problem !== null) yield { type: 'failed', name: NAMELESS, problem };
		},
	};
};

/** A row for each voice of the spec. */
const rowsOf = (
	{ checked, assets, voices }: Voiced,
	{ all, problem }: { readonly all: readonly Standing[]; readonly problem: AssetProblem | null },
): readonly ListedAsset[] =>
	namedAssets(checked.spec).flatMap(([name, asset]): readonly ListedAsset[] => {
		if (!('voice' in asset)) return [];
		const provider = asset.provider ?? assets.voiceProvider ?? 'local';
		const voice = voices.get(name);
		const about = { name, kind: 'voice', provider, what: asset.voice, locked: null };
		if (voice === undefined) return [{ ...about, state: isCloud(provider) ? 'unresolved' : 'made-here' }];
		if (!isPaid(voice)) return [{ ...about, state: 'made-here' }];
		const own = all.filter(({ names }) => names.includes(name));
		return [{ ...about, ...summed(own, problem) }];
	});

const summed = (
	sentences: readonly Standing[],
	problem: AssetProblem | null,
): Pick<ListedAsset, 'state'> & { readonly sentences: { readonly all: number; readonly open: number } } => {
	const open = sentences.filter(({ stands }) => stands !== 'ready');
	const isLost = open.length > 0 && open.every(({ stands }) => stands === 'lost');
	const state = open.length === 0 && problem === null ? 'ready' : isLost ? 'missing' : 'unresolved';
	return { state, sentences: { all: sentences.length, open: open.length } };
};

const byName = <T extends Paid>(sentences: readonly T[]): ReadonlyMap<string, readonly T[]> => {
	const found = new Map<string, T[]>();
	for (const sentence of sentences) {
		const name = sentence.names[0] ?? NAMELESS;
		found.set(name, [...(found.get(name) ?? []), sentence]);
	}
	return found;
};

/** Null where nobody says. */
const costOf = (sentences: readonly Paid[]): number | null =>
	sentences.reduce<number | null>((sum, { text, voice: { provider } }) => {
		const price = isCloud(provider) ? CLOUD[provider].price : 0;
		return sum === null || price === null ? null : sum + price * [...text].length;
	}, 0);

type Voiced = Campaign & { readonly voices: ReadonlyMap<string, VoiceRef> };

/** Rows are read as they come; only the sentences are held. */
const sentencesOf = async (place: DeskPlace, { checked, assets, voices }: Voiced): Promise<Needed> => {
	const found = new Map<string, Paid>();
	const namesFor = ({ provider, voice }: VoiceRef): readonly string[] =>
		[...voices].filter(([name, one]) => name !== '' && one.provider === provider && one.voice === voice).map(([name]) => name);
	const add = (audience: Parameters<typeof speechNeeds>[1]): void => {
		for (const need of speechNeeds(checked, audience, { voices }))
			if (isPaid(need.voice) && !found.has(need.key)) found.set(need.key, { ...need, names: namesFor(need.voice) });
	};
	if (![...voices.values()].some(isPaid)) return { sentences: [], problem: null };
	try {
		await eachAudience(place, { checked, assets }, add);
		return { sentences: [...found.values()], problem: null };
	} catch (error) {
		if (!(error instanceof SourceFailure)) throw error;
		return { sentences: [...found.values()], problem: { code: error.code, summary: error.message, hint: error.hint } };
	}
};

const eachAudience = async (
	place: DeskPlace,
	{ checked }: Campaign,
	add: (audience: Parameters<typeof speechNeeds>[1]) => void,
): Promise<void> => {
	const { spec, file } = checked;
	if (spec.data === undefined) return add({ recipients: null, values: null });
	const sources = openData(place, spec.data, resolve(place.cwd, file));
	try {
		if (spec.data[RECIPIENTS] === undefined) {
			const bound = await bindShared({ spec, sources });
			if (bound.ok) add({ recipients: null, values: bound.values });
			return;
		}
		const unheard = { onProblem: () => {}, onUnknownKeys: () => {} };
		const rows = bindRecipients({ spec, sources, choice: EVERY_ROW, ...unheard, narrativeOf: makeDecisions(spec) });
		for await (const recipients of rows) add({ recipients, values: null });
	} finally {
		await sources.close();
	}
};

const standingsOf = async (sentences: readonly Paid[], lock: AssetLock | null, directory: string): Promise<readonly Standing[]> => {
	const cache = openVoiceCache(directory);
	const found: Standing[] = [];
	for (const sentence of sentences) {
		const kept = await cache.read(sentence.key);
		const locked = lock?.sentences[sentence.key];
		const isSame = kept !== null && kept.sha256 === locked?.sha256;
		found.push({ ...sentence, stands: isSame ? 'ready' : kept !== null ? 'kept' : locked === undefined ? 'unsaid' : 'lost' });
	}
	return found;
};

type Saying = { readonly assets: CampaignAssets; readonly open: readonly Standing[]; readonly run: PaidRun };

async function* sayAll(place: DeskPlace, { assets, open, run }: Saying): AsyncGenerator<ResolveEvent> {
	const { maxCost } = assets.needs.rules;
	const costs = new Map<string, number | null>();
	const voices = openVoices({
		cacheDirectory: assets.cache.directory,
		environment: assets.environment,
		fetcher: run.fetcher,
		workerFile: fliteWorker(),
		allowPaid: true,
		maxCost: maxCost === null ? null : Math.max(0, maxCost - run.budget.spent),
		onCost: ({ key, cost }) => costs.set(key, cost),
		now: place.now,
		decode: place.decode,
		...(place.services === undefined ? {} : { baseUrls: place.services.voices }),
	});
	const stop = (): void => void voices.close();
	run.signal.addEventListener('abort', stop, { once: true });
	try {
		for (const [name, sentences] of byName(open)) {
			if (run.signal.aborted) return;
			yield* sayOf(voices, { name, sentences, assets, costs, signal: run.signal });
		}
	} finally {
		run.signal.removeEventListener('abort', stop);
		run.budget.spent += voices.spent;
		await voices.close();
	}
}

type Named = {
	readonly name: string;
	readonly sentences: readonly Standing[];
	readonly assets: CampaignAssets;
	/** By key, of what was paid for now. */
	readonly costs: ReadonlyMap<string, number | null>;
	readonly signal: AbortSignal;
};

async function* sayOf(voices: Voices, { name, sentences, assets, costs, signal }: Named): AsyncGenerator<ResolveEvent> {
	const said: string[] = [];
	const refused: AssetProblem[] = [];
	for (let at = 0; at < sentences.length && !signal.aborted && !refused.some(isFinal); at += AT_ONCE) {
		const group = sentences.slice(at, at + AT_ONCE);
		// Somebody else who says the same sentences at this moment pays for them, or we do.
		const results = await assets.cache.inTurn('voices', () => Promise.all(group.map((one) => voices.say(one.voice, one))));
		const good = results.filter((one) => one.ok);
		refused.push(...results.flatMap((one) => (one.ok ? [] : [one.problem])));
		said.push(...good.map(({ key }) => key));
		const locked = await lockAll(assets.lockFile, good);
		if (locked !== null) refused.push(locked);
	}
	if (said.length > 0) yield { type: 'spoken', name, sentences: said.length, cost: sumOf(said, costs) };
	const [problem] = refused;
	if (problem === undefined || signal.aborted) return;
	const { code, summary, hint } = problem;
	const rest = sentences.length - said.length;
	yield { type: 'failed', name, problem: { code, summary: rest > 1 ? `${rest} sentences are not said: ${summary}` : summary, hint } };
}

/** What would be said of every further sentence: the key, the account or the budget. */
const isFinal = ({ code }: AssetProblem): boolean => code === 'RF4223' || code === 'RF4224' || code === 'RF4242';

const sumOf = (keys: readonly string[], costs: ReadonlyMap<string, number | null>): number | null =>
	keys.reduce<number | null>((sum, key) => {
		const cost = costs.has(key) ? costs.get(key)! : 0;
		return sum === null || cost === null ? null : sum + cost;
	}, 0);

const lockAll = async (file: string, said: readonly (VoiceSaid & { readonly ok: true })[]): Promise<AssetProblem | null> => {
	if (said.length === 0) return null;
	const added: Record<string, LockedSentence> = Object.fromEntries(said.map((one) => [one.key, lockedSentence(one)]));
	const written = await updateLock(file, (lock) => ({ ...lock, sentences: { ...lock.sentences, ...added } }));
	return written.ok ? null : written.problem;
};
