import type { TextLayer } from '../../model/campaign-spec.gen.ts';
import type { Box, Drawing, TextStyle } from '../../model/drawing.ts';
import { toFrames } from '../../model/units.ts';
import type { FaceQuery } from '../../ports/font-book.ts';
import type { SpecPath } from '../checked-spec.ts';
import { isColorName, LARGE_CONTRAST, legible, parseColor, TEXT_CONTRAST, worstContrast } from '../design/color.ts';
import { type FittedText, fitText, missingGlyphs, type TextToFit } from '../design/fit-text.ts';
import { round2, roundBox } from '../design/geometry.ts';
import type { TextRole, TypeStyle } from '../design/mood.ts';
import { type Entering, enteringFrames, enterTracks } from '../design/motion.ts';
import type { Align, Measured, Room } from '../design/stack.ts';
import { type Roles, resolveColor } from '../design/theme.ts';
import { typeset } from '../design/typography.ts';
import { type ActiveLayer, type SceneContext, unknownColor } from './scene-context.ts';

/** Nothing smaller is read on a phone, in u. */
export const LEAST_SIZE = 2.6;

/** The face of a role: the brand's family where it names one, in the nearest weight that is installed. */
export const faceOf = (context: SceneContext, { face, weight }: TypeStyle): FaceQuery => {
	const { request, mood } = context;
	const { fonts } = request.inputs;
	const wished = face === 'display' ? request.brand?.fonts?.heading : request.brand?.fonts?.body;
	for (const family of [wished, mood.families[face]]) {
		if (family === undefined) continue;
		const installed = fonts.resolveWeight({ family, weight, italic: false });
		if (installed !== null) return { family, weight: installed, italic: false };
		if (family === wished) reportFamily(context, face, family);
	}
	throw new Error(`the family ${mood.families[face]} of the mood ${mood.name} is not installed`);
};

const reportFamily = ({ report, request }: SceneContext, face: TypeStyle['face'], family: string): void =>
	report({
		code: 'RF4005',
		severity: 'error',
		summary: `the font family "${family}" is not installed`,
		range: request.checked.rangeOf(['brand', 'fonts', face === 'display' ? 'heading' : 'body']),
		hint: 'install its @fontsource package, or leave the key out to use the family of the mood',
	});

export type Wording = { readonly role: TextRole; readonly text: string; readonly face: FaceQuery; readonly path: SpecPath };

/** A text in the case and with the marks that its role asks for. Glyphs that the face does not have are reported. */
export const wordingOf = (
	context: SceneContext,
	role: TextRole,
	{ written, path }: { readonly written: string; readonly path: SpecPath },
): Wording => {
	const style = context.mood.type[role];
	const face = faceOf(context, style);
	const set = typeset(written);
	const text = style.upper ? set.toUpperCase() : set;
	const missing = missingGlyphs(context.request.inputs.fonts, face, text);
	if (missing.length > 0)
		context.report({
			code: 'RF3015',
			severity: 'error',
			summary: `${face.family} has no glyph for ${missing.map((character) => `"${character}"`).join(', ')}`,
			range: context.request.checked.rangeOf(path),
			hint: 'write it without, or choose a family that has it in `brand.fonts`',
		});
	return { role, text, face, path };
};

/** How much smaller a text may get so that it breaks better. */
const COMPACT = 0.78;

/** The text at the size that its role, the room and what leads the stack allow. */
export const measureText = (context: SceneContext, wording: Wording, room: Room): Measured<FittedText> | null => {
	const fitted = fitText(context.request.inputs.fonts, textToFit(context, wording, room), room.width);
	if (fitted === null) return null;
	return { width: fitted.width, height: fitted.height, overhang: fitted.overhang, typeSize: fitted.size, fitted };
};

const textToFit = ({ mood, frame }: SceneContext, { role, text, face }: Wording, room: Room): TextToFit => {
	const style = mood.type[role];
	const [least, best] = style.size[frame.aspect];
	const floor = LEAST_SIZE * frame.u;
	const wished = Math.min(best * frame.u * room.scale, room.ceiling);
	// A role shrinks no further than its own range while the scale is 1: the stack decides when that is not enough.
	const ownFloor = room.scale === 1 && role !== 'headline' && role !== 'stat' ? Math.min(least * frame.u, wished) : floor;
	return {
		text,
		face,
		tracking: style.tracking,
		leading: style.leading,
		measure: style.measure,
		maxLines: style.maxLines,
		size: {
			best: Math.max(wished, floor),
			least: Math.max(floor, Math.min(ownFloor, wished)),
			...(style.maxLines <= 3 ? { compact: Math.max(floor, wished * COMPACT) } : {}),
		},
	};
};

export type TextToDraw = {
	readonly fitted: FittedText;
	readonly role: TextRole;
	/** Where the stack put the block. */
	readonly box: Box;
	readonly align: Align;
	readonly color: string;
	readonly entering: Entering;
};

export type DrawnText = {
	readonly drawing: Drawing;
	/** Frame of the scene in which the last line has arrived. */
	readonly arrived: number;
};

/**
 * Em of white beside the stem of a letter. Text hangs by it over its edge, so that the stems of large and small type and the ends of lines
 * stand on one vertical.
 */
const SIDE_BEARING = 0.045;

/** One drawing a line, each with its own entrance; a slam brings the block in as one. */
export const drawText = ({ fitted, role, box, align, color, entering }: TextToDraw): DrawnText => {
	const together = entering.entrance.kind === 'slam';
	const hang = SIDE_BEARING * fitted.size;
	const stagger = together ? 0 : toFrames(entering.entrance.stagger, entering.fps);
	const lines = fitted.lines.map((line, index): Drawing => {
		const spare = box.width - line.width;
		const baseline = box.y + fitted.firstBaseline + index * fitted.leading;
		const lineBox = roundBox({
			x: box.x + (align === 'left' ? -hang : align === 'center' ? spare / 2 : spare + hang),
			y: baseline - fitted.metrics.ascent * fitted.size,
			width: line.width,
			height: (fitted.metrics.ascent + fitted.metrics.descent) * fitted.size,
		});
		return {
			type: 'text',
			box: lineBox,
			tracks: together ? [] : enterTracks(lineBox, { ...entering, start: entering.start + index * stagger }),
			runs: [{ text: line.text, color }],
			style: textStyle(fitted, role),
			align,
			baseline: round2(baseline),
		};
	});
	const arrived = entering.start + stagger * (lines.length - 1) + enteringFrames(entering.entrance, entering.fps);
	const block = roundBox(pivotBox(box, align));
	return { drawing: { type: 'group', box: block, tracks: together ? enterTracks(block, entering) : [], children: lines }, arrived };
};

/** A box whose middle is where the text is aligned: scaled about it, the text keeps its edge. */
const pivotBox = (box: Box, align: Align): Box => {
	if (align === 'center') return box;
	return { ...box, x: align === 'left' ? box.x - box.width : box.x, width: box.width * 2 };
};

export const textStyle = ({ face, size, tracking }: FittedText, role: TextRole): TextStyle => ({
	...face,
	size: round2(size),
	tracking: round2(tracking),
	tabular: role === 'stat',
});

/** Which colour a text gets on these grounds: the role's own, or the written one, moved in lightness until it reads. */
export const inkOf = (
	context: SceneContext,
	active: ActiveLayer<TextLayer>,
	{ roles, grounds }: { readonly roles: Roles; readonly grounds: readonly string[] },
): string => {
	const role = active.layer.role ?? 'body';
	const written = active.layer.color;
	if (written === undefined) {
		const ink = context.mood.type[role].ink;
		return ink === 'accent' ? roles.accentInk : roles[ink];
	}
	return writtenInk(
		context,
		{ written, path: [...active.path, 'color'], large: role === 'headline' || role === 'stat' },
		{ roles, grounds },
	);
};

export type WrittenInk = { readonly written: string; readonly path: SpecPath; readonly large: boolean };

export const writtenInk = (
	context: SceneContext,
	{ written, path, large }: WrittenInk,
	{ roles, grounds }: { readonly roles: Roles; readonly grounds: readonly string[] },
): string => {
	if (written === 'accent') return roles.accentInk;
	const color = resolveColor(written, context.theme, roles);
	if (color === null) {
		context.report(unknownColor(context.request, path, written));
		return roles.ink;
	}
	const ratio = large ? LARGE_CONTRAST : TEXT_CONTRAST;
	const found = worstContrast(color, grounds);
	if (found >= ratio) return color;
	const moved = legible(color, grounds, ratio);
	const isLiteral = parseColor(written) !== null || isColorName(written);
	context.report({
		code: 'RF3017',
		severity: 'warning',
		summary: `${written}${isLiteral ? '' : ` (${color})`} has a contrast of ${found.toFixed(1)}:1 to the background of the ${context.mood.name} mood; drawn as ${moved}`,
		range: context.request.checked.rangeOf(path),
		hint: `text needs ${ratio}:1: choose a colour further from the background in lightness, or leave \`color\` out`,
	});
	return moved;
};
