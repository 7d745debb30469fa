import type { ImageLayer, Layer, LogoLayer, Region, ShapeLayer, TextLayer } from '../../model/campaign-spec.gen.ts';
import { canonicalJson } from '../../model/canonical-json.ts';
import type { Stack } from '../design/layout.ts';
import type { StackRole } from '../design/mood.ts';
import type { Align, Measured, StackItem } from '../design/stack.ts';
import { ctaWording, measureCta } from './cta.ts';
import { measureImage, naturalHeight } from './image.ts';
import { type LogoPlace, logoFacts, measureLogo } from './logo.ts';
import type { Culprit, Part } from './part.ts';
import type { ActiveLayer, SceneContext } from './scene-context.ts';
import { measureLine, measureRule } from './shape.ts';
import { measureText, wordingOf } from './text.ts';

export type SceneItem = StackItem<Part> & { readonly culprit: Culprit | null };

const isText = (active: ActiveLayer): active is ActiveLayer<TextLayer> => 'text' in active.layer;
const isImage = (active: ActiveLayer): active is ActiveLayer<ImageLayer> => 'image' in active.layer;
const isShape = (active: ActiveLayer): active is ActiveLayer<ShapeLayer> => 'shape' in active.layer;
const isLogo = (active: ActiveLayer): active is ActiveLayer<LogoLayer> => 'logo' in active.layer;

/** A picture without a place, or with the whole safe area as its place, lies behind the words. */
export const isBackdrop = (active: ActiveLayer): active is ActiveLayer<ImageLayer> =>
	isImage(active) && (active.layer.at === undefined || active.layer.at === 'full');

/** A rectangle or an ellipse lies behind what shares its region. */
export const isPanel = (active: ActiveLayer): active is ActiveLayer<ShapeLayer> => isShape(active) && active.layer.shape !== 'line';

export const regionOf = (layer: Layer): Region => {
	const at = layer.at ?? 'center';
	return at === 'full' ? 'center' : at;
};

/** Layers by region, in the order in which the regions first appear. Backdrops and panels stand in no stack. */
export const buildStacks = (context: SceneContext): readonly Stack<Part>[] => {
	const groups = new Map<string, ActiveLayer[]>();
	for (const active of context.layers) {
		if (isBackdrop(active) || isPanel(active)) continue;
		const key = canonicalJson(regionOf(active.layer));
		groups.set(key, [...(groups.get(key) ?? []), active]);
	}
	const hasColumns = groups.has('"left"') && groups.has('"right"') && context.frame.aspect === 'landscape';
	return [...groups.values()].flatMap((layers) => {
		const region = regionOf(layers[0]!.layer);
		const items = layers.flatMap((active) => itemOf(context, active, { region, hasColumns, alone: layers.length === 1 }) ?? []);
		return items.length === 0 ? [] : [{ region, items: withRule(context, region, items) }];
	});
};

type Place = { readonly region: Region; readonly hasColumns: boolean; readonly alone: boolean };

const itemOf = (context: SceneContext, active: ActiveLayer, place: Place): SceneItem | null => {
	const align = alignOf(context, active, place);
	if (isText(active)) return textItem(context, active, align);
	if (isImage(active)) return imageItem(context, active, align);
	if (isShape(active)) {
		const measure: SceneItem['measure'] = (room) => ({ ...measureLine(context, room), fitted: { kind: 'line', active } });
		return { role: 'line', align, stretch: null, culprit: null, measure };
	}
	if (isLogo(active))
		return logoItem(context, active, { align, place: place.region !== 'center' ? 'edge' : place.alone ? 'alone' : 'stack' });
	return ctaItem(context, active, align);
};

/** Corners pull to their side; words beside something are set from the left, whatever the mood does with a line on its own. */
const alignOf = ({ mood }: SceneContext, { layer }: ActiveLayer, { region, hasColumns }: Place): Align => {
	if ('align' in layer && layer.align !== undefined) return layer.align;
	if (region === 'top-left' || region === 'bottom-left') return 'left';
	if (region === 'top-right' || region === 'bottom-right') return 'right';
	return hasColumns && (region === 'left' || region === 'right') ? 'left' : mood.align;
};

const textItem = (context: SceneContext, active: ActiveLayer<TextLayer>, align: Align): SceneItem => {
	const role = active.layer.role ?? 'body';
	const wording = wordingOf(context, role, { written: active.layer.text, path: [...active.path, 'text'] });
	return {
		role,
		align,
		stretch: null,
		culprit: { active, wording },
		measure: (room) => {
			const measured = measureText(context, wording, room);
			return measured && { ...measured, fitted: { kind: 'text', active, wording, align, fitted: measured.fitted } };
		},
	};
};

const imageItem = (context: SceneContext, active: ActiveLayer<ImageLayer>, align: Align): SceneItem | null => {
	const facts = context.request.inputs.images.get(active.layer.image);
	if (facts === undefined) return null;
	const fit = active.layer.fit ?? 'cover';
	const at = (width: number, height: number): Measured<Part> => ({
		...measureImage(facts, fit, { width, height }),
		fitted: { kind: 'image', active, facts },
	});
	return {
		role: 'image',
		align,
		culprit: { active, wording: null },
		measure: ({ width }) => at(width, naturalHeight(context, facts, { width, fit })),
		stretch: at,
	};
};

const logoItem = (
	context: SceneContext,
	active: ActiveLayer<LogoLayer>,
	{ align, place }: { readonly align: Align; readonly place: LogoPlace },
): SceneItem | null => {
	const facts = logoFacts(context);
	if (facts !== null) {
		const measure: SceneItem['measure'] = (room) => ({
			...measureLogo(context, facts, { room, place }),
			fitted: { kind: 'logo', active, facts },
		});
		return { role: 'logo', align, stretch: null, culprit: null, measure };
	}
	const { brand } = context.request;
	if (brand === null) return null;
	const wording = wordingOf(context, 'wordmark', { written: brand.name, path: ['brand', 'name'] });
	// On its own in the middle a wordmark is the picture; anywhere else it signs one.
	const factor = place === 'alone' ? 2 : 1;
	return {
		role: 'wordmark',
		align,
		stretch: null,
		culprit: { active, wording },
		measure: (room) => {
			const measured = measureText(context, wording, { ...room, scale: room.scale * factor, ceiling: Number.POSITIVE_INFINITY });
			return measured && { ...measured, fitted: { kind: 'wordmark', active, wording, align, fitted: measured.fitted } };
		},
	};
};

const ctaItem = (context: SceneContext, active: ActiveLayer, align: Align): SceneItem | null => {
	const wording = ctaWording(context);
	if (wording === null || !('cta' in active.layer)) return null;
	const cta = { ...active, layer: active.layer };
	return {
		role: 'cta',
		align,
		stretch: null,
		culprit: { active, wording },
		measure: (room) => {
			const measured = measureCta(context, wording, room);
			return measured && { ...measured, fitted: { kind: 'cta', active: cta, button: measured.fitted } };
		},
	};
};

const RULED: readonly Region[] = ['center', 'left', 'right'];
const OPENING: readonly StackRole[] = ['eyebrow', 'headline'];

/** Moods with a rule open a headline's block with it, where nothing else opens it. */
const withRule = (context: SceneContext, region: Region, items: readonly SceneItem[]): readonly SceneItem[] => {
	const [first] = items;
	const opens =
		first !== undefined &&
		OPENING.includes(first.role) &&
		items.some(({ role }) => role === 'headline') &&
		!items.some(({ role }) => role === 'line');
	if (context.mood.shape.rule === null || !opens || !RULED.includes(region)) return items;
	const measure: SceneItem['measure'] = () => ({ ...measureRule(context), fitted: { kind: 'rule', active: null } });
	return [{ role: 'rule', align: first.align, stretch: null, culprit: null, measure }, ...items];
};
