import type { Drawing, NumberStep, TextRun } from '../model/drawing.ts';
import type { FaceRun, FontBook } from '../ports/font-book.ts';

type TextDrawing = Extract<Drawing, { type: 'text' }>;
type NumberDrawing = Extract<Drawing, { type: 'number' }>;

/**
 * Gives every text its direction, and cuts it where another face draws it than its own: what is drawn is then what was measured.
 * A text that its own face draws from left to right stays as it is.
 */
export const setFaces = (drawing: Drawing, fonts: FontBook): Drawing => {
	if (drawing.type === 'text') return setText(drawing, fonts);
	if (drawing.type === 'number') return setNumber(drawing, fonts);
	if (!('children' in drawing)) return drawing;
	return { ...drawing, children: drawing.children.map((child) => setFaces(child, fonts)) };
};

const setText = (drawing: TextDrawing, fonts: FontBook): TextDrawing => {
	const { family, weight, italic, tabular } = drawing.style;
	const text = drawing.runs.map((run) => run.text).join('');
	if (ASCII.test(text)) return drawing;
	const faces = fonts.measure({ family, weight, italic, tabular }, text).runs;
	const runs = faces.some((face) => face.family !== family) ? splitRuns(drawing.runs, family, faces) : drawing.runs;
	return { ...drawing, runs, ...(isRightToLeft(text) ? { direction: 'rtl' as const } : {}) };
};

const setNumber = (drawing: NumberDrawing, fonts: FontBook): NumberDrawing => {
	if (drawing.steps.every(({ text }) => ASCII.test(text))) return drawing;
	const { family, weight, italic, tabular } = drawing.style;
	const steps = drawing.steps.map((step): NumberStep => {
		const faces = fonts.measure({ family, weight, italic, tabular }, step.text).runs;
		if (faces.every((face) => face.family === family)) return step;
		return { ...step, runs: splitRuns([{ text: step.text, color: drawing.color }], family, faces) };
	});
	return { ...drawing, steps };
};

/** Every face has it, and it has one direction. */
const ASCII = /^[ -~]*$/;

/** The pieces of one colour and one face. Colours are counted in the text as it was measured: composed. */
const splitRuns = (runs: readonly TextRun[], own: string, faces: readonly FaceRun[]): readonly TextRun[] => {
	const colors = runs.map((run) => ({ color: run.color, text: run.text.normalize('NFC') }));
	const split: TextRun[] = [];
	let left = colors.shift();
	for (const { family, weight, text } of faces) {
		const face = family === own ? {} : { face: { family, weight } };
		for (let rest = text; rest !== '' && left !== undefined; ) {
			const taken = rest.slice(0, left.text.length);
			if (taken !== '') split.push({ text: taken, color: left.color, ...face });
			rest = rest.slice(taken.length);
			left = taken.length < left.text.length ? { ...left, text: left.text.slice(taken.length) } : colors.shift();
		}
	}
	return split;
};

const LETTER = /\p{L}/u;
const RIGHT_TO_LEFT =
	/[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}]/u;

/** By its first letter, as browsers do for a text that does not say. */
export const isRightToLeft = (text: string): boolean => RIGHT_TO_LEFT.test(LETTER.exec(text)?.[0] ?? '');

/** Letters of these scripts join: space between them would tear words apart, and browsers put none there. */
const JOINED =
	/[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Nko}\p{Script=Mandaic}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}]/u;

export const joinsLetters = (text: string): boolean => JOINED.test(text);
