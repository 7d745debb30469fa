import type { SegmentMessage } from '../model/segment-message.ts';
import { movements, rebaseDrawing } from './rebase-tracks.ts';

/** The frame of an output, counted from its first, as a message of its own: one frame long, and it looks the same. @throws RangeError outside the output */
export const stillOf = (messages: readonly SegmentMessage[], frame: number): SegmentMessage => {
	let offset = frame;
	for (const message of messages) {
		if (offset >= 0 && offset < message.frames) return frameOfMessage(message, offset);
		offset -= message.frames;
	}
	throw new RangeError(`the output has no frame ${frame}`);
};

const frameOfMessage = (message: SegmentMessage, offset: number): SegmentMessage => {
	const draw = <T extends SegmentMessage['scenes'][number]>(scene: T): T => ({
		...scene,
		layers: scene.layers.map((layer) => rebaseDrawing(layer, { offset, frames: 1 })),
	});
	const [first, second] = message.scenes;
	return {
		...message,
		frames: 1,
		scenes: second === undefined ? [draw(first)] : [draw(first), draw(second)],
		transition: message.transition && { ...message.transition, offset: message.transition.offset + offset },
	};
};

type Stretch = readonly [start: number, end: number];

/** The frame in the middle of the longest stretch of an output in which no layer moves; backgrounds that never rest do not count. */
export const restingFrame = (messages: readonly SegmentMessage[]): number => {
	const frames = messages.reduce((sum, message) => sum + message.frames, 0);
	const busy = [...busyStretches(messages), [frames, frames] as const].sort(([a], [b]) => a - b);
	let longest: Stretch = [0, 0];
	let rest = 0;
	for (const [start, end] of busy) {
		if (start - rest > longest[1] - longest[0]) longest = [rest, start];
		rest = Math.max(rest, end);
	}
	const [start, end] = longest[1] > longest[0] ? longest : [0, frames];
	return Math.floor((start + end - 1) / 2);
};

const busyStretches = (messages: readonly SegmentMessage[]): readonly Stretch[] => {
	let start = 0;
	return messages.flatMap((message): readonly Stretch[] => {
		const first = start;
		start += message.frames;
		if (message.transition !== null) return [[first, start]];
		return message.scenes
			.flatMap((scene) => scene.layers.flatMap(movements))
			.filter(([from, until]) => Number.isFinite(until) && until > 0 && from < message.frames)
			.map(([from, until]) => [first + Math.max(0, from), first + Math.min(message.frames, until)]);
	});
};
