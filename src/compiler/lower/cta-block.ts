import type { Box, Drawing } from '../../model/drawing.ts';
import type { FittedText } from '../design/fit-text.ts';
import { roundBox, unionOf } from '../design/geometry.ts';
import { type Entering, enterTracks } from '../design/motion.ts';
import type { Align, Measured, Room } from '../design/stack.ts';
import type { Roles } from '../design/theme.ts';
import { type Button, ctaColors, drawButton, measureButton, type NamedCta } from './cta.ts';
import { drawLabel, fitLabel } from './label.ts';
import { drawQr, leastQrSide, type QrModules, qrColors, qrModules } from './qr-modules.ts';
import { countWords } from './reading-time.ts';
import type { SceneContext } from './scene-context.ts';
import { type Wording, wordingOf } from './text.ts';

/** What a layer asks to be shown of a call to action. */
export type CtaToMeasure = {
	readonly cta: NamedCta;
	readonly wording: Wording;
	readonly url: boolean;
	readonly qr: boolean;
	readonly align: Align;
};

type Line = { readonly kind: 'sub' | 'url'; readonly wording: Wording; readonly fitted: FittedText };

/** A button with what stands around it, measured. Pixels; places count from the upper left of the block. */
export type CtaBlock = {
	readonly cta: NamedCta;
	readonly button: Button;
	readonly buttonBox: Box;
	readonly lines: readonly (Line & { readonly top: number })[];
	/** Where the lines are aligned, and to which side. */
	readonly column: { readonly x: number; readonly width: number; readonly align: Align };
	readonly code: { readonly modules: QrModules; readonly box: Box } | null;
	readonly width: number;
	readonly height: number;
};

/** Size of the words under a button against its label, and the gaps above them, in em of the label. */
const LINE_SIZE = 0.74;
const FIRST_GAP = 1.05;
const LINE_GAP = 0.62;
/** u: side of a code, and what keeps it apart from the button. */
const CODE_SIDE = 24;
const CODE_GAP = 4;

/** Null when something of it cannot be read, or scanned, in the room. */
export const measureCta = (context: SceneContext, asked: CtaToMeasure, room: Room): Measured<CtaBlock> | null => {
	const { u, aspect } = context.frame;
	const code = codeOf(context, asked, room);
	if (code !== null && code.side > room.width) return null;
	// A wide canvas has room beside the button, and a person before it who is not holding it.
	const beside = code !== null && aspect === 'landscape';
	const taken = beside ? code.side + CODE_GAP * u : 0;
	const measured = measureButton(context, asked, { ...room, width: room.width - taken });
	if (measured === null) return null;
	const lines = linesOf(context, asked, { size: measured.fitted.label.size, width: room.width - taken });
	if (lines === null) return null;
	const block = arrange({ measured, lines, align: asked.align, code: code && { ...code, beside, gap: CODE_GAP * u } });
	const overhang = code === null ? (lines.at(-1)?.fitted.overhang ?? 0) : 0;
	return { ...measured, width: block.width, height: block.height, overhang, fitted: { ...block, cta: asked.cta } };
};

const codeOf = ({ frame }: SceneContext, { cta, qr }: CtaToMeasure, { scale }: Room) => {
	if (!qr || cta.spec.url === undefined) return null;
	const modules = qrModules(cta.spec.url);
	return { modules, side: Math.round(Math.max(CODE_SIDE * frame.u * scale, leastQrSide(modules, frame.u))) };
};

const linesOf = (
	context: SceneContext,
	{ cta, url }: CtaToMeasure,
	room: { readonly size: number; readonly width: number },
): readonly Line[] | null => {
	const path = ['ctas', cta.name];
	const written = [
		...(cta.spec.sub === undefined ? [] : [{ kind: 'sub' as const, text: cta.spec.sub }]),
		...(!url || cta.spec.url === undefined ? [] : [{ kind: 'url' as const, text: shownUrl(cta.spec.url) }]),
	];
	const lines: Line[] = [];
	for (const { kind, text } of written) {
		const set = wordingOf(context, 'body', { written: text, path: [...path, kind] });
		// An address stays as it is typed: neither capitals nor quotes are the mood's to change.
		const wording = kind === 'url' ? { ...set, text } : set;
		const fitted = fitLabel(context, wording, { size: room.size * LINE_SIZE, width: room.width, lines: kind === 'sub' ? 2 : 1 });
		if (fitted === null) return null;
		lines.push({ kind, wording, fitted });
	}
	return lines;
};

/** What people type: without the scheme, `www.` and a slash at the end. */
const shownUrl = (url: string): string => url.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '');

type Arrangement = {
	readonly measured: Measured<Button>;
	readonly lines: readonly Line[];
	readonly align: Align;
	readonly code: { readonly modules: QrModules; readonly side: number; readonly beside: boolean; readonly gap: number } | null;
};

const arrange = ({ measured, lines, align, code }: Arrangement): Omit<CtaBlock, 'cta'> => {
	const em = measured.fitted.label.size;
	const side = code?.side ?? 0;
	const beside = code?.beside === true;
	const column = columnOf(measured, lines, em);
	const width = beside ? column.width + code.gap + side : Math.max(column.width, side);
	const height = beside ? Math.max(column.height, side) : column.height + (code === null ? 0 : code.gap + side);
	const inner: Align = beside && align === 'center' ? 'left' : align;
	// A code stands before the words, and after words that are set from the right.
	const columnX = beside ? (inner === 'right' ? 0 : side + code.gap) : alignIn(width, column.width, align);
	const top = beside ? (height - column.height) / 2 : 0;
	const buttonX = columnX + alignIn(column.width, measured.width, inner);
	const codeX = beside ? (inner === 'right' ? width - side : 0) : alignIn(width, side, align);
	const codeY = beside ? (height - side) / 2 : height - side;
	return {
		button: measured.fitted,
		buttonBox: { x: buttonX, y: top, width: measured.width, height: measured.height },
		lines: lines.map((line, index) => ({ ...line, top: top + (column.tops[index] ?? 0) })),
		column: { x: columnX, width: column.width, align: inner },
		code: code && { modules: code.modules, box: { x: codeX, y: codeY, width: side, height: side } },
		width,
		height,
	};
};

const alignIn = (room: number, width: number, align: Align): number =>
	align === 'left' ? 0 : align === 'center' ? (room - width) / 2 : room - width;

const columnOf = (button: Measured<Button>, lines: readonly Line[], em: number) => {
	const tops: number[] = [];
	let height = button.height;
	for (const [index, { fitted }] of lines.entries()) {
		height += (index === 0 ? FIRST_GAP : LINE_GAP) * em;
		tops.push(height);
		height += fitted.height;
	}
	return { tops, height, width: Math.max(button.width, ...lines.map(({ fitted }) => fitted.width)) };
};

export type CtaToDraw = {
	readonly block: CtaBlock;
	/** Where the stack put the block. */
	readonly box: Box;
	readonly roles: Roles;
	readonly grounds: readonly string[];
	readonly entering: Entering;
};

/** The button comes in together with what belongs to it: they are one thing to act on. */
export const drawCta = (context: SceneContext, { block, box, roles, grounds, entering }: CtaToDraw): Drawing => {
	const at = (place: Box): Box => ({ ...place, x: box.x + place.x, y: box.y + place.y });
	const button = drawButton(context, {
		button: block.button,
		box: at(block.buttonBox),
		colors: ctaColors(context, block.cta, { roles, grounds: grounds.slice(0, 1) }),
		ground: grounds[0]!,
	});
	const { x, width, align } = block.column;
	const labelX = box.x + x + (align === 'left' ? 0 : align === 'center' ? width / 2 : width);
	const labels = block.lines.flatMap(({ kind, fitted, wording, top }) =>
		drawLabel({
			...{ fitted, wording, align, x: labelX, baseline: box.y + top + fitted.firstBaseline },
			color: kind === 'sub' ? roles.muted : roles.ink,
		}),
	);
	const code =
		block.code === null
			? []
			: [
					drawQr({
						modules: block.code.modules,
						box: at(block.code.box),
						colors: qrColors(context),
						radius: context.mood.shape.panelRadius * context.frame.u,
					}),
				];
	const children = [...button.children, ...labels, ...code];
	const whole = roundBox(unionOf([button, ...labels, ...code].map((drawn) => drawn.box)) ?? button.box);
	return { type: 'group', box: whole, tracks: enterTracks(whole, entering), children };
};

/** Words that have to be read; an address is copied or scanned. */
export const ctaWords = ({ button, lines }: CtaBlock): number =>
	[button.label.lines[0]!.text, ...lines.filter(({ kind }) => kind === 'sub').map(({ wording }) => wording.text)].reduce(
		(sum, text) => sum + countWords(text),
		0,
	);
