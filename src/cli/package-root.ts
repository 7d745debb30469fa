import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds this package's own package.json, wherever the build put this file. */
export const packageRoot = (): string => {
	let directory = dirname(fileURLToPath(import.meta.url));
	while (!isOurs(directory)) {
		const parent = dirname(directory);
		if (parent === directory) throw new Error('the package.json of reelform was not found above its own code');
		directory = parent;
	}
	return directory;
};

/** The folder of the build that this file is part of: it holds the renderer's worker and the runtime. */
export const distDirectory = (): string => {
	let directory = dirname(fileURLToPath(import.meta.url));
	while (!existsSync(join(directory, 'runtime', 'code-hash.json'))) {
		if (dirname(directory) === directory) throw new Error('the built runtime was not found: run `npm run build`');
		directory = dirname(directory);
	}
	return directory;
};

const isOurs = (directory: string): boolean => {
	const file = join(directory, 'package.json');
	return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'reelform';
};

export const packageVersion = (): string => JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')).version;

export const schemaFile = (): string => join(packageRoot(), 'schema', 'campaign.schema.json');
