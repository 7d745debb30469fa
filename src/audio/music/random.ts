export type Random = () => number;

const mix = (state: number): number => {
	let mixed = Math.imul(state ^ (state >>> 15), state | 1);
	mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
	return (mixed ^ (mixed >>> 14)) >>> 0;
};

/**
 * Numbers from 0 (included) to 1 (excluded): the same sequence for the same seed and label in every engine (mulberry32).
 * Labels keep parts independent: a change to the drums does not move a note of the melody.
 */
export const randomFor = (seed: number, label: string): Random => {
	let state = mix(seed >>> 0) >>> 0;
	for (const letter of label) state = Math.imul(state ^ letter.codePointAt(0)!, 0x01000193) >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		return mix(state) / 2 ** 32;
	};
};

/** @throws RangeError when there is nothing to pick from. */
export const pick = <T>(random: Random, choices: readonly T[]): T => {
	if (choices.length === 0) throw new RangeError('nothing to pick from');
	return choices[Math.floor(random() * choices.length)]!;
};
