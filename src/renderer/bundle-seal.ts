import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const SEAL = 'seal';
/** Assets are put there later, each checked by its own name. */
const ASSETS = 'public';

/** Writes into a bundle what its code is, so that a damaged one is known: what it draws would get into the store under right keys. */
export const sealBundle = async (directory: string): Promise<void> => writeFile(join(directory, SEAL), await hashOf(directory));

/** Whether a bundle is what was sealed. */
export const isSealed = async (directory: string): Promise<boolean> => {
	const seal = await readFile(join(directory, SEAL), 'utf8').catch(() => null);
	return seal !== null && seal === (await hashOf(directory).catch(() => null));
};

/** Over the names and contents of all files of the bundle's own. */
const hashOf = async (directory: string): Promise<string> => {
	const hash = createHash('sha256');
	const entries = await readdir(directory, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name).slice(directory.length + 1));
	for (const file of files.sort()) {
		if (file === SEAL || file.split(/[\\/]/, 1)[0] === ASSETS) continue;
		const content = await readFile(join(directory, file));
		hash.update(`${file.replaceAll('\\', '/')}\n${content.length}\n`).update(content);
	}
	return hash.digest('hex');
};
