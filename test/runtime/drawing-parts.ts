import type { AnimatedProperty, Drawing, Paint, Track } from '../../src/model/drawing.ts';
import type { FontFile, SegmentMessage } from '../../src/model/segment-message.ts';
import { createFontsourceBook } from '../../src/providers/fontsource-book.ts';

export const WIDTH = 320;
export const HEIGHT = 180;

export const book = await createFontsourceBook([process.cwd()]);

export const solid = (color: string): Paint => ({ type: 'solid', color });

export const track = (property: AnimatedProperty, from: number, to: number, start: number, end: number): Track => ({
	property,
	from,
	to,
	start,
	end,
	easing: 'expo.out',
});

type Line = Partial<Extract<Drawing, { type: 'text' }>> & {
	readonly text: string;
	readonly family?: string;
	readonly size?: number;
	readonly tracking?: number;
};

/** A white line whose box is 20 to 300, and its face's weight nearest to 400. */
export const line = ({ text, family = 'Inter', size = 48, tracking = 0, ...rest }: Line): Drawing => ({
	type: 'text',
	box: { x: 20, y: 70, width: 280, height: 60 },
	tracks: [],
	runs: [{ text, color: '#ffffff' }],
	style: { family, weight: weightOf(family), italic: false, size, tracking, tabular: false },
	align: 'left',
	baseline: 120,
	...rest,
});

const weightOf = (family: string): number => book.resolveWeight({ family, weight: 400, italic: false })!;

const fontsOf = (layers: readonly Drawing[]): readonly FontFile[] => {
	const found = layers.flatMap((layer): readonly FontFile[] => {
		if (layer.type === 'group') return fontsOf(layer.children);
		if (layer.type !== 'text') return [];
		return book.measure(layer.style, layer.runs.map((run) => run.text).join('')).files;
	});
	return [...new Map(found.map((file) => [file.asset.sha256, file])).values()];
};

export const segment = (layers: readonly Drawing[], more: Partial<SegmentMessage> = {}): SegmentMessage => ({
	canvas: { width: WIDTH, height: HEIGHT, fps: 30 },
	frames: 20,
	scenes: [{ background: solid('#000000'), layers }],
	transition: null,
	fonts: fontsOf(layers),
	encoder: { codec: 'h264', preset: 'veryfast', crf: 20, threads: 1, jpegQuality: 80 },
	...more,
});
