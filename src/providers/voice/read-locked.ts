import type { LockedSentence } from '../../model/asset-lock.ts';
import type { VoiceProblem } from '../../ports/voice.ts';
import { CLOUD, type CloudName } from './services.ts';
import type { KeptSentence } from './voice-cache.ts';

export type PaidSentence = {
	readonly key: string;
	readonly text: string;
	readonly provider: CloudName;
	/** What the cache has of it. */
	readonly kept: KeptSentence | null;
	readonly lock?: ReadonlyMap<string, LockedSentence>;
	readonly allowPaid: boolean;
};

/**
 * A paid sentence without paying: what is kept, if it is what the lockfile says. Null if it is to be bought; a problem if it may not be. Where it may be bought,
 * what is kept is good enough whatever the lockfile says: it was paid for.
 */
export const readLocked = ({
	key,
	text,
	provider,
	kept,
	lock,
	allowPaid,
}: PaidSentence): KeptSentence | null | { readonly problem: VoiceProblem } => {
	if (allowPaid) return kept;
	const locked = lock?.get(key);
	const { title } = CLOUD[provider];
	const shown = text.length > 60 ? `${text.slice(0, 57)}...` : text;
	if (lock !== undefined && locked === undefined) return { problem: notResolved(`"${shown}" is not in the lockfile as ${title} says it`) };
	if (kept === null) return { problem: notResolved(`the sound of "${shown}" by ${title} is not on this machine`) };
	if (locked !== undefined && locked.sha256 !== kept.sha256) {
		return {
			problem: {
				code: 'RF4228',
				summary: `the sound of "${shown}" by ${title} is another one than the lockfile names`,
				hint: 'fetch the cache that the lockfile was written with, or run `reelform assets resolve` to write what is kept here into it',
			},
		};
	}
	return kept;
};

const notResolved = (summary: string): VoiceProblem => ({
	code: 'RF4227',
	summary,
	hint: 'run `reelform assets resolve`, which asks the service for what is missing, and costs money',
});

/** What the lockfile says of a sentence. */
export const lockedSentence = ({ sha256, bytes, cost, madeAt, seconds, words }: KeptSentence): LockedSentence => ({
	sha256,
	extension: 'wav',
	bytes,
	cost,
	resolvedAt: madeAt,
	seconds,
	words: words.map(({ text, start, end }) => [text, start, end] as const),
});
