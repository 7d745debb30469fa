import type { Box, Drawing, TextRun, Track } from '../../model/drawing.ts';
import { toFrames } from '../../model/units.ts';
import type { FaceQuery, FontBook } from '../../ports/font-book.ts';
import type { Piece } from '../design/emphasis.ts';
import { type FittedLine, type FittedText, sameFace } from '../design/fit-text.ts';
import { round2, roundBox } from '../design/geometry.ts';
import type { TextRole } from '../design/mood.ts';
import { type Entering, enteringFrames, enterTracks } from '../design/motion.ts';
import type { Align } from '../design/stack.ts';
import { isRightToLeft, joinsLetters } from '../set-faces.ts';
import { textStyle } from './text.ts';
import { arrivalOf } from './timing.ts';

export type TextToDraw = {
	readonly fonts: FontBook;
	readonly fitted: FittedText;
	readonly role: TextRole;
	/** Where the stack put the block. */
	readonly box: Box;
	readonly align: Align;
	readonly color: string;
	/** Of emphasised words. */
	readonly strongColor: string;
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

/** One drawing a line, each with its own entrance; a slam brings the block in as one, and words or letters that come one by one are drawn one by one. */
export const drawText = (text: TextToDraw): DrawnText => {
	const { fitted, box, align, entering } = text;
	const block = roundBox(pivotBox(box, align));
	if (isPieced(text)) return { ...drawPieced(text, block) };
	const together = entering.entrance.kind === 'slam' || entering.entrance.kind === 'none';
	const stagger = together ? 0 : toFrames(entering.entrance.stagger, entering.fps);
	const children = fitted.lines.map((line, index): Drawing => {
		const set = lineBox(text, index);
		const tracks = together ? [] : enterTracks(set, { ...entering, start: entering.start + index * stagger });
		return drawLine(text, line, { box: set, baseline: baselineOf(text, index), tracks });
	});
	const arrived = arrivalOf(entering) + stagger * (fitted.lines.length - 1);
	return { drawing: { type: 'group', box: block, tracks: together ? enterTracks(block, entering) : [], children }, arrived };
};

/** A box whose middle is where the text is aligned: scaled about it, the text keeps its edge. */
const pivotBox = (box: Box, align: Align): Box => {
	if (align === 'center') return box;
	return { ...box, x: align === 'left' ? box.x - box.width : box.x, width: box.width * 2 };
};

const baselineOf = ({ fitted, box }: TextToDraw, index: number): number => box.y + fitted.firstBaseline + index * fitted.leading;

const lineBox = (text: TextToDraw, index: number): Box => {
	const { fitted, box, align } = text;
	const { width } = fitted.lines[index]!;
	const hang = SIDE_BEARING * fitted.size;
	const spare = box.width - width;
	const indent = index === 0 ? 0 : (fitted.indent ?? 0);
	return roundBox({
		x: box.x + (align === 'left' ? indent - hang : align === 'center' ? spare / 2 : spare + hang),
		y: baselineOf(text, index) - fitted.metrics.ascent * fitted.size,
		width,
		height: (fitted.metrics.ascent + fitted.metrics.descent) * fitted.size,
	});
};

type SetLine = { readonly box: Box; readonly baseline: number; readonly tracks: readonly Track[] };

/** A line of one face is one drawing, whatever its colours; another face inside it is a drawing beside it. */
const drawLine = (text: TextToDraw, line: FittedLine, { box, baseline, tracks }: SetLine): Drawing => {
	const { fitted, role, align } = text;
	if (sameFace(fitted.face, fitted.strongFace) || line.pieces.every(({ strong }) => !strong)) {
		const runs = line.pieces.map((piece): TextRun => ({ text: piece.text, color: colorOf(text, piece) }));
		return { type: 'text', box, tracks, runs, style: textStyle(fitted, role), align, baseline: round2(baseline) };
	}
	const children = setPieces(text, line, { left: box.x, split: (piece) => [piece.text] }).map((set) =>
		drawPiece(text, set, { line: box, baseline, tracks: [] }),
	);
	return { type: 'group', box, tracks, children };
};

const colorOf = ({ color, strongColor }: TextToDraw, { strong }: Piece): string => (strong ? strongColor : color);

/** A piece of a line, where it stands in it as a whole line would be set. Pixels. */
type SetPiece = { readonly piece: Piece; readonly text: string; readonly x: number; readonly width: number };

type Splitting = { readonly left: number; readonly split: (piece: Piece) => readonly string[] };

/** The parts of a line one by one, kerning and all: each stands where it ends together with all that is before it, less its own width. */
const setPieces = ({ fonts, fitted }: TextToDraw, line: FittedLine, { left, split }: Splitting): readonly SetPiece[] => {
	const sets: SetPiece[] = [];
	let x = left;
	for (const piece of line.pieces) {
		const width = widthIn(fonts, fitted, piece.strong ? fitted.strongFace : fitted.face);
		let before = '';
		for (const text of split(piece)) {
			before += text;
			const own = width(text);
			if (text.trim() !== '') sets.push({ piece, text, x: x + width(before) - own, width: own - fitted.tracking });
		}
		x += width(piece.text);
	}
	return sets;
};

const widthIn =
	(fonts: FontBook, { size, tracking }: FittedText, face: FaceQuery) =>
	(text: string): number => {
		const { advance, glyphs } = fonts.measure(face, text);
		return advance * size + glyphs * tracking;
	};

type PiecePlace = { readonly line: Box; readonly baseline: number; readonly tracks: readonly Track[] };

const drawPiece = (text: TextToDraw, { piece, text: words, x, width }: SetPiece, { line, baseline, tracks }: PiecePlace): Drawing => {
	const { fitted, role } = text;
	const style = textStyle(piece.strong ? { ...fitted, face: fitted.strongFace } : fitted, role);
	const box = roundBox({ x, y: line.y, width: Math.max(0, width), height: line.height });
	return {
		type: 'text',
		box,
		tracks,
		runs: [{ text: words, color: colorOf(text, piece) }],
		style,
		align: 'left',
		baseline: round2(baseline),
	};
};

/** Words or letters one by one. What is there from the first frame is there whole, and letters that join, or run to the left, cannot be set alone. */
const isPieced = ({ entering, fitted }: TextToDraw): boolean => {
	const { kind } = entering.entrance;
	if ((kind !== 'words' && kind !== 'typewriter') || entering.visible) return false;
	return fitted.lines.every(({ text }) => !isRightToLeft(text) && !joinsLetters(text));
};

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A word takes the space after it along; what is before its first letter belongs to it too. */
const inWords = ({ text }: Piece): readonly string[] => text.match(/\s*\S+\s*|\s+/g) ?? [];
const inLetters = ({ text }: Piece): readonly string[] => Array.from(graphemes.segment(text), ({ segment }) => segment);

const drawPieced = (text: TextToDraw, block: Box): DrawnText => {
	const { fitted, entering } = text;
	const { entrance, fps, start } = entering;
	const byLetter = entrance.kind === 'typewriter';
	const lines = fitted.lines.map((line, index) => {
		const box = lineBox(text, index);
		return { box, baseline: baselineOf(text, index), sets: setPieces(text, line, { left: box.x, split: byLetter ? inLetters : inWords }) };
	});
	const count = lines.reduce((sum, { sets }) => sum + sets.length, 0);
	const each = byLetter ? 1 : Math.max(1, enteringFrames(entrance, fps));
	const step = entrance.within === undefined ? entrance.stagger * fps : Math.max(0, entrance.within * fps - each) / Math.max(1, count - 1);
	const begins = (order: number): number => start + Math.round(order * step);
	let order = 0;
	const children = lines.flatMap(({ box, baseline, sets }) =>
		sets.map((set) => {
			const at = begins(order++);
			const tracks: readonly Track[] = [
				{ property: 'opacity', from: 0, to: 1, start: at, end: at + each, easing: byLetter ? 'linear' : entrance.easing },
			];
			return drawPiece(text, set, { line: box, baseline, tracks });
		}),
	);
	return { drawing: { type: 'group', box: block, tracks: [], children }, arrived: begins(Math.max(0, count - 1)) + each };
};
