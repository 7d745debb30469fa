import type { SceneLength } from '../fit-duration.ts';

/**
 * Lengths with the borders behind flexible scenes moved to the nearest beat that the bounds of all scenes allow. `beats` in frames, rising. The sum stays, fixed
 * scenes keep their lengths, and a border that can meet no beat stays as near to its place as it can.
 */
export const snapToBeats = (
	frames: readonly number[],
	lengths: readonly Pick<SceneLength, 'min' | 'max'>[],
	beats: readonly number[],
): readonly number[] => {
	const total = frames.reduce((sum, length) => sum + length, 0);
	// Rounding has given a fixed scene a frame more or less: what it has is what it keeps.
	const bounds = lengths.map(({ min, max }, index) => (min === max ? { min: frames[index]!, max: frames[index]! } : { min, max }));
	const snapped: number[] = [];
	let [start, wished] = [0, 0];
	for (const [index, length] of frames.entries()) {
		const rest = bounds.slice(index + 1);
		const [least, most] = [sumOf(rest, 'min'), sumOf(rest, 'max')];
		const from = Math.max(start + bounds[index]!.min, total - most);
		const to = Math.min(start + bounds[index]!.max, total - least);
		wished += length;
		const end = bounds[index]!.min === bounds[index]!.max ? start + length : nearest(beats, { wished, from, to });
		snapped.push(end - start);
		start = end;
	}
	return snapped;
};

const sumOf = (bounds: readonly Pick<SceneLength, 'min' | 'max'>[], key: 'min' | 'max'): number =>
	bounds.reduce((sum, bound) => sum + bound[key], 0);

const nearest = (beats: readonly number[], { wished, from, to }: { wished: number; from: number; to: number }): number => {
	const inside = beats.filter((beat) => beat >= from && beat <= to);
	const kept = Math.min(to, Math.max(from, wished));
	return inside.reduce((best, beat) => (Math.abs(beat - wished) < Math.abs(best - wished) ? beat : best), inside[0] ?? kept);
};
