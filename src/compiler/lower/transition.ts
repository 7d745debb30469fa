import type { Brand, Transition } from '../../model/campaign-spec.gen.ts';
import type { Cell } from '../../model/cell.ts';
import type { Easing } from '../../model/drawing.ts';
import type { SceneTransition } from '../../model/timeline.ts';
import type { TransitionEffect } from '../../model/transitions.ts';
import { toFrames, toSeconds } from '../../model/units.ts';
import { parseColor } from '../design/color.ts';
import type { Mood } from '../design/mood.ts';
import { moodOf } from '../design/moods.ts';
import { recipeColor, resolveColor, rolesOn, type Theme, theme } from '../design/theme.ts';

/** What a transition may depend on besides what the spec says of it. */
export type TransitionPlace = { readonly cell: Cell; readonly brand: Brand | null };

type Written = Exclude<Transition, string>;

/** A transition as the spec writes it, in frames; null is a cut. Unknown colours are black: the rules have reported them. */
export const lowerTransition = (transition: Transition | undefined, { cell, brand }: TransitionPlace): SceneTransition | null => {
	const written = transition === undefined ? null : typeof transition === 'string' ? fromName(transition) : transition;
	if (written === null || written.type === 'cut') return null;
	const mood = moodOf(cell.mood);
	const seconds = written.duration === undefined ? mood.motion.transitionSeconds : toSeconds(written.duration);
	return {
		...effectOf(written, mood, brand),
		frames: Math.max(1, toFrames(seconds, cell.platform.canvas.fps)),
		easing: easingOf(written.type, mood),
	};
};

/** `push-up` is a push upwards. */
const fromName = (name: Extract<Transition, string>): Written => {
	const [type, direction] = name.split('-');
	return { type, ...(direction === undefined ? {} : { direction }) } as Written;
};

const effectOf = (written: Exclude<Written, { type: 'cut' }>, mood: Mood, brand: Brand | null): TransitionEffect => {
	switch (written.type) {
		case 'crossfade':
		case 'zoom':
		case 'iris':
			return { type: written.type };
		case 'slide':
		case 'wipe':
		case 'push':
			return { type: written.type, direction: written.direction ?? 'left' };
		case 'fade':
			return { type: 'fade', color: washColor(written.color ?? 'background', mood, brand) };
	}
};

const washColor = (written: string, mood: Mood, brand: Brand | null): string => {
	const read = (color: string | undefined): string | undefined => (color === undefined ? undefined : (parseColor(color) ?? undefined));
	const made: Theme = theme(mood, { primary: read(brand?.colors?.primary), accent: read(brand?.colors?.accent) });
	const grounds = mood.colors.grounds[0]!.colors.map((recipe) => recipeColor(recipe, made.palette));
	return resolveColor(written, made, rolesOn(made, grounds)) ?? '#000000';
};

/**
 * Whole pictures start and stop gently: a curve that is at its fastest in the first frame, as texts have it, would read as a cut.
 * Moods whose texts come in sharply have the steeper one, and none swings past its end: it would uncover what lies behind.
 */
const easingOf = (type: TransitionEffect['type'], { motion }: Mood): Easing => {
	if (type === 'crossfade') return 'linear';
	if (type === 'fade') return 'sine.inOut';
	return /^(?:expo|power4|back)/.test(motion.display.easing) ? 'power3.inOut' : 'power2.inOut';
};
