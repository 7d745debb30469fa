/** How long a scene may be, in frames. `share` weighs it against the other flexible scenes; fixed scenes have `min` = `max`. */
export type SceneLength = { readonly min: number; readonly max: number; readonly share: number };

/** Frames missing (`short`) or left over (`long`) when no allowed lengths sum to the total. */
export type FitFailure = { readonly fits: false; readonly reason: 'short' | 'long'; readonly by: number };
export type Fit = { readonly fits: true; readonly frames: readonly number[] } | FitFailure;

/**
 * Lengths that sum to `total` exactly, each within its bounds, flexible ones in proportion to their shares.
 * Seconds were rounded to frames scene by scene, so all-fixed lengths may miss the total by half a frame a scene: the last scene takes that up.
 */
export const fitDuration = (scenes: readonly SceneLength[], total: number): Fit => {
	const least = scenes.reduce((sum, scene) => sum + scene.min, 0);
	const most = scenes.reduce((sum, scene) => sum + scene.max, 0);
	const rounding = Math.ceil(scenes.length / 2);
	if (least > total + rounding) return { fits: false, reason: 'long', by: least - total };
	if (most < total - rounding) return { fits: false, reason: 'short', by: total - most };
	if (least >= total || most <= total) return { fits: true, frames: withRoundingInLast(scenes, least >= total, total) };
	return { fits: true, frames: roundToSum(fillByShare(scenes, total), scenes, total) };
};

const withRoundingInLast = (scenes: readonly SceneLength[], atLeast: boolean, total: number): readonly number[] => {
	const frames = scenes.map((scene) => (atLeast ? scene.min : scene.max));
	const sum = frames.reduce((a, b) => a + b, 0);
	return frames.map((length, index) => (index === frames.length - 1 ? length + total - sum : length));
};

/** Water-filling: share what is left, pin the scenes that hit a bound, and share again among the rest. */
const fillByShare = (scenes: readonly SceneLength[], total: number): number[] => {
	const lengths = scenes.map((scene) => (scene.min === scene.max ? scene.min : Number.NaN));
	for (;;) {
		const open = scenes.flatMap((_, index) => (Number.isNaN(lengths[index]) ? [index] : []));
		if (open.length === 0) return lengths;
		const left = total - lengths.reduce((sum, length) => sum + (Number.isNaN(length) ? 0 : length), 0);
		const shares = open.reduce((sum, index) => sum + scenes[index]!.share, 0);
		const wanted = new Map(open.map((index) => [index, (left * scenes[index]!.share) / shares]));
		const under = open.filter((index) => wanted.get(index)! < scenes[index]!.min);
		const over = open.filter((index) => wanted.get(index)! > scenes[index]!.max);
		const lacking = under.reduce((sum, index) => sum + scenes[index]!.min - wanted.get(index)!, 0);
		const spare = over.reduce((sum, index) => sum + wanted.get(index)! - scenes[index]!.max, 0);
		// Pin the side that is violated more: pinning both could leave too little or too much for the rest.
		const pinned = lacking >= spare ? under : over;
		if (pinned.length === 0) return lengths.map((length, index) => (Number.isNaN(length) ? wanted.get(index)! : length));
		for (const index of pinned) lengths[index] = lacking >= spare ? scenes[index]!.min : scenes[index]!.max;
	}
};

/** Whole frames: floor everything, then give the missing frames to the largest remainders, earlier scenes first. */
const roundToSum = (lengths: readonly number[], scenes: readonly SceneLength[], total: number): readonly number[] => {
	const frames = lengths.map((length, index) => Math.max(scenes[index]!.min, Math.floor(length)));
	let missing = total - frames.reduce((sum, length) => sum + length, 0);
	const byRemainder = lengths
		.map((length, index) => ({ index, remainder: length - frames[index]! }))
		.sort((a, b) => b.remainder - a.remainder || a.index - b.index);
	for (const { index } of byRemainder) {
		if (missing <= 0) break;
		if (frames[index]! < scenes[index]!.max) {
			frames[index]! += 1;
			missing -= 1;
		}
	}
	return frames;
};
