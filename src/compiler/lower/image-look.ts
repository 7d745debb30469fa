import type { ImageLayer, KenBurns } from '../../model/campaign-spec.gen.ts';
import type { Box, Drawing, Point, Track } from '../../model/drawing.ts';
import { toFraction } from '../../model/units.ts';
import type { SpecPath } from '../checked-spec.ts';
import { fromOklch, oklchOf } from '../design/color.ts';
import { round2 } from '../design/geometry.ts';
import { type Roles, resolveColor, type Theme } from '../design/theme.ts';
import { type ActiveLayer, type SceneContext, unknownColor } from './scene-context.ts';

/** What a layer says of a picture beside where it stands. Nothing that is not written is in it. */
export type ImageLook = Pick<Extract<Drawing, { type: 'image' }>, 'focus' | 'drift' | 'duotone'>;

export const imageLook = (context: SceneContext, active: ActiveLayer<ImageLayer>, { box, roles }: Seen): ImageLook => {
	const { focus, kenBurns, duotone } = active.layer;
	return {
		...(focus === undefined ? {} : { focus: focusPoint(focus) }),
		...(kenBurns === undefined ? {} : { drift: driftTracks(context, active, { kenBurns, box }) }),
		...(duotone === undefined || duotone === false
			? {}
			: { duotone: inks(context, { duotone, roles, path: [...active.path, 'duotone'] }) }),
	};
};

type Seen = { readonly box: Box; readonly roles: Roles };

/** Corners of a picture inside of `box`: a circle rounds by half, `rounded` by more than moods do. */
export const maskRadius = ({ mask }: ImageLayer, box: Box, { own, u }: { readonly own: number; readonly u: number }): number => {
	if (mask === undefined) return own;
	if (mask === 'none') return 0;
	return mask === 'circle' ? Math.min(box.width, box.height) / 2 : Math.max(own, ROUNDED * u);
};

/** u. */
const ROUNDED = 4;

/** The largest square in the middle of a box, for a picture that is cut to a circle. */
export const squareIn = ({ x, y, width, height }: Box): Box => {
	const side = Math.min(width, height);
	return { x: x + (width - side) / 2, y: y + (height - side) / 2, width: side, height: side };
};

/** In percent of the picture. */
const focusPoint = (focus: NonNullable<ImageLayer['focus']>): Point => {
	if (typeof focus === 'object') return { x: round2(toFraction(focus.x) * 100), y: round2(toFraction(focus.y) * 100) };
	return {
		x: focus.endsWith('left') ? 0 : focus.endsWith('right') ? 100 : 50,
		y: focus.startsWith('top') ? 0 : focus.startsWith('bottom') ? 100 : 50,
	};
};

/** u per second at which the edge of a picture may move: faster than that is no longer calm. */
const FASTEST = 2;

type Panned = { readonly kenBurns: KenBurns; readonly box: Box };

/**
 * Evenly from the layer's first frame to its last. A pan goes as far as the picture hangs over its box, so that an edge is never seen. What would be too
 * fast for its time goes less far, and is reported.
 */
const driftTracks = (context: SceneContext, active: ActiveLayer<ImageLayer>, { kenBurns, box }: Panned): readonly Track[] => {
	const { direction } = kenBurns;
	const from = kenBurns.from ?? (direction === undefined ? 1 : PAN_ZOOM);
	const wished = kenBurns.to ?? (direction === undefined ? 1.08 : from);
	const reach = (FASTEST * context.frame.u * (active.until - active.from)) / context.fps;
	const half = Math.max(box.width, box.height) / 2;
	const most = reach / half;
	const to = from + Math.min(most, Math.max(-most, wished - from));
	if (kenBurns.to !== undefined && Math.abs(to - wished) > 0.002) reportHaste(context, active, wished);
	const span = { start: active.from, end: active.until, easing: 'linear' } as const;
	const spare = (scale: number): number => {
		const length = direction === 'left' || direction === 'right' ? box.width : box.height;
		return Math.min(((scale - 1) * length) / 2, reach / 2);
	};
	const sign = direction === 'left' || direction === 'up' ? 1 : -1;
	const axis = direction === 'left' || direction === 'right' ? 'x' : 'y';
	const pan: readonly Track[] =
		direction === undefined ? [] : [{ property: axis, from: round2(sign * spare(from)), to: round2(-sign * spare(to)), ...span }];
	return [{ property: 'scale', from: round4(from), to: round4(to), ...span }, ...pan];
};

/** Scale at which a picture that only pans hangs over its box. */
const PAN_ZOOM = 1.12;

const round4 = (value: number): number => Math.round(value * 10_000) / 10_000;

const reportHaste = ({ report, request }: SceneContext, { path }: ActiveLayer, wished: number): void =>
	report({
		code: 'RF3041',
		severity: 'warning',
		summary: `the picture is on screen too briefly to move to ${wished}`,
		range: request.checked.rangeOf([...path, 'kenBurns']),
		hint: 'it goes less far: choose a `to` nearer to `from`, or show it longer',
	});

type Inked = { readonly duotone: NonNullable<ImageLayer['duotone']>; readonly roles: Roles; readonly path: SpecPath };

/** What is written, or the brand's hue from its deepest shade to its lightest. */
const inks = (context: SceneContext, { duotone, roles, path }: Inked): readonly [string, string] => {
	const own = brandInks(context.theme);
	if (typeof duotone === 'boolean') return own;
	const ink = (index: 0 | 1): string => {
		const written = duotone[index];
		if (written === undefined) return own[index];
		const color = resolveColor(written, context.theme, roles);
		if (color === null) context.report(unknownColor(context.request, [...path, index], written));
		return color ?? own[index];
	};
	return [ink(0), ink(1)];
};

const brandInks = ({ palette }: Theme): readonly [string, string] => {
	const { c, h } = oklchOf(palette.primary);
	return [fromOklch({ l: 0.22, c: Math.min(c, 0.1), h }), fromOklch({ l: 0.95, c: Math.min(c, 0.035), h })];
};
