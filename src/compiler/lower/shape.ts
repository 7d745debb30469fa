import type { ShapeLayer } from '../../model/campaign-spec.gen.ts';
import type { Box, Drawing } from '../../model/drawing.ts';
import { round2, roundBox } from '../design/geometry.ts';
import { type Entering, enteringFrames, enterTracks } from '../design/motion.ts';
import type { Measured, Room } from '../design/stack.ts';
import { type Roles, resolveColor } from '../design/theme.ts';
import { type ActiveLayer, type SceneContext, unknownColor } from './scene-context.ts';

/** Length and weight of a line that stands in a stack, in u. */
const LINE_LENGTH = 16;

export const measureLine = ({ frame, mood }: SceneContext, room: Room): Measured<null> => ({
	width: Math.min(room.width, LINE_LENGTH * frame.u),
	height: (mood.shape.rule?.height ?? 0.5) * frame.u,
	overhang: 0,
	typeSize: null,
	fitted: null,
});

export const measureRule = ({ frame, mood }: SceneContext): Measured<null> => ({
	width: (mood.shape.rule?.width ?? 0) * frame.u,
	height: (mood.shape.rule?.height ?? 0) * frame.u,
	overhang: 0,
	typeSize: null,
	fitted: null,
});

/** Panels are the mood's surface, lines its accent, unless the spec says otherwise. */
export const shapeColor = (context: SceneContext, active: ActiveLayer<ShapeLayer>, roles: Roles): string => {
	const { color, shape } = active.layer;
	if (color === undefined) return shape === 'line' ? roles.accent : roles.surface;
	const resolved = resolveColor(color, context.theme, roles);
	if (resolved === null) context.report(unknownColor(context.request, [...active.path, 'color'], color));
	return resolved ?? roles.surface;
};

/** A line that is drawn from its left end. */
export const drawLine = (box: Box, color: string, entering: Entering): Drawing => {
	const whole = roundBox({ ...box, height: Math.max(1, box.height) });
	const { start, fps, entrance, visible } = entering;
	const end = start + enteringFrames(entrance, fps);
	return {
		type: 'rectangle',
		box: whole,
		tracks:
			visible || entrance.kind === 'none'
				? []
				: entering.asked
					? enterTracks(whole, entering)
					: [{ property: 'clip-right', from: 1, to: 0, start, end, easing: 'expo.out' }],
		paint: { type: 'solid', color },
		radius: 0,
	};
};

export type Panel = { readonly active: ActiveLayer<ShapeLayer>; readonly box: Box; readonly color: string };

export const drawPanel = ({ mood, frame }: SceneContext, { active, box, color }: Panel, entering: Entering): Drawing => {
	const whole = roundBox(box);
	const { start, fps, entrance, visible } = entering;
	const end = start + enteringFrames(entrance, fps);
	const drawn = {
		box: whole,
		tracks:
			visible || entrance.kind === 'none'
				? []
				: entering.asked
					? enterTracks(whole, entering)
					: ([{ property: 'opacity', from: 0, to: 1, start, end, easing: 'power2.out' }] as const),
	};
	return active.layer.shape === 'ellipse'
		? { type: 'ellipse', ...drawn, paint: { type: 'solid', color } }
		: { type: 'rectangle', ...drawn, paint: { type: 'solid', color }, radius: round2(mood.shape.panelRadius * frame.u) };
};
