import type { AudioKey, AudioMessage, CaptionPage } from '../../model/audio.ts';
import type { ExecutablePlan, PlannedMix, PlanSummary } from '../../model/render-plan.ts';
import type { Sharing } from '../share.ts';
import { describeSound } from './describe-sound.ts';
import { keyOf, sentencesOf } from './speak.ts';

export type MixContext = {
	/** Keys of the mixes that the store holds. None when left out. */
	readonly mixes?: { has(key: AudioKey): boolean } | undefined;
	/** Sentences that are said already, by key. None when left out. */
	readonly said?: { has(sentence: string): boolean } | undefined;
	readonly previous: ExecutablePlan | null;
};

/** Stage 7 for sound: what is mixed, and why. */
export const planMixes = (sharing: Sharing, context: MixContext): readonly PlannedMix[] => {
	const reasons = explainMixes(sharing, context.previous);
	return [...sharing.mixes.values()].map(({ key, message, uses }): PlannedMix => {
		const reused = context.mixes?.has(key) ?? false;
		const reason = reused ? 'in the store' : (reasons.get(key) ?? 'new');
		return { key, seconds: message.frames / message.fps, uses, action: reused ? 'reuse' : 'render', reason };
	});
};

/** What a plan says of sound in its sums; nothing for a campaign without any. */
export const sumMixes = (
	sharing: Sharing,
	mixes: readonly PlannedMix[],
	{ said }: MixContext,
): Pick<PlanSummary, 'mixes' | 'sentences'> => {
	if (mixes.length === 0) return {};
	const toRender = mixes.filter(({ action }) => action === 'render');
	const total = sharing.outputs.filter(({ audio }) => audio !== null).length;
	const sentences = sumSentences(sharing, new Set(toRender.map(({ key }) => key)), said);
	return {
		mixes: { total, unique: mixes.length, reused: mixes.length - toRender.length, toRender: toRender.length },
		...(sentences.total === 0 ? {} : { sentences }),
	};
};

const sumSentences = (
	{ mixes }: Sharing,
	toMix: ReadonlySet<AudioKey>,
	said: MixContext['said'],
): NonNullable<PlanSummary['sentences']> => {
	let total = 0;
	const distinct = new Set<string>();
	const missing = new Set<string>();
	for (const { key, message, uses } of mixes.values()) {
		for (const sentence of sentencesIn(message)) {
			total += uses;
			distinct.add(sentence.key);
			if (toMix.has(key) && !sentence.isKept && !(said?.has(sentence.key) ?? false)) missing.add(sentence.key);
		}
	}
	return { total, distinct: distinct.size, toSynthesize: missing.size };
};

/** `isKept`: its sound is a file. */
export const sentencesIn = ({ cues }: AudioMessage): readonly { readonly key: string; readonly isKept: boolean }[] =>
	cues.flatMap(({ source }) => {
		if (source.type !== 'speech') return [];
		const kept = source.parts.flatMap((part) => (part.kind === 'sentence' ? [(part.asset ?? null) !== null] : []));
		return sentencesOf(source.parts).map((sentence, index) => ({ key: keyOf(source.voice, sentence), isKept: kept[index] ?? false }));
	});

/** Why each mix that the last render did not have is there: what differs from what the same output sounded like. */
const explainMixes = (sharing: Sharing, previous: ExecutablePlan | null): ReadonlyMap<AudioKey, string> => {
	const reasons = new Map<AudioKey, string>();
	if (previous === null) return reasons;
	const earlier = new Map(previous.plan.outputs.map(({ id, audio }) => [id, audio ?? null]));
	for (const { output, audio } of sharing.outputs) {
		const message = output.sound?.audio ?? null;
		if (audio === null || message === null || reasons.has(audio)) continue;
		const known = previous.sounds ?? {};
		const before = known[earlier.get(output.id) ?? ''];
		if (known[audio] !== undefined) reasons.set(audio, 'missing from the store');
		else if (before !== undefined)
			reasons.set(audio, `changed: ${describeSound(before, message, output.sound?.scenes ?? []) ?? 'toolchain of sound'}`);
	}
	return reasons;
};

/** The messages and captions that an executable plan holds; nothing for a campaign without sound. */
export const soundsOf = (sharing: Sharing): Pick<ExecutablePlan, 'sounds' | 'audioToolchain' | 'captions'> => {
	const captions: Record<string, readonly CaptionPage[]> = {};
	for (const { output } of sharing.outputs) {
		const pages = output.sound?.captions ?? null;
		if (pages !== null) captions[output.id] = pages;
	}
	return {
		...(sharing.mixes.size === 0
			? {}
			: {
					sounds: Object.fromEntries([...sharing.mixes.values()].map(({ key, message }) => [key, message])),
					audioToolchain: sharing.audioToolchain,
				}),
		...(Object.keys(captions).length === 0 ? {} : { captions }),
	};
};
