import type { ShapeLayer } from '../../model/campaign-spec.gen.ts';
import type { Box, Drawing } from '../../model/drawing.ts';
import type { TimedDrawing } from '../../model/timeline.ts';
import { fromOklch, oklchOf } from '../design/color.ts';
import { growBox, overlap, unionOf } from '../design/geometry.ts';
import { boxOf, type PlacedStack } from '../design/layout.ts';
import { evenVeil, photoGrounds, scrimDrawing } from '../design/scrim.ts';
import { recipeColor } from '../design/theme.ts';
import { type Ground, pickBySceneId } from './background.ts';
import { isBackdrop, isPanel, regionOf } from './build-stacks.ts';
import { decorate, decorColors, groundsWithDecor } from './decor/decorate.ts';
import type { DrawnPart, Stage, Surface } from './draw-parts.ts';
import { quietAround } from './generated-ground.ts';
import { drawFramed, drawFull } from './image.ts';
import type { Part } from './part.ts';
import { type Picture, type PictureLayer, pictureOf } from './picture.ts';
import type { ActiveLayer, SceneContext } from './scene-context.ts';
import { drawPanel, shapeColor } from './shape.ts';
import { broughtIn, curtainFrame, enteringOf, timed } from './timing.ts';

/** Everything behind the words, and what the words therefore stand on. */
export type SetStage = Stage & {
	/** Under every layer of the spec. */
	readonly behind: readonly TimedDrawing[];
	readonly panels: readonly DrawnPart[];
};

type Placed = readonly PlacedStack<Part>[];

export const setStage = (context: SceneContext, ground: Ground, placed: Placed): SetStage => {
	const words = placed.map(({ box }) => box);
	const backdrops = [...backgroundPicture(context), ...context.layers.filter(isBackdrop)].flatMap(
		(active) => pictureOf(context, active) ?? [],
	);
	const bare =
		backdrops.length === 0
			? bareStage(context, ground, words, [...words, ...loosePanels(context, placed)])
			: photoStage(context, ground, { backdrops, words });
	return withPanels(context, bare, placed);
};

/** A background that is a picture is one behind everything, all the time. */
const backgroundPicture = ({ request }: SceneContext): readonly ActiveLayer<PictureLayer>[] => {
	const { background } = request.scene;
	const place = { path: [...request.path, 'background'], from: 0, until: request.frames };
	if (background?.type === 'image') return [{ layer: { image: background.path }, ...place }];
	if (background?.type !== 'video') return [];
	const { path, trim, loop = true, focus } = background;
	const layer = { video: path, loop, ...(trim === undefined ? {} : { trim }), ...(focus === undefined ? {} : { focus }) };
	return [{ layer, ...place }];
};

type BareStage = { readonly grounds: readonly string[]; readonly behind: readonly TimedDrawing[]; readonly ground: Ground };

const still = (context: SceneContext, drawing: Drawing): TimedDrawing => ({ drawing, from: 0, until: context.request.frames });

/** The same noise everywhere: a seed of its own would make every scene a new picture of nothing. */
const GRAIN_SEED = 7;

const grainOver = (context: SceneContext, amount: number): readonly TimedDrawing[] => {
	const { width, height } = context.frame;
	return amount === 0 ? [] : [still(context, { type: 'grain', box: { x: 0, y: 0, width, height }, tracks: [], seed: GRAIN_SEED, amount })];
};

const textureOf = (context: SceneContext, { texture }: Ground, words: readonly Box[]): readonly TimedDrawing[] =>
	texture === null ? [] : [still(context, quietAround(texture, unionOf(words), context.frame.u))];

/** Grain over what runs smoothly from colour to colour in a mood without any: 8-bit video shows bands. */
const SMOOTH_GRAIN = 0.018;

const isSoft = (drawing: Drawing): boolean =>
	drawing.type === 'texture' && (drawing.texture.type === 'mesh' || drawing.texture.type === 'noise');

/** Panels in boxes of their own, where no words make room for them. */
const loosePanels = (context: SceneContext, placed: Placed): readonly Box[] =>
	context.layers.filter(isPanel).flatMap((active) => (typeof active.layer.at === 'object' ? [panelBox(context, active, placed)] : []));

const bareStage = (context: SceneContext, ground: Ground, words: readonly Box[], occupied: readonly Box[]): BareStage => {
	const { mood, theme, frame, request, fps } = context;
	// A computed picture needs no shapes on it.
	const colors = ground.texture === null ? decorColors(context, ground) : [];
	const drawings = decorate(context, {
		frame,
		ground: ground.colors[0]!,
		colors,
		roles: ground.roles,
		loud: ground.written ? [] : mood.colors.decor.map((recipe) => recipeColor(recipe, theme.palette)),
		arrangement: pickBySceneId(request.scene.id, [2, 0, 3, 1]),
		occupied,
		fps,
		start: curtainFrame(context),
		visible: request.first || request.framesEntering > 0,
	});
	// A gradient that the spec asks for bands in every mood.
	const isSmooth = ground.texture === null ? ground.paint.type !== 'solid' : isSoft(ground.texture);
	const grain = mood.shape.grain === 0 && isSmooth ? SMOOTH_GRAIN : mood.shape.grain;
	return {
		grounds: groundsWithDecor(context, ground, colors),
		behind: [...textureOf(context, ground, words), ...drawings.map((drawing) => still(context, drawing)), ...grainOver(context, grain)],
		ground,
	};
};

type Photo = { readonly backdrops: readonly Picture[]; readonly words: readonly Box[] };

/** A scrim in the brand's hue. */
const scrimColor = ({ theme }: SceneContext): string => {
	const { c, h } = oklchOf(theme.palette.primary);
	return fromOklch({ l: 0.14, c: Math.min(c, 0.035), h });
};

/** A picture behind the words: the mood's shapes step aside, and a scrim lies between. */
const photoStage = (context: SceneContext, ground: Ground, { backdrops, words }: Photo): BareStage => {
	const { frame, mood } = context;
	const scrim = scrimColor(context);
	const around = unionOf(words);
	const isBleeding = backdrops.some(({ active }) => active.layer.at === undefined);
	const pictures = backdrops.map(({ active, facts }): TimedDrawing => {
		if (active.layer.at === undefined)
			return timed(
				context,
				active,
				broughtIn(context, active, drawFull(context, active, { facts, roles: ground.roles }), mood.motion.image),
				mood.motion.image,
			);
		const entering = enteringOf(context, active, { entrance: mood.motion.image, delay: 0 });
		const veil = around === null || isBleeding ? null : evenVeil(scrim);
		const image = { facts, box: frame.safe, fit: active.layer.fit ?? 'cover', veil, active } as const;
		return timed(context, active, drawFramed(context, image, { roles: ground.roles, entering }), mood.motion.image);
	});
	const veil = around === null || !isBleeding ? [] : [still(context, scrimDrawing(around, scrim, frame))];
	return {
		grounds: around === null ? ground.colors : photoGrounds(scrim),
		behind: [...(isBleeding ? [] : textureOf(context, ground, words)), ...pictures, ...veil, ...grainOver(context, mood.shape.imageGrain)],
		ground,
	};
};

/** Pictures in a box of their own that words in other boxes stand on. */
const veiledPictures = (placed: Placed): readonly Box[] => {
	const items = placed.flatMap((stack) => stack.items.map(({ box, fitted }) => ({ stack, box, fitted })));
	return items
		.filter(
			({ stack, box, fitted }) =>
				fitted.kind === 'image' && items.some((other) => other.stack !== stack && other.fitted.kind !== 'image' && overlap(other.box, box)),
		)
		.map(({ box }) => box);
};

/** u between a panel's edge and what stands on it. */
const PANEL_PADDING = 4;

const withPanels = (context: SceneContext, { grounds, behind, ground }: BareStage, placed: Placed): SetStage => {
	const scrim = scrimColor(context);
	const veiled = veiledPictures(placed);
	const surfaces: Surface[] = veiled.map((box) => ({ box, colors: photoGrounds(scrim) }));
	const panels: DrawnPart[] = [];
	for (const [order, active] of context.layers.entries()) {
		if (!isPanel(active)) continue;
		const box = panelBox(context, active, placed);
		const color = shapeColor(context, active, ground.roles);
		const entering = enteringOf(context, active, { entrance: context.mood.motion.text, delay: 0 });
		surfaces.push({ box, colors: [color] });
		panels.push({
			order,
			timed: timed(context, active, drawPanel(context, { active, box, color }, entering), context.mood.motion.text),
			read: null,
		});
	}
	return { grounds, surfaces, veils: veiled.map((box) => ({ box, color: evenVeil(scrim) })), behind, panels };
};

/** A panel hugs the stack of its region; alone it fills the region, and without one the canvas. */
const panelBox = ({ frame }: SceneContext, { layer }: ActiveLayer<ShapeLayer>, placed: Placed): Box => {
	if (layer.at === undefined) return { x: 0, y: 0, width: frame.width, height: frame.height };
	if (typeof layer.at !== 'string') return boxOf(layer.at, frame);
	const region = regionOf(layer);
	const stack = placed.find((other) => other.stack.region === region);
	if (stack !== undefined) return growBox(stack.box, PANEL_PADDING * frame.u);
	const { x, y, width, height } = frame.safe;
	const [left, right] = [/left/.test(layer.at), /right/.test(layer.at)];
	const [top, bottom] = [/top/.test(layer.at), /bottom/.test(layer.at)];
	return {
		x: right ? x + width / 2 : x,
		y: bottom ? y + height / 2 : y,
		width: left || right ? width / 2 : width,
		height: top || bottom ? height / 2 : height,
	};
};
