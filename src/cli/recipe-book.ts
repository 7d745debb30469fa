import { appendFile, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SegmentKey } from '../model/keys.ts';

/**
 * What the personal stretches of a campaign were cut into, one line for each: the recipe, then the keys of its segments. It only makes plans of many
 * recipients quick: what is rendered is decided by the segments themselves, so a lost or damaged book costs nothing but a wrong forecast.
 */
const bookFile = (stateDirectory: string, campaign: string): string => join(stateDirectory, 'recipes', `${campaign}.txt`);

const HEX = /^[0-9a-f]{64}$/;

/** Adds what a run has made. */
export const writeRecipes = async (
	stateDirectory: string,
	campaign: string,
	recipes: ReadonlyMap<string, readonly SegmentKey[]>,
): Promise<void> => {
	if (recipes.size === 0) return;
	const file = bookFile(stateDirectory, campaign);
	await mkdir(dirname(file), { recursive: true });
	// Begins on a line of its own, whatever a run that was cut off has left.
	await appendFile(file, `\n${[...recipes].map(([recipe, keys]) => `${recipe} ${keys.join(' ')}\n`).join('')}`);
};

/** The recipes all of whose segments are held. */
export const readRecipes = async (
	stateDirectory: string,
	campaign: string,
	isHeld: (key: string) => boolean,
): Promise<{ has(recipe: string): boolean }> => {
	const made = new Set<string>();
	const handle = await open(bookFile(stateDirectory, campaign), 'r').catch(() => null);
	if (handle === null) return made;
	for await (const line of handle.readLines()) {
		const [recipe = '', ...keys] = line.split(' ');
		if (HEX.test(recipe) && keys.length > 0 && keys.every(isHeld)) made.add(recipe);
	}
	return made;
};
