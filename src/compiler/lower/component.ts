import type { ComponentLayer } from '../../model/campaign-spec.gen.ts';
import { axesOf } from '../../model/cell.ts';
import type { ComponentAxes, ComponentFace, ComponentTokens } from '../../model/component.ts';
import type { Box, Drawing } from '../../model/drawing.ts';
import type { ComponentFacts } from '../../model/inputs.ts';
import { round2, roundBox } from '../design/geometry.ts';
import type { TypeStyle } from '../design/mood.ts';
import type { Measured } from '../design/stack.ts';
import type { Roles } from '../design/theme.ts';
import type { DrawnPart } from './draw-parts.ts';
import type { ActiveLayer, SceneContext } from './scene-context.ts';
import { faceOf } from './text.ts';
import { broughtIn, timed } from './timing.ts';

export const isComponent = (active: ActiveLayer): active is ActiveLayer<ComponentLayer> => 'component' in active.layer;

/** The component's code, or null when it could not be built: that has been reported. */
export const componentFacts = ({ request }: SceneContext, { layer }: ActiveLayer<ComponentLayer>): ComponentFacts | null =>
	request.inputs.components?.get(layer.component) ?? null;

/** A component has no size of its own: in a column it is this many times as tall as wide, and gives way to words. */
const RATIO = { portrait: 1, square: 0.7, landscape: 0.62 } as const;

/** Height that a component would like at a width. In a box that was written it takes all of it. */
export const wishedHeight = ({ frame }: SceneContext, { layer }: ActiveLayer<ComponentLayer>, width: number): number =>
	typeof layer.at === 'object' ? Math.max(frame.width, frame.height) : width * RATIO[frame.aspect];

export const measureComponent = (width: number, height: number): Measured<null> => ({
	width,
	height,
	overhang: 0,
	typeSize: null,
	fitted: null,
});

/** A component without a place has the whole canvas, one with `at: full` the whole safe area. Neither stands in a stack. */
export const isSpread = (active: ActiveLayer): boolean =>
	isComponent(active) && (active.layer.at === undefined || active.layer.at === 'full');

const spreadBox = ({ frame }: SceneContext, { layer }: ActiveLayer): Box =>
	layer.at === 'full' ? frame.safe : { x: 0, y: 0, width: frame.width, height: frame.height };

export type DrawnComponent = { readonly active: ActiveLayer<ComponentLayer>; readonly facts: ComponentFacts; readonly box: Box };

/** The components that stand in no stack, at their places among the layers. */
export const spreadComponents = (context: SceneContext, roles: Roles): readonly DrawnPart[] =>
	context.layers.flatMap((layer, order) => {
		if (!isComponent(layer) || !isSpread(layer)) return [];
		const facts = componentFacts(context, layer);
		if (facts === null) return [];
		const { image } = context.mood.motion;
		const drawing = broughtIn(
			context,
			layer,
			drawComponent(context, { active: layer, facts, box: spreadBox(context, layer) }, roles),
			image,
		);
		return [{ order, timed: timed(context, layer, drawing, image), read: null }];
	});

/** A component moves by itself, so the mood adds nothing to how it comes in. Its clock starts when its layer is first seen. */
export const drawComponent = (context: SceneContext, { active, facts, box }: DrawnComponent, roles: Roles): Drawing => ({
	type: 'component',
	box: roundBox(box),
	tracks: [],
	code: facts.code,
	props: active.layer.props ?? {},
	axes: declaredAxes(context, active.layer),
	theme: tokensOf(context, roles),
	start: active.from,
	frames: active.until - active.from,
});

/** What the layer declares and nothing else: an axis that is not here is not in the key either. */
const declaredAxes = ({ request }: SceneContext, { uses = [] }: ComponentLayer): ComponentAxes => {
	const axes = axesOf(request.cell);
	return Object.fromEntries([...uses].sort().map((axis) => [axis, axes[axis]]));
};

const tokensOf = (context: SceneContext, roles: Roles): ComponentTokens => {
	const { mood, frame } = context;
	const { background, surface, ink, muted, accent, accentInk, onAccent } = roles;
	return {
		colors: { background, surface, ink, muted, accent, accentInk, onAccent },
		faces: {
			heading: face(context, mood.type.headline),
			body: face(context, mood.type.body),
			strong: face(context, { ...mood.type.body, weight: 700 }),
		},
		u: round2(frame.u),
		margin: round2(mood.margin * frame.u),
		radius: round2(mood.shape.imageRadius * frame.u),
	};
};

const face = (context: SceneContext, style: TypeStyle): ComponentFace => {
	const { family, weight } = faceOf(context, style);
	return { family, weight };
};
