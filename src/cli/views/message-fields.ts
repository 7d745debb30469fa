import { visible } from '../../diagnostics/visible.ts';
import type { Drawing } from '../../model/drawing.ts';
import type { SegmentMessage } from '../../model/segment-message.ts';
import { unreachable } from '../../model/unreachable.ts';

const MOST_FIELDS = 8;
const LONGEST_TEXT = 40;

/**
 * The fields of a message that say what its pictures show, each with its path and its value in short, such as `scenes[0].layers[1]: text "Hello"`. Of many the
 * first, and how many more there are.
 */
export const shownFields = ({ canvas, frames, scenes, transition }: SegmentMessage): readonly string[] => {
	const { width, height, fps } = canvas;
	const fields = [
		`canvas: ${width} x ${height}, ${frames} frames at ${fps} a second`,
		...(transition === null ? [] : [`transition: ${transition.type}, ${transition.frames} frames`]),
		...scenes.flatMap(({ background, layers }, scene) => [
			`scenes[${scene}].background: ${background.type}`,
			...layers.map((drawing, layer) => `scenes[${scene}].layers[${layer}]: ${wordsFor(drawing)}`),
		]),
	];
	if (fields.length <= MOST_FIELDS) return fields;
	return [...fields.slice(0, MOST_FIELDS - 1), `and ${fields.length - MOST_FIELDS + 1} more in message.json`];
};

/** The fields that say how equal pictures become a file. */
export const encodedFields = ({ encoder }: SegmentMessage): readonly string[] => [
	`encoder: ${encoder.codec} ${encoder.preset}, crf ${encoder.crf}, ${encoder.threads} threads, pictures of quality ${encoder.jpegQuality}`,
];

const wordsFor = (drawing: Drawing): string => {
	switch (drawing.type) {
		case 'text':
			return `text "${short(drawing.runs.map(({ text }) => text).join(''))}" in ${drawing.style.family} ${drawing.style.weight}`;
		case 'number':
			return `number "${short(drawing.steps.at(-1)?.text ?? '')}"`;
		case 'image':
			return `image ${drawing.asset.sha256.slice(0, 12)}.${drawing.asset.extension}`;
		case 'frames':
			return `video ${drawing.video.sha256.slice(0, 12)}.${drawing.video.extension}`;
		case 'component':
			return `component ${drawing.code.slice(0, 12)}, props ${short(JSON.stringify(drawing.props))}`;
		case 'group':
			return `group of ${drawing.children.length}`;
		case 'texture':
			return `texture ${drawing.texture.type}${drawing.time === null ? '' : ', moving'}`;
		case 'path':
		case 'rectangle':
		case 'ellipse':
		case 'icon':
		case 'grain':
			return drawing.type;
		default:
			return unreachable(drawing);
	}
};

const short = (text: string): string => visible(text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}...` : text);
