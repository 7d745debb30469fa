import type { TextStyle } from '../../model/drawing.ts';
import type { FaceQuery } from '../../ports/font-book.ts';
import { fontName } from '../brand-fonts.ts';
import type { SpecPath } from '../checked-spec.ts';
import { isColorName, LARGE_CONTRAST, legible, parseColor, TEXT_CONTRAST, worstContrast } from '../design/color.ts';
import { markEmphasis, readMarks } from '../design/emphasis.ts';
import { type FittedText, fitText, missingGlyphs, type Strong, type TextToFit } from '../design/fit-text.ts';
import { round2 } from '../design/geometry.ts';
import type { TextRole, TypeStyle } from '../design/mood.ts';
import { cureForGlyphs, nameGlyph } from '../design/script-fonts.ts';
import type { Measured, Room } from '../design/stack.ts';
import { type Roles, resolveColor } from '../design/theme.ts';
import { quoted, typeset } from '../design/typography.ts';
import { joinsLetters } from '../set-faces.ts';
import { type SceneContext, unknownColor } from './scene-context.ts';

/** Nothing smaller is read on a phone, in u. */
export const LEAST_SIZE = 2.6;

/** The face of a role: the brand's family where it names one, in the nearest weight that is installed. */
export const faceOf = (context: SceneContext, { face, weight, italic: slanted }: TypeStyle): FaceQuery => {
	const { request, mood } = context;
	const { fonts } = request.inputs;
	const italic = slanted ?? false;
	const wished = fontName(brandFont(context, face));
	for (const family of [wished, mood.families[face]]) {
		if (family === undefined) continue;
		const installed = fonts.resolveWeight({ family, weight, italic });
		if (installed !== null) return { family, weight: installed, italic };
		if (family === wished) reportFamily(context, face, family);
	}
	throw new Error(`the family ${mood.families[face]} of the mood ${mood.name} is not installed`);
};

/** A third family is for labels alone: a brand says nothing about it. */
const brandFont = ({ request }: SceneContext, face: TypeStyle['face']) => {
	if (face === 'mono') return undefined;
	return face === 'display' ? request.brand?.fonts?.heading : request.brand?.fonts?.body;
};

const reportFamily = ({ report, request }: SceneContext, face: TypeStyle['face'], family: string): void =>
	report({
		code: 'RF4005',
		severity: 'error',
		summary: `the font family "${family}" is not installed`,
		range: request.checked.rangeOf(['brand', 'fonts', face === 'display' ? 'heading' : 'body']),
		hint: 'install its @fontsource package, or leave the key out to use the family of the mood',
	});

export type Wording = {
	readonly role: TextRole;
	readonly text: string;
	readonly face: FaceQuery;
	readonly path: SpecPath;
	/** Where the spec emphasises it; null where it does not. */
	readonly strong: Strong | null;
	/** What a person calls the layer, where it is none that the spec lists. */
	readonly of?: 'captions';
};

export type Written = {
	readonly written: string;
	readonly path: SpecPath;
	/** When asterisks emphasise: in texts and lists, not in names. */
	readonly marks?: boolean;
	/** What a person calls it; its role when left out. */
	readonly name?: string;
};

/** A text in the case and with the marks that its role asks for. Glyphs that the face does not have are reported. */
export const wordingOf = (context: SceneContext, role: TextRole, { written, path, marks = false, name = role }: Written): Wording => {
	const style = context.mood.type[role];
	const upright = faceOf(context, style);
	// Figures that move or stand large are of one width, and are measured so.
	const face = role === 'stat' ? { ...upright, tabular: true } : upright;
	const set = typeset(marks ? markEmphasis(written) : written);
	const said = role === 'quote' ? quoted(set) : set;
	const { text, ranges } = readMarks(style.upper ? said.toUpperCase() : said);
	const missing = missingGlyphs(context.request.inputs.fonts, face, text);
	const fallback = context.request.brand?.fonts?.fallback ?? [];
	if (missing.length > 0)
		context.report({
			code: 'RF3015',
			severity: 'error',
			summary: `the ${name} has ${missing.map(nameGlyph).join(', ')}, and ${fallback.length === 0 ? `${face.family} has no glyph` : 'no declared font has a glyph'} for ${missing.length === 1 ? 'it' : 'them'}`,
			range: context.request.checked.rangeOf(path),
			hint: cureForGlyphs(missing, fallback),
		});
	return { role, text, face, path, strong: ranges.length === 0 ? null : { ranges, face: strongFace(context, style, face) } };
};

/** The face of emphasised words: the weight and slant of the mood's emphasis on the face around them. */
const strongFace = (context: SceneContext, style: TypeStyle, face: FaceQuery): FaceQuery => {
	const { weight, italic } = context.mood.colors.emphasis;
	const wished = { family: face.family, weight: Math.max(weight ?? 0, style.weight), italic: italic === true ? !face.italic : face.italic };
	const installed = context.request.inputs.fonts.resolveWeight(wished);
	return installed === null ? face : { ...face, ...wished, weight: installed };
};

/** How much smaller a text may get so that it breaks better. */
const COMPACT = 0.78;

/** The text at the size that its role, the room and what leads the stack allow. */
export const measureText = (context: SceneContext, wording: Wording, room: Room): Measured<FittedText> | null => {
	const indent = hangingIndent(context, wording, room);
	const block = fitText(context.request.inputs.fonts, textToFit(context, wording, room), room.width - indent);
	if (block === null) return null;
	const fitted =
		indent === 0 ? block : { ...block, width: block.width + indent, indent: indent * (block.size / wishedSize(context, wording, room)) };
	return { width: fitted.width, height: fitted.height, overhang: fitted.overhang, typeSize: fitted.size, fitted };
};

/** Pixels that the opening mark of a quotation takes at the size that it would like: its lines stand beside the mark, not under it. */
const hangingIndent = (context: SceneContext, wording: Wording, room: Room): number => {
	const mark = wording.role === 'quote' ? /^[“„«]/.exec(wording.text)?.[0] : undefined;
	if (mark === undefined || context.mood.align !== 'left') return 0;
	const style = context.mood.type.quote;
	return (context.request.inputs.fonts.measure(wording.face, mark).advance + style.tracking) * wishedSize(context, wording, room);
};

const wishedSize = ({ mood, frame }: SceneContext, { role }: Wording, room: Room): number =>
	Math.max(LEAST_SIZE * frame.u, Math.min(mood.type[role].size[frame.aspect][1] * frame.u * room.scale, room.ceiling));

const textToFit = ({ mood, frame }: SceneContext, { role, text, face, strong }: Wording, room: Room): TextToFit => {
	const style = mood.type[role];
	const [least, best] = style.size[frame.aspect];
	const floor = LEAST_SIZE * frame.u;
	const wished = Math.min(best * frame.u * room.scale, room.ceiling);
	// A role shrinks no further than its own range while the scale is 1: the stack decides when that is not enough.
	const ownFloor = room.scale === 1 && !isLarge(role) ? Math.min(least * frame.u, wished) : floor;
	return {
		text,
		face,
		strong,
		tracking: joinsLetters(text) ? 0 : style.tracking,
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

export const textStyle = ({ face, size, tracking }: FittedText, role: TextRole): TextStyle => ({
	...face,
	size: round2(size),
	tracking: round2(tracking),
	tabular: face.tabular ?? role === 'stat',
});

/** Roles in the size that WCAG calls large. */
export const isLarge = (role: TextRole): boolean => role === 'headline' || role === 'stat' || role === 'quote';

export type Inked = { readonly role: TextRole; readonly written: string | undefined; readonly path: SpecPath; readonly strong?: boolean };

/** Which colour a text gets on these grounds: the role's own, or the written one, moved in lightness until it reads. */
export const inkOf = (
	context: SceneContext,
	{ role, written, path, strong = false }: Inked,
	ground: { readonly roles: Roles; readonly grounds: readonly string[] },
): string => {
	if (written !== undefined) return writtenInk(context, { written, path, large: isLarge(role) }, ground);
	const ink = (strong ? context.mood.colors.emphasis.around : undefined) ?? context.mood.type[role].ink;
	return ink === 'accent' ? ground.roles.accentInk : ground.roles[ink];
};

/** The colour of emphasised words: the mood's, or the other ink where the words around them have that already. */
export const strongInk = ({ mood }: SceneContext, around: string, { accentInk, ink }: Roles): string => {
	const own = mood.colors.emphasis.ink === 'accent' ? accentInk : ink;
	return own !== around ? own : own === ink ? accentInk : ink;
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
