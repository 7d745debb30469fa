import type { FaceRun, TextMeasure } from '../ports/font-book.ts';
import { type FacePart, partFor } from './font-family.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Control and joining characters: nothing is drawn for them, so no glyph can be missing. */
const INVISIBLE = /[\p{Cc}\p{Default_Ignorable_Code_Point}]/u;

const ASCII = /^[ -~]*$/;

/** Composed, so that a letter and its accent are looked for as the one glyph that shaping makes of them. */
const graphemesOf = (text: string): Iterable<string> =>
	ASCII.test(text) ? text : Array.from(graphemes.segment(text.normalize('NFC')), ({ segment }) => segment);

const visibleOf = (grapheme: string): readonly string[] =>
	ASCII.test(grapheme) ? [grapheme] : [...grapheme].filter((character) => !INVISIBLE.test(character));

/** Text that one file draws. */
type Run = { readonly part: FacePart; text: string };

/** Measures a text with the first face of a chain that has each of its graphemes. A face is given by its parts. */
export const measureText = (faces: readonly (readonly FacePart[])[], text: string): TextMeasure => {
	const runs: Run[] = [];
	const missing = new Set<string>();
	let glyphs = 0;
	let pending = '';
	for (const segment of graphemesOf(text)) {
		glyphs += 1;
		const visible = visibleOf(segment);
		const part = visible.length === 0 ? runs.at(-1)?.part : firstPart(faces, visible);
		if (visible.length > 0 && part === undefined) missing.add(segment);
		if (part === undefined) {
			// What is not seen goes with what comes after it, when nothing came before.
			if (visible.length === 0) pending += segment;
			continue;
		}
		const last = runs.at(-1);
		if (last?.part === part) last.text += segment;
		else runs.push({ part, text: pending + segment });
		pending = '';
	}
	return {
		advance: runs.reduce((sum, run) => sum + run.part.open().advance(run.text), 0),
		glyphs,
		missing: [...missing],
		files: faces.flatMap((parts) => parts.filter((part) => runs.some((run) => run.part === part)).map((part) => part.file())),
		runs: faceRuns(runs),
	};
};

const firstPart = (faces: readonly (readonly FacePart[])[], visible: readonly string[]): FacePart | undefined => {
	for (const parts of faces) {
		const part = partFor(parts, visible);
		if (part !== undefined) return part;
	}
	return undefined;
};

/** Files of one face are one run: the browser chooses between them by their ranges, which do not overlap. */
const faceRuns = (runs: readonly Run[]): readonly FaceRun[] => {
	const joined: { family: string; weight: number; text: string }[] = [];
	for (const { part, text } of runs) {
		const last = joined.at(-1);
		if (last?.family === part.family && last.weight === part.weight) last.text += text;
		else joined.push({ family: part.family, weight: part.weight, text });
	}
	return joined;
};
