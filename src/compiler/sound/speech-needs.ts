import type { VoiceRef } from '../../model/audio.ts';
import type { Voiceover } from '../../model/campaign-spec.gen.ts';
import type { RowValues } from '../../model/recipient.ts';
import { voiceWith } from '../../model/sentence-key.ts';
import type { ScriptWord } from '../../model/sound.ts';
import type { Inputs } from '../../ports/inputs.ts';
import type { CheckedSpec, SpecPath } from '../checked-spec.ts';
import type { Audience } from '../compile-campaign.ts';
import { expand } from '../expand.ts';
import { shownScenes } from '../fit-cell.ts';
import { makeDecisions } from '../narrative-decisions.ts';
import type { PlainScene } from '../resolve-scene.ts';
import { captionWishes, showsCaptions } from './caption-settings.ts';
import { makeSpeaker, sentencesOf, type VoiceFiller, voiceFillerOf } from './speak.ts';

/** A sentence that outputs say. */
export type SpeechNeed = {
	/** `sentenceKey` of `voice` and the words. */
	readonly key: string;
	/** With the prosody of the sentence. */
	readonly voice: VoiceRef;
	readonly text: string;
	readonly words: readonly ScriptWord[];
	/** How many times outputs say it, scenes that are left out for lack of time included. */
	readonly count: number;
	/** Whether the length of a scene, its captions or the caption files hang on it: then it has to be said before a plan is made. */
	readonly needed: boolean;
	/** The voice-over that says it first. */
	readonly place: SpecPath;
};

/**
 * The distinct sentences of an audience, in the order in which outputs first say them. What data cannot fill, and scripts that cannot be read, are left out:
 * compiling reports them. Without recipients: what all have in common.
 */
export const speechNeeds = (
	checked: CheckedSpec,
	audience: Pick<Audience, 'recipients' | 'values'>,
	inputs: Pick<Inputs, 'voices'> = {},
): readonly SpeechNeed[] => {
	const speak = makeSpeaker(checked.spec);
	const decide = makeDecisions(checked.spec);
	const classes = new Map<string, readonly Said[]>();
	const needs = new Map<string, SpeechNeed>();
	for (const values of audience.recipients?.map((recipient) => recipient.values) ?? [audience.values]) {
		const decisions = values === null ? '' : decide(values);
		const said = classes.get(decisions) ?? saidTo(checked, values);
		classes.set(decisions, said);
		for (const { filler, count, needed, place } of said) {
			const spoken = speak({ filler, values, inputs });
			if (!spoken.ok || spoken.speech === null) continue;
			const { voice, parts, keys } = spoken.speech;
			for (const [index, { text, words, prosody }] of sentencesOf(parts).entries()) {
				const key = keys[index]!;
				const known = needs.get(key);
				needs.set(key, {
					...{ key, voice: voiceWith(voice, prosody), text, words },
					count: (known?.count ?? 0) + count,
					needed: needed || (known?.needed ?? false),
					place: known?.place ?? place,
				});
			}
		}
	}
	return [...needs.values()];
};

/** A voice-over of so many scenes of so many cells. */
type Said = { readonly filler: VoiceFiller; readonly count: number; readonly needed: boolean; readonly place: SpecPath };

const saidTo = (checked: CheckedSpec, values: RowValues | null): readonly Said[] => {
	const { files } = captionWishes(checked.spec);
	const expanded = expand(checked, { draft: false });
	const found = new Map<string, Said>();
	for (const cell of expanded.ok ? expanded.value : []) {
		for (const { scene, path, sourceOf } of shownScenes(checked, cell, values)) {
			const { voiceover } = scene;
			if (voiceover === undefined) continue;
			const key = JSON.stringify(voiceover);
			const known = found.get(key);
			found.set(key, {
				filler: known?.filler ?? fillerOf(voiceover),
				count: (known?.count ?? 0) + 1,
				needed: files || isNeeded(scene) || (known?.needed ?? false),
				place: known?.place ?? sourceOf([...path, 'voiceover']),
			});
		}
	}
	return [...found.values()];
};

const fillerOf = (voiceover: Voiceover): VoiceFiller => voiceFillerOf(voiceover)!;

/** A scene of fixed length without captions looks the same whatever is said: its voice is only checked against it. */
const isNeeded = ({ duration, layers }: PlainScene): boolean =>
	duration === 'auto' || duration === undefined || typeof duration === 'object' || showsCaptions(layers);
