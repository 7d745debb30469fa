import type { MoodName } from '../../model/campaign-spec.gen.ts';
import type { Mood, StackRole } from './mood.ts';
import { bold } from './moods/bold.ts';
import { calm } from './moods/calm.ts';
import { editorial } from './moods/editorial.ts';
import { minimal } from './moods/minimal.ts';
import { playful } from './moods/playful.ts';
import { sophisticated } from './moods/sophisticated.ts';
import { tech } from './moods/tech.ts';
import { urgent } from './moods/urgent.ts';

const MOODS: Readonly<Record<MoodName, Mood>> = { sophisticated, playful, bold, calm, urgent, minimal, editorial, tech };

export const MOOD_NAMES = Object.keys(MOODS) as readonly MoodName[];

export const moodOf = (name: MoodName): Mood => MOODS[name];

/** Families that a mood sets its text in, display first. */
export const familiesOf = (name: MoodName): readonly string[] => {
	const { display, text, mono } = MOODS[name].families;
	return [...new Set([display, text, ...(mono === undefined ? [] : [mono])])];
};

const DEFAULT_GAP = 3;

/**
 * Gaps in u between the baseline of one role and the cap height of the next: what belongs together is near.
 * A role that is missing in a row gets the row's `rest`.
 */
const GAPS: Readonly<Partial<Record<StackRole, Readonly<Partial<Record<StackRole | 'rest', number>>>>>> = {
	eyebrow: { headline: 4.4, stat: 4.8, quote: 4.8, rest: 3.4 },
	headline: { headline: 6.4, subhead: 6.8, body: 6.8, caption: 6.8, eyebrow: 5.6, cta: 9, image: 8, logo: 8, rest: 6.4 },
	stat: { caption: 6, body: 6, subhead: 6, headline: 6.4, eyebrow: 5.4, cta: 8, rest: 6 },
	quote: { caption: 5.4, cta: 8, image: 7, rest: 6 },
	subhead: { cta: 8, image: 7, headline: 7, stat: 7, rest: 4.4 },
	body: { body: 4, cta: 8, image: 6.6, rest: 4.4 },
	caption: { headline: 7, stat: 8, cta: 7, image: 6.6, rest: 4 },
	cta: { rest: 5.2 },
	logo: { rest: 7.4, eyebrow: 6.4, cta: 8 },
	wordmark: { rest: 8.4, eyebrow: 6.4, cta: 8 },
	image: { rest: 7.4, caption: 4.8 },
	line: { rest: 5 },
	rule: { rest: 5 },
};

/** Distance in u between two neighbours of a stack. */
export const gapBetween = (mood: Mood, upper: StackRole, lower: StackRole): number => {
	const row = GAPS[upper];
	return (row?.[lower] ?? row?.rest ?? DEFAULT_GAP) * mood.air;
};
