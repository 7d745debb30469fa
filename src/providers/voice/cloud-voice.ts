import { hintForName } from '../../diagnostics/suggest.ts';
import type { Pcm, ScriptWord } from '../../model/sound.ts';
import type { VoiceProblem, VoiceProvider, VoiceRequest, VoiceResult } from '../../ports/voice.ts';
import type { Fetcher } from '../http/contract.ts';
import { brokenAnswer, closedVoice } from './cloud-problems.ts';
import { estimateSpans } from './estimate-words.ts';
import { type Lanes, openLanes } from './lanes.ts';
import type { CloudName } from './services.ts';
import { type Span, trimSpeech } from './trim-speech.ts';

export type CloudVoiceOptions = {
	readonly fetcher: Fetcher;
	readonly apiKey: string;
	/** The variable that the key came from, for messages. */
	readonly variable: string;
	readonly baseUrl: string;
	/** US dollars for a character; null for unknown. */
	readonly price: number | null;
	/** For a whole call, waits that the service asks for included. 60 s when left out. */
	readonly timeoutMs?: number;
};

export const CALL_TIMEOUT_MS = 60_000;
export const MAX_ANSWER_BYTES = 40_000_000;

/** One sentence as a service is asked for it. */
export type CloudJob = VoiceRequest & { readonly signal: AbortSignal };

/** What came of a call. `spans` null where the service tells no times; `characters` as it counted them, or null. */
export type Heard =
	| { readonly ok: true; readonly pcm: Pcm; readonly spans: readonly Span[] | null; readonly characters: number | null }
	| { readonly ok: false; readonly problem: VoiceProblem };

export type CloudService = {
	readonly id: CloudName;
	readonly title: string;
	/** The service's own name of a voice; undefined for none. */
	readonly voiceOf: (name: string) => string | undefined;
	/** Friendly names. */
	readonly voices: readonly string[];
	/** Of one sentence. */
	readonly maxCharacters: number;
	/** Calls at once before the service says more. */
	readonly concurrency: number;
	readonly price: number | null;
	/** Rates and pitches that it cannot do. */
	readonly checkFactors: (request: VoiceRequest) => VoiceProblem | null;
	/** Asks once. `job.voice` is the service's own name. */
	readonly ask: (job: CloudJob, lanes: Lanes) => Promise<Heard>;
};

/** What all services have in common: checks before a call, few calls at once, one shape of sound after it. */
export const openCloudVoice = (service: CloudService): VoiceProvider => {
	const lanes = openLanes(service.concurrency);
	const closing = new AbortController();
	const { signal } = closing;
	// A key or an account that was refused once is not tried for every other sentence.
	let stopped: VoiceProblem | null = null;
	const say = async (request: VoiceRequest, voice: string): Promise<VoiceResult> => {
		if (signal.aborted) return { ok: false, problem: unsent(closedVoice(service.title)) };
		if (stopped !== null) return { ok: false, problem: stopped };
		const heard = await service.ask({ ...request, voice, signal }, lanes);
		if (heard.ok) return resultOf(service, request, heard);
		const { code } = heard.problem;
		if (code === 'RF4223' || code === 'RF4224') stopped = heard.problem;
		return heard;
	};
	return {
		id: service.id,
		async synthesize(request) {
			const voice = service.voiceOf(request.voice);
			if (voice === undefined) return { ok: false, problem: unknownVoice(service, request.voice) };
			const problem = checkSentence(service, request) ?? service.checkFactors(request);
			return problem === null ? lanes.run(() => say(request, voice)) : { ok: false, problem };
		},
		async close() {
			closing.abort();
		},
	};
};

/** To the millionth. */
export const dollars = (amount: number): number => Number(amount.toFixed(6));

const unsent = ({ unclear: _, ...problem }: VoiceProblem): VoiceProblem => problem;

const resultOf = (service: CloudService, request: VoiceRequest, heard: Heard & { readonly ok: true }): VoiceResult => {
	const spans = heard.spans ?? estimateSpans(heard.pcm, request.words);
	const spoken = trimSpeech(heard.pcm, request.words, spans);
	if (spoken === null) return { ok: false, problem: brokenAnswer(service, 'its file is silent') };
	const cost = service.price === null ? null : dollars(service.price * (heard.characters ?? [...request.text].length));
	return { ok: true, spoken, cost };
};

/** A friendly name, or one of the service's own as `own` describes it. */
export const voiceIn = (friendly: Readonly<Record<string, string>>, own: RegExp, name: string): string | undefined => {
	if (Object.hasOwn(friendly, name)) return friendly[name];
	return own.test(name) ? name : undefined;
};

export const unknownVoice = ({ title, voices }: Pick<CloudService, 'title' | 'voices'>, name: string): VoiceProblem => ({
	code: 'RF4220',
	summary: `${title} has no voice called "${name}"`,
	hint: `${hintForName(name, voices)} Or give the id of a voice of yours`,
});

/** A problem with a sentence that no call is needed to see. */
export const checkSentence = (
	{ title, maxCharacters }: Pick<CloudService, 'title' | 'maxCharacters'>,
	{ text, words }: { readonly text: string; readonly words: readonly ScriptWord[] },
): VoiceProblem | null => {
	if (!words.some(({ spoken }) => spoken.trim() !== ''))
		return { code: 'RF4221', summary: 'a sentence has nothing to say', hint: 'write words in it, or leave it out' };
	const length = [...text].length;
	if (length <= maxCharacters) return null;
	return {
		code: 'RF4221',
		summary: `a sentence of ${length} characters is too long for ${title}`,
		hint: `split it: a sentence may have ${maxCharacters} characters`,
	};
};

/** A factor that a service can do, from `least` to `most`; null if so. */
export const checkFactor = (what: string, value: number, [least, most]: readonly [least: number, most: number]): VoiceProblem | null =>
	value >= least - 1e-9 && value <= most + 1e-9
		? null
		: { code: 'RF4221', summary: `${what} cannot be ${Number(value.toFixed(3))}`, hint: `use a factor between ${least} and ${most}` };

/** A sound that is played faster or slower, and so higher or lower: how a service that knows no pitch gets one. */
export const playedAt = (pcm: Pcm, factor: number): Pcm => ({ ...pcm, sampleRate: Math.round(pcm.sampleRate * factor) });
