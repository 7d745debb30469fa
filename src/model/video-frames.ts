import type { AssetRef, Drawing } from './drawing.ts';
import type { SegmentMessage } from './segment-message.ts';

/** A video and the size in pixels that its frames are decoded to. */
export type DecodedVideo = { readonly video: AssetRef; readonly width: number; readonly height: number };

/** Changes when the same frame is decoded to other pixels. The name of every frame has it, and so the runtime, and so every key. */
const DECODING = 1;

/** The picture of a video's frame, among the assets. Frames are named by where they come from: their bytes are not known before they are decoded. */
export const frameAsset = ({ video, width, height }: DecodedVideo, index: number): AssetRef => ({
	sha256: `${video.sha256}-${width}x${height}-${DECODING}-${index}`,
	extension: 'jpg',
});

/** `indices` rise, each once. */
export type WantedFrames = DecodedVideo & { readonly indices: readonly number[] };

/** The frames of videos that messages draw, by video and size. */
export const framesOf = (messages: readonly SegmentMessage[]): readonly WantedFrames[] => {
	const found = new Map<string, { readonly decoded: DecodedVideo; readonly indices: Set<number> }>();
	const visit = (drawing: Drawing): void => {
		if (drawing.type === 'group') drawing.children.forEach(visit);
		if (drawing.type !== 'frames') return;
		const { video, width, height, steps } = drawing;
		const name = `${video.sha256} ${width} ${height}`;
		const { indices } = found.get(name) ?? { indices: new Set<number>() };
		for (const [, index] of steps) indices.add(index);
		found.set(name, { decoded: { video, width, height }, indices });
	};
	for (const { scenes } of messages) for (const scene of scenes) scene.layers.forEach(visit);
	return [...found.values()].map(({ decoded, indices }) => ({ ...decoded, indices: [...indices].sort((a, b) => a - b) }));
};
