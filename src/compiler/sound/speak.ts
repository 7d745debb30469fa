import { placeSentences } from '../../audio/voice/place-sentences.ts';
import type { ParsedScript } from '../../audio/voice/script-problem.ts';
import type { Code } from '../../diagnostics/codes.ts';
import type { VoiceRef } from '../../model/audio.ts';
import type { CampaignSpec, Voiceover } from '../../model/campaign-spec.gen.ts';
import type { AssetRef } from '../../model/drawing.ts';
import type { FieldPath, RowValues } from '../../model/recipient.ts';
import { sentenceKey, voiceWith } from '../../model/sentence-key.ts';
import type { ScriptPart, WordTiming } from '../../model/sound.ts';
import type { Inputs } from '../../ports/inputs.ts';
import { boundedMap } from '../bounded-map.ts';
import type { SpecPath } from '../checked-spec.ts';
import { type Filler, makeVoiceFiller } from '../template/fill-scene.ts';
import { partsOf, settingsOf, type VoiceSettings, voiceOf } from './voiceover.ts';

export type Sentence = Extract<ScriptPart, { kind: 'sentence' }>;

/** What is said in a scene. There is at least one sentence. */
export type SceneSpeech = {
	readonly voice: VoiceRef;
	readonly parts: readonly ScriptPart[];
	/** One for each sentence of `parts`. */
	readonly keys: readonly string[];
	/** The sound of each sentence where it has to be kept. */
	readonly assets: readonly (AssetRef | null)[];
	/** Seconds behind the transition into the scene. */
	readonly delay: number;
	readonly gain: number;
	/** Null while some sentence has not been said yet. Seconds from the start of the voice. */
	readonly heard: { readonly seconds: number; readonly words: readonly WordTiming[] } | null;
};

/** Why nothing can be said. `path` begins at the scene; `piece` is the part of the text that is to blame. */
export type VoiceFault = {
	readonly path: SpecPath;
	readonly piece: string | null;
	readonly field: FieldPath | null;
	readonly code: Code;
	readonly summary: string;
	readonly hint: string;
};

/** Null speech: there is nothing to say. */
export type Spoken =
	| { readonly ok: true; readonly speech: SceneSpeech | null }
	| { readonly ok: false; readonly faults: readonly VoiceFault[] };

export type VoiceFiller = Filler<'voiceover', Voiceover>;

export const voiceFillerOf = (voiceover: Voiceover | undefined): VoiceFiller | null =>
	voiceover === undefined ? null : makeVoiceFiller(voiceover);

/** A voice-over, and whom it is for. */
export type SpeakRequest = {
	readonly filler: VoiceFiller;
	readonly values: RowValues | null;
	readonly inputs: Pick<Inputs, 'speech' | 'voices'>;
};

export type Speaker = (request: SpeakRequest) => Spoken;

/** Scripts that are remembered: each is read once for the cells of some recipients. */
const MAX_SCRIPTS = 4_000;

type Script = { readonly settings: VoiceSettings; readonly parsed: ParsedScript };

/** What is said for a viewer: templates filled, the script read, and each sentence named. */
export const makeSpeaker = (spec: Pick<CampaignSpec, 'assets'>): Speaker => {
	const scripts = boundedMap<Script>(MAX_SCRIPTS);
	return ({ filler, values, inputs }) => {
		const filled = filler.fill(values ?? {});
		if (!filled.ok) return { ok: false, faults: filled.problems.map((problem) => ({ piece: null, ...problem })) };
		const { settings, parsed } = scripts.get(JSON.stringify(filled.voiceover), () => {
			const written = settingsOf(filled.voiceover);
			return { settings: written, parsed: partsOf(written) };
		});
		if (!parsed.ok) {
			const [field = null] = filler.fields;
			const path = settings.key === null ? ['voiceover'] : ['voiceover', settings.key];
			return {
				ok: false,
				faults: parsed.problems.map(({ start, end, ...rest }) => ({ path, field, piece: settings.text.slice(start, end), ...rest })),
			};
		}
		return { ok: true, speech: speechOf(parsed.parts, settings, { voice: voiceOf(spec, settings, inputs.voices), speech: inputs.speech }) };
	};
};

type Said = { readonly voice: VoiceRef; readonly speech: Inputs['speech'] };

const speechOf = (parts: readonly ScriptPart[], { delay, gain }: VoiceSettings, { voice, speech }: Said): SceneSpeech | null => {
	const sentences = sentencesOf(parts);
	if (sentences.length === 0) return null;
	const keys = sentences.map((sentence) => keyOf(voice, sentence));
	const facts = keys.map((key) => speech?.get(key) ?? null);
	const known = facts.filter((one) => one !== null);
	const placed = known.length < facts.length ? null : placeSentences(parts, known);
	return {
		voice,
		parts,
		keys,
		assets: facts.map((one) => one?.asset ?? null),
		delay,
		gain,
		heard: placed && { seconds: placed.seconds, words: placed.words },
	};
};

export const sentencesOf = (parts: readonly ScriptPart[]): readonly Sentence[] => parts.filter((part) => part.kind === 'sentence');

/** The name of a sentence as its voice says it, prosody included. */
export const keyOf = (voice: VoiceRef, sentence: Sentence): string => sentenceKey(voiceWith(voice, sentence.prosody), sentence);
