import type { Cta, CtaLayer } from '../../model/campaign-spec.gen.ts';
import type { Box, Drawing } from '../../model/drawing.ts';
import type { IconShape } from '../../model/inputs.ts';
import {
	fromOklch,
	isColorName,
	LARGE_CONTRAST,
	legible,
	oklchOf,
	plainHue,
	TEXT_CONTRAST,
	withAlpha,
	worstContrast,
} from '../design/color.ts';
import { type FittedText, fitText } from '../design/fit-text.ts';
import { round2, roundBox } from '../design/geometry.ts';
import { blockShadow, softShadow } from '../design/shadow.ts';
import type { Measured, Room } from '../design/stack.ts';
import { labelOn, type Roles, recipeColor, resolveColor, settleGround } from '../design/theme.ts';
import { type SceneContext, unknownColor } from './scene-context.ts';
import { LEAST_SIZE, textStyle, type Wording, wordingOf } from './text.ts';

/** A button, measured. Pixels. */
export type Button = {
	readonly label: FittedText;
	readonly icon: IconShape | null;
	/** Arrows point onwards and stand after the words; everything else stands before them. */
	readonly iconLast: boolean;
	readonly iconSize: number;
	readonly gap: number;
	readonly padding: number;
};

/** Lengths of a button in em of its label. */
const HEIGHT = 2.85;
const PADDING = 1.3;
const PILL_PADDING = 1.5;
const ICON_GAP = 0.5;
/** A 24-grid icon leaves a margin of 2 to 3 around its ink: at this size its ink is as tall as the capitals and a little more. */
const ICON_SIZE = 1.22;

export type NamedCta = { readonly name: string; readonly spec: Cta };

/** What a layer draws: the cell's call to action, or its own default where the cell has none. */
export const drawnCta = ({ request }: SceneContext, { cta }: CtaLayer): NamedCta | null => {
	if (request.cell.cta !== null) return request.cell.cta;
	const spec = cta.default === undefined ? undefined : request.checked.spec.ctas?.[cta.default];
	return spec === undefined ? null : { name: cta.default!, spec };
};

export const ctaWording = (context: SceneContext, { name, spec }: NamedCta): Wording =>
	wordingOf(context, 'cta', { written: spec.text, path: ['ctas', name, 'text'] });

export type ButtonToMeasure = { readonly cta: NamedCta; readonly wording: Wording };

export const measureButton = (context: SceneContext, { cta: { spec }, wording }: ButtonToMeasure, room: Room): Measured<Button> | null => {
	const { mood, frame, request } = context;
	const style = mood.type.cta;
	const icon = spec.icon === undefined ? null : (request.inputs.icons.get(spec.icon) ?? null);
	const best = style.size[frame.aspect][1] * frame.u * Math.max(0.85, room.scale);
	const padding = mood.shape.buttonRadius === 'pill' ? PILL_PADDING : PADDING;
	const around = 2 * padding + (icon === null ? 0 : ICON_SIZE + ICON_GAP);
	// The words get what icon and padding leave at the best size; when they have to shrink, so do these.
	for (let size = best; ; size = Math.max(LEAST_SIZE * frame.u, size * 0.97)) {
		const label = fitText(
			request.inputs.fonts,
			{
				...wording,
				tracking: style.tracking,
				leading: style.leading,
				measure: style.measure,
				maxLines: 1,
				size: { best: size, least: size },
			},
			room.width - around * size,
		);
		if (label !== null) return measuredButton({ label, icon, iconLast: isOnward(spec.icon), padding: padding * label.size });
		if (size <= LEAST_SIZE * frame.u) return null;
	}
};

const isOnward = (icon: string | undefined): boolean => icon !== undefined && /^(arrow|chevron|chevrons|move|external-link)/.test(icon);

const measuredButton = ({ label, icon, iconLast, padding }: Pick<Button, 'label' | 'icon' | 'iconLast' | 'padding'>): Measured<Button> => {
	const iconSize = icon === null ? 0 : ICON_SIZE * label.size;
	const gap = icon === null ? 0 : ICON_GAP * label.size;
	return {
		width: label.width + iconSize + gap + 2 * padding,
		height: HEIGHT * label.size,
		overhang: 0,
		typeSize: label.size,
		fitted: { label, icon, iconLast, iconSize, gap, padding },
	};
};

export type ButtonColors = { readonly fill: string; readonly label: string; readonly shadow: string };

/**
 * The colour of the CTA with its hue kept: a CSS name says a hue and gets the mood's lightness, a hex keeps its own; neither is louder than the mood.
 * It stands out from the ground, and its label reads on it (4.5:1).
 */
export const ctaColors = (
	context: SceneContext,
	{ name, spec }: NamedCta,
	{ roles, grounds }: { readonly roles: Roles; readonly grounds: readonly string[] },
): ButtonColors => {
	const { mood, theme, request } = context;
	const written = spec.color;
	const resolved = written === undefined ? roles.accent : resolveColor(written, theme, roles);
	if (resolved === null) context.report(unknownColor(request, ['ctas', name, 'color'], written!));
	const wished = written === undefined || resolved === null ? roles.accent : buttonTint(context, { written, resolved }, roles);
	const fill = standOut(wished, grounds);
	const light = recipeColor(mood.colors.inkOnDark, theme.palette);
	const dark = recipeColor(mood.colors.inkOnLight, theme.palette);
	const settled = settleGround(theme, [fill], true).colors[0]!;
	const body = worstContrast(settled, grounds) >= Math.min(LARGE_CONTRAST, worstContrast(fill, grounds)) ? settled : fill;
	return {
		fill: body,
		label: legible(labelOn(body, light, dark), [body], TEXT_CONTRAST),
		shadow: blockColor(mood.name === 'bold', roles, body),
	};
};

type Written = { readonly written: string; readonly resolved: string };

const buttonTint = ({ mood }: SceneContext, { written, resolved }: Written, { dark }: Roles): string => {
	const { buttonChroma, buttonLightness } = mood.colors;
	const { l, c, h } = oklchOf(resolved);
	const isHue = isColorName(written) && c > 0.02;
	const lightness = isHue ? buttonLightness[dark ? 'onDark' : 'onLight'] : l;
	return fromOklch({ l: lightness, c: Math.min(c, buttonChroma), h: plainHue(written) ?? h });
};

/** How far in lightness a button may move to stand out. A yellow that is darkened further is no longer yellow. */
const FARTHEST = 0.14;
/** Enough where that is too far: its label and its shadow say that it is a button. */
const SLIGHT_CONTRAST = 1.3;

const standOut = (color: string, grounds: readonly string[]): string => {
	const clear = legible(color, grounds, LARGE_CONTRAST);
	return Math.abs(oklchOf(clear).l - oklchOf(color).l) <= FARTHEST ? clear : legible(color, grounds, SLIGHT_CONTRAST);
};

/** A poster throws its block in ink; a toy has an edge in its own colour, darker. */
const blockColor = (isPoster: boolean, roles: Roles, fill: string): string => {
	if (isPoster) return roles.ink;
	const { l, c, h } = oklchOf(fill);
	return fromOklch({ l: l - 0.15, c: c * 0.95, h });
};

export type ButtonToDraw = {
	readonly button: Button;
	readonly box: Box;
	readonly colors: ButtonColors;
	readonly ground: string;
};

/** Without movement, and with its shadow. */
export const drawButton = (context: SceneContext, { button, box, colors, ground }: ButtonToDraw): Extract<Drawing, { type: 'group' }> => {
	const { shape } = context.mood;
	const { u } = context.frame;
	const radius = round2(shape.buttonRadius === 'pill' ? box.height / 2 : shape.buttonRadius * u);
	const body: Drawing = { type: 'rectangle', box: roundBox(box), tracks: [], paint: { type: 'solid', color: colors.fill }, radius };
	const children: Drawing[] = [...buttonShadow(context, { box, radius, u }, { colors, ground }), body];
	const { label, icon, iconLast, iconSize, gap, padding } = button;
	const labelX = box.x + padding + (icon !== null && !iconLast ? iconSize + gap : 0);
	const baseline = box.y + box.height / 2 + (label.metrics.capHeight * label.size) / 2;
	children.push({
		type: 'text',
		box: roundBox({
			x: labelX,
			y: baseline - label.metrics.ascent * label.size,
			width: label.width,
			height: (label.metrics.ascent + label.metrics.descent) * label.size,
		}),
		tracks: [],
		runs: [{ text: label.lines[0]!.text, color: colors.label }],
		style: textStyle(label, 'cta'),
		align: 'left',
		baseline: round2(baseline),
	});
	if (icon !== null) {
		const x = iconLast ? labelX + label.width + gap : box.x + padding;
		const iconBox = roundBox({ x, y: box.y + (box.height - iconSize) / 2, width: iconSize, height: iconSize });
		children.push({ type: 'icon', box: iconBox, tracks: [], size: icon.size, body: icon.body, color: colors.label });
	}
	return { type: 'group', box: roundBox(box), tracks: [], children };
};

type Shadowing = { readonly colors: ButtonColors; readonly ground: string };

const buttonShadow = (
	{ mood }: SceneContext,
	caster: { readonly box: Box; readonly radius: number; readonly u: number },
	{ colors, ground }: Shadowing,
): readonly Drawing[] => {
	switch (mood.shape.shadow) {
		case 'soft':
			// A button is a small thing close to the page: half the reach and half the dark of a picture.
			return softShadow({ ...caster, u: caster.u * 0.5 }, ground, mood.shape.shadowAlpha * 0.6);
		case 'block':
			return [mood.name === 'bold' ? blockShadow(caster, colors.shadow, 0.9) : dropEdge(caster, colors.shadow)];
		case 'none':
			return [];
	}
};

/** The lower edge of a thick button. */
const dropEdge = ({ box, radius, u }: { readonly box: Box; readonly radius: number; readonly u: number }, color: string): Drawing => ({
	type: 'rectangle',
	box: roundBox({ ...box, y: box.y + 0.9 * u }),
	tracks: [],
	paint: { type: 'solid', color: withAlpha(color, 1) },
	radius,
});
