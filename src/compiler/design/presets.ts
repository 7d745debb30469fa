import type { Motion } from '../../model/campaign-spec.gen.ts';
import type { Easing } from '../../model/drawing.ts';
import { unreachable } from '../../model/unreachable.ts';
import type { Entrance, Side } from './mood.ts';

/** u that a slide travels. */
const SLIDE_TRAVEL = 14;
/** u that a rise travels in a mood whose own entrance does not. */
const RISE_TRAVEL = 4;
/** Seconds a letter, and a word. */
const A_LETTER = 0.035;
const A_WORD = 0.09;
const WORD_SECONDS = 0.3;

/** The entrance that a layer asks for, on the mood's own: what the layer leaves out, the mood says. */
export const entranceFor = (own: Entrance, motion: Motion | undefined): Entrance => {
	if (motion === undefined) return own;
	const { enter, stagger, easing, duration } = motion;
	const base = enter === undefined ? own : presetEntrance(own, enter);
	const isPieced = base.kind === 'words' || base.kind === 'typewriter';
	return {
		...base,
		...(stagger === undefined ? {} : { stagger }),
		...(easing === undefined ? {} : { easing: easingOf(easing) }),
		...(duration === undefined ? {} : isPieced ? { within: duration } : { seconds: duration }),
	};
};

/** GSAP has two names for the straight line. */
const easingOf = (easing: NonNullable<Motion['easing']>): Easing => (easing === 'none' ? 'linear' : easing);

/** Curves that swing past their end suit what moves, and letters that blink do not. */
const presetEntrance = (own: Entrance, enter: NonNullable<Motion['enter']>): Entrance => {
	if (typeof enter === 'object') return { ...own, kind: 'slide', travel: SLIDE_TRAVEL, from: enter.from ?? 'left' };
	switch (enter) {
		case 'none':
			return { ...own, kind: 'none' };
		case 'fade':
			return { ...own, kind: 'fade', easing: 'power2.out', travel: 0 };
		case 'fade-up':
			return { ...own, kind: 'rise', travel: own.travel > 0 ? own.travel : RISE_TRAVEL };
		case 'slide':
			return { ...own, kind: 'slide', travel: SLIDE_TRAVEL, from: 'left' };
		case 'scale':
			return { ...own, kind: own.kind === 'slam' ? 'slam' : 'pop' };
		case 'mask-reveal':
			return { ...own, kind: own.kind === 'wipe' ? 'wipe' : 'mask' };
		case 'typewriter':
			return { ...own, kind: 'typewriter', easing: 'linear', stagger: A_LETTER };
		case 'word-by-word':
			return { ...own, kind: 'words', easing: 'power2.out', seconds: WORD_SECONDS, stagger: A_WORD };
		case 'count-up':
			return own;
		default:
			return unreachable(enter);
	}
};

export type ExitKind = 'fade' | 'rise' | 'slide' | 'scale' | 'mask';

/** `to` is the side that a slide leaves to. */
export type Exit = { readonly kind: ExitKind; readonly to: Side };

/** The exit that a layer asks for; null for none. */
export const exitOf = (exit: NonNullable<Motion['exit']>): Exit | null => {
	if (typeof exit === 'object') return { kind: 'slide', to: exit.to ?? 'left' };
	switch (exit) {
		case 'none':
			return null;
		case 'fade':
		case 'slide':
		case 'scale':
			return { kind: exit, to: 'left' };
		case 'fade-up':
			return { kind: 'rise', to: 'up' };
		case 'mask-reveal':
			return { kind: 'mask', to: 'up' };
		default:
			return unreachable(exit);
	}
};
