import type { ComponentLayer, Layer, LogoLayer, Region, ShapeLayer, TextLayer } from '../../model/campaign-spec.gen.ts';
import { canonicalJson } from '../../model/canonical-json.ts';
import { type Stack, standsInColumns } from '../design/layout.ts';
import type { StackRole } from '../design/mood.ts';
import type { Align, Measured, StackItem } from '../design/stack.ts';
import { attributed } from '../design/typography.ts';
import { captionsItem, isCaptions } from './captions.ts';
import { chartItem } from './chart.ts';
import { componentFacts, isComponent, isSpread, measureComponent, wishedHeight } from './component.ts';
import { ctaWording, drawnCta } from './cta.ts';
import { measureCta } from './cta-block.ts';
import { groupItem } from './group.ts';
import { iconItem } from './icon.ts';
import { measureImage, naturalHeight } from './image.ts';
import { squareIn } from './image-look.ts';
import { isList, listItem } from './list.ts';
import { type LogoPlace, logoFacts, measureLogo } from './logo.ts';
import { isUpright, mockupItem } from './mockup.ts';
import { numberItem } from './number.ts';
import type { Culprit, Part } from './part.ts';
import { isPicture, type PictureLayer, pictureOf } from './picture.ts';
import { progressItem } from './progress.ts';
import { qrItem } from './qr.ts';
import type { ActiveLayer, SceneContext } from './scene-context.ts';
import { measureLine, measureRule } from './shape.ts';
import { measureText, type Wording, wordingOf } from './text.ts';

/** `fixed` members of a row keep their own width and leave the rest to the others. */
export type SceneItem = StackItem<Part> & { readonly culprit: Culprit | null; readonly fixed?: boolean };

const isText = (active: ActiveLayer): active is ActiveLayer<TextLayer> => 'text' in active.layer;
const isShape = (active: ActiveLayer): active is ActiveLayer<ShapeLayer> => 'shape' in active.layer;
const isLogo = (active: ActiveLayer): active is ActiveLayer<LogoLayer> => 'logo' in active.layer;

/** A picture without a place, or with the whole safe area as its place, lies behind the words. */
export const isBackdrop = (active: ActiveLayer): active is ActiveLayer<PictureLayer> =>
	isPicture(active) && (active.layer.at === undefined || active.layer.at === 'full');

/** A rectangle or an ellipse lies behind what shares its region. */
export const isPanel = (active: ActiveLayer): active is ActiveLayer<ShapeLayer> => isShape(active) && active.layer.shape !== 'line';

export const regionOf = (layer: Layer): Region => {
	const at = layer.at ?? ('captions' in layer ? 'bottom' : 'center');
	return at === 'full' ? 'center' : at;
};

/** Layers by region, in the order in which the regions first appear. Backdrops and panels stand in no stack. */
export const buildStacks = (context: SceneContext): readonly Stack<Part>[] => {
	const groups = new Map<string, ActiveLayer[]>();
	for (const active of context.layers) {
		if (isBackdrop(active) || isPanel(active) || isSpread(active)) continue;
		const key = canonicalJson(regionOf(active.layer));
		groups.set(key, [...(groups.get(key) ?? []), active]);
	}
	const [left, right] = [groups.get('"left"'), groups.get('"right"')];
	const hasUpright = !groups.has('"center"') && [...(left ?? []), ...(right ?? [])].some(({ layer }) => isUpright(layer));
	const hasColumns = left !== undefined && right !== undefined && standsInColumns(context.frame.aspect, hasUpright);
	return [...groups.values()].flatMap((layers) => {
		const region = regionOf(layers[0]!.layer);
		const items = layers.flatMap((active) => itemOf(context, active, { region, hasColumns, alone: layers.length === 1 }) ?? []);
		return items.length === 0 ? [] : [{ region, items: withRule(context, region, items) }];
	});
};

type Place = {
	readonly region: Region;
	readonly hasColumns: boolean;
	readonly alone: boolean;
	/** In a group: how it aligns what says nothing. */
	readonly inherited?: Align;
	readonly nested?: boolean;
};

const itemOf = (context: SceneContext, active: ActiveLayer, place: Place): SceneItem | readonly SceneItem[] | null => {
	const align = alignOf(context, active, place);
	if (isText(active)) return textItems(context, active, align);
	if (isList(active)) return listItem(context, active, align);
	if (isPicture(active)) return imageItem(context, active, align);
	if (isComponent(active)) return componentItem(context, active, align);
	if (isShape(active)) {
		const measure: SceneItem['measure'] = (room) => ({ ...measureLine(context, room), fitted: { kind: 'line', active } });
		return { role: 'line', align, stretch: null, culprit: null, measure };
	}
	if (isLogo(active))
		return logoItem(context, active, { align, place: place.region !== 'center' ? 'edge' : place.alone ? 'alone' : 'stack' });
	return figureOf(context, active, { ...place, align }) ?? ctaItem(context, active, align);
};

/** Corners pull to their side; words beside something are set from the left, whatever the mood does with a line on its own. */
const alignOf = ({ mood }: SceneContext, { layer }: ActiveLayer, { region, hasColumns, inherited }: Place): Align => {
	if ('align' in layer && layer.align !== undefined) return layer.align;
	if (inherited !== undefined) return inherited;
	if (region === 'top-left' || region === 'bottom-left') return 'left';
	if (region === 'top-right' || region === 'bottom-right') return 'right';
	return hasColumns && (region === 'left' || region === 'right') ? 'left' : mood.align;
};

const isOf =
	<Key extends FigureKey>(key: Key) =>
	(active: ActiveLayer): active is ActiveLayer<Extract<Layer, Record<Key, unknown>>> =>
		key in active.layer;

type FigureKey = 'number' | 'icon' | 'progress' | 'chart' | 'mockup' | 'qr' | 'group';
const [isNumber, isIcon, isProgress] = [isOf('number'), isOf('icon'), isOf('progress')];
const [isChart, isMockup, isQr, isGroup] = [isOf('chart'), isOf('mockup'), isOf('qr'), isOf('group')];

const CORNERS: readonly Region[] = ['top-left', 'top-right', 'bottom-left', 'bottom-right'];

/** Layers that are neither words nor pictures; null for those that are. */
const figureOf = (context: SceneContext, active: ActiveLayer, place: Place & { readonly align: Align }): SceneItem | null => {
	const { align, alone } = place;
	const isCorner = CORNERS.includes(place.region);
	if (isNumber(active)) return numberItem(context, active, align);
	if (isIcon(active)) return iconItem(context, active, { align, place: isCorner ? 'corner' : alone ? 'alone' : 'stack' });
	if (isProgress(active)) return progressItem(context, active, align);
	if (isChart(active)) return chartItem(context, active, align);
	if (isMockup(active)) return mockupItem(context, active, align);
	if (isCaptions(active)) return captionsItem(context, active, active.layer.align ?? 'center');
	if (isQr(active)) return qrItem(context, active, { align, place: isCorner ? 'corner' : 'stack' });
	if (!isGroup(active)) return null;
	const nested = place.nested === true;
	const inside = { region: place.region, hasColumns: false, alone: false, nested: true };
	return groupItem(context, active, { align, nested, itemOf: (child, inherited) => itemOf(context, child, { ...inside, inherited }) });
};

/** A text, and under a quotation who said it. */
const textItems = (context: SceneContext, active: ActiveLayer<TextLayer>, align: Align): readonly SceneItem[] => {
	const { text, role = 'body', attribution } = active.layer;
	const wording = wordingOf(context, role, { written: text, path: [...active.path, 'text'], marks: true });
	const said = textItem(context, { active, wording }, align);
	if (attribution === undefined || role !== 'quote') return [said];
	const by = wordingOf(context, 'caption', { written: attributed(attribution), path: [...active.path, 'attribution'] });
	return [said, textItem(context, { active, wording: by }, align)];
};

type Worded = { readonly active: ActiveLayer<TextLayer>; readonly wording: Wording };

const textItem = (context: SceneContext, { active, wording }: Worded, align: Align): SceneItem => ({
	role: wording.role,
	align,
	stretch: null,
	culprit: { active, wording },
	measure: (room) => {
		const measured = measureText(context, wording, room);
		return measured && { ...measured, fitted: { kind: 'text', active, wording, align, fitted: measured.fitted } };
	},
});

const imageItem = (context: SceneContext, written: ActiveLayer<PictureLayer>, align: Align): SceneItem | null => {
	const picture = pictureOf(context, written);
	if (picture === null) return null;
	const { active, facts } = picture;
	const fit = active.layer.fit ?? 'cover';
	const at = (width: number, height: number): Measured<Part> => ({
		...measureImage(facts, fit, active.layer.mask === 'circle' ? squareIn({ x: 0, y: 0, width, height }) : { width, height }),
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

const componentItem = (context: SceneContext, active: ActiveLayer<ComponentLayer>, align: Align): SceneItem | null => {
	const facts = componentFacts(context, active);
	if (facts === null) return null;
	const at = (width: number, height: number): Measured<Part> => ({
		...measureComponent(width, height),
		fitted: { kind: 'component', active, facts },
	});
	return {
		role: 'image',
		align,
		culprit: { active, wording: null },
		measure: ({ width }) => at(width, wishedHeight(context, active, width)),
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
	if (!('cta' in active.layer)) return null;
	const { layer } = active;
	const cta = drawnCta(context, layer);
	if (cta === null) return null;
	const wording = ctaWording(context, cta);
	const asked = { cta, wording, align, url: layer.cta.url ?? false, qr: layer.cta.qr ?? false };
	return {
		role: 'cta',
		align,
		stretch: null,
		culprit: { active, wording },
		measure: (room) => {
			const measured = measureCta(context, asked, room);
			return measured && { ...measured, fitted: { kind: 'cta', active: { ...active, layer }, block: measured.fitted } };
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
