import { canonicalJson } from '../model/canonical-json.ts';
import { type SegmentMessage, scaledSize } from '../model/segment-message.ts';
import { type FrameSourceSettings, openFrameSource } from './open-frame-source.ts';

export type StillsToDraw = {
	/** One frame each. */
	readonly messages: readonly SegmentMessage[];
	/** Factor on the size of the canvas, at most 1. */
	readonly scale: number;
};

/**
 * The pictures of single frames as PNG, with the number of the message that each is of. In this thread: nothing is encoded, and stills of one canvas share
 * a page. Throws `RenderFailure`; rejects with the signal's reason when aborted.
 */
export async function* drawStills(
	{ messages, scale }: StillsToDraw,
	settings: FrameSourceSettings,
	signal: AbortSignal,
): AsyncGenerator<{ readonly index: number; readonly png: Uint8Array }> {
	const source = await openFrameSource(settings, () => {});
	try {
		for (const indices of groupByCanvas(messages)) {
			const segments = indices.map((index) => messages[index]!);
			for await (const { segment, picture } of source.draw({ segments, format: 'png' }, signal))
				yield { index: indices[segment]!, png: await shrink(picture.bytes, segments[segment]!, scale) };
		}
	} finally {
		await source.close();
	}
}

const shrink = async (png: Uint8Array, { canvas }: SegmentMessage, scale: number): Promise<Uint8Array> => {
	if (scale === 1) return png;
	const { default: sharp } = await import('sharp');
	return sharp(png).resize(scaledSize(canvas, scale)).png().toBuffer();
};

const groupByCanvas = (messages: readonly SegmentMessage[]): readonly (readonly number[])[] => {
	const groups = new Map<string, number[]>();
	for (const [index, { canvas, encoder }] of messages.entries()) {
		const name = canonicalJson([canvas, encoder]);
		groups.set(name, [...(groups.get(name) ?? []), index]);
	}
	return [...groups.values()];
};
