import { type AudioKey, type AudioMessage, type AudioToolchain, audioKey } from '../../model/audio.ts';
import type { PlannedMix, PlanSummary } from '../../model/render-plan.ts';
import { makeFingerprintTable } from '../fingerprint-set.ts';
import { NO_SOUND } from '../share.ts';
import { sentencesIn } from './plan-mixes.ts';

/** A mix as it is told when the first output that plays it is planned: who else will is not known yet. */
export type StreamedMix = Pick<PlannedMix, 'key' | 'seconds' | 'action'>;

export type MixGround = {
	readonly audioToolchain?: AudioToolchain;
	/** Mixes that the store holds, and sentences that are said already. None when left out. */
	readonly mixed?: { has(key: AudioKey): boolean };
	readonly said?: { has(sentence: string): boolean };
};

export type MixCounts = {
	/** Counts what one output plays. `isFirst` when no output before it did. */
	readonly add: (message: AudioMessage) => { readonly mix: StreamedMix; readonly isFirst: boolean };
	/** As an exact plan has them; nothing while nothing is heard. */
	readonly summary: () => Pick<PlanSummary, 'mixes' | 'sentences'>;
};

/** The mixes of any number of outputs, with a few bytes for each distinct mix and sentence. */
export const openMixCounts = ({ audioToolchain = NO_SOUND, mixed, said }: MixGround): MixCounts => {
	const [seen, spoken, missing] = [makeFingerprintTable(), makeFingerprintTable(), makeFingerprintTable()];
	// Recipients who hear the same have one message.
	const known = new WeakMap<AudioMessage, ReturnType<typeof read>>();
	const read = (message: AudioMessage) => {
		const key = audioKey(message, audioToolchain);
		const mix: StreamedMix = { key, seconds: message.frames / message.fps, action: mixed?.has(key) ? 'reuse' : 'render' };
		return { mix, sentencesInside: sentencesIn(message) };
	};
	const tally = { total: 0, unique: 0, reused: 0, toRender: 0 };
	let sentences = 0;
	return {
		add(message) {
			const heard = known.get(message) ?? read(message);
			known.set(message, heard);
			const { mix, sentencesInside } = heard;
			tally.total++;
			sentences += sentencesInside.length;
			const isFirst = seen.put(mix.key, 0) === undefined;
			if (!isFirst) return { mix, isFirst };
			tally.unique++;
			tally[mix.action === 'reuse' ? 'reused' : 'toRender']++;
			for (const { key, isKept } of sentencesInside) {
				spoken.put(key, 0);
				if (mix.action === 'render' && !isKept && !(said?.has(key) ?? false)) missing.put(key, 0);
			}
			return { mix, isFirst };
		},
		summary: () => ({
			...(tally.total === 0 ? {} : { mixes: { ...tally } }),
			...(sentences === 0 ? {} : { sentences: { total: sentences, distinct: spoken.size, toSynthesize: missing.size } }),
		}),
	};
};
