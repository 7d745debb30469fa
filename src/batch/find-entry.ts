import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where Remotion looks for the entry point of a project, in its order. */
const PLACES = ['src', 'remotion', 'app/remotion', 'src/remotion'].flatMap((folder) =>
	['ts', 'tsx', 'js', 'mjs'].map((extension) => join(folder, `index.${extension}`)),
);

/** The entry point of a Remotion project: the one that is given, else the first of Remotion's own places that is there. @throws RangeError */
export const findEntry = (projectDir: string, given: string | undefined): string => {
	const candidates = (given === undefined ? PLACES : [given]).map((place) => resolve(projectDir, place));
	const found = candidates.find((file) => existsSync(file));
	if (found !== undefined) return found;
	const tried = given === undefined ? PLACES.slice(0, 4).join(', ') : given;
	throw new RangeError(
		`no entry point of a Remotion project in ${projectDir}: ${tried}${given === undefined ? ' and others were tried; give `entryPoint`' : ' does not exist'}`,
	);
};
