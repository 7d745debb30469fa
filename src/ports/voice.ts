import type { Code } from '../diagnostics/codes.ts';
import type { ScriptWord, SpokenSentence } from '../model/sound.ts';
import type { ProviderProblem } from './asset-provider.ts';

/** One sentence to be said. */
export type VoiceRequest = {
	/** What a reader sees. A provider that reads numbers and abbreviations by itself says this. */
	readonly text: string;
	/** The same words one by one, with what is said for each: for a provider that does not. Joined by spaces their texts are `text`. */
	readonly words: readonly ScriptWord[];
	/** As the spec names it: a friendly name that every provider maps (`professional-male-1`), or one of the provider's own. */
	readonly voice: string;
	/** Factors on the voice's own rate and pitch, 0.5 to 2. */
	readonly rate: number;
	readonly pitch: number;
};

/** Why a sentence has no sound. Plain data. */
export type VoiceProblem = {
	readonly code: Code;
	readonly summary: string;
	readonly hint: string;
	/** `lasting` when left out. */
	readonly kind?: ProviderProblem['kind'];
	/** The sentence was sent, and may have been charged for. */
	readonly unclear?: true;
};

export type VoiceResult =
	| {
			readonly ok: true;
			readonly spoken: SpokenSentence;
			/** US dollars; null where nobody says. Left out by voices that cost nothing. */
			readonly cost?: number | null;
	  }
	| { readonly ok: false; readonly problem: VoiceProblem };

/** Says sentences. */
export type VoiceProvider = {
	readonly id: string;
	/**
	 * The sound, and one timing for each word of the request, in their order, each as the request writes it: starts rise, no word ends before it starts or
	 * after the sound does. Silence before the first and after the last word is 0.05 s. The same request gives the same sound where the provider is
	 * deterministic. Never rejects.
	 */
	synthesize(request: VoiceRequest): Promise<VoiceResult>;
	/** Ends what the provider keeps open. A request that is under way has a problem as its result. Safe to call twice. */
	close(): Promise<void>;
};
