import { seededNumbers } from '../support/seeded-numbers.ts';

/** Choices that are the same for the same seed. */
export type Chance = {
	/** A whole number from 0 up to and without `limit`. */
	below(limit: number): number;
	pick<T>(list: readonly T[]): T;
	/** True once in `times`. */
	once(times: number): boolean;
};

export const makeChance = (seed: number): Chance => {
	const next = seededNumbers(seed);
	const below = (limit: number): number => Math.floor(next() * limit);
	return { below, pick: (list) => list[below(list.length)]!, once: (times) => below(times) === 0 };
};

/** A seed for one case of a run: neighbours have nothing in common. */
export const seedOfCase = (seed: number, number: number): number => Math.imul(seed ^ Math.imul(number + 1, 0x9e3779b1), 0x85ebca6b) >>> 0;
