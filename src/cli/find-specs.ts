import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** What is no source of the project: packages, and the folder of videos. Folders whose names begin with a dot neither. */
const SKIPPED = ['node_modules', 'out'];

/** The campaign specs of a project, relative to its root, sorted. Symbolic links are not followed; what cannot be read has none. */
export const findSpecs = async (root: string): Promise<readonly string[]> => {
	const found: string[] = [];
	const visit = async (folder: string): Promise<void> => {
		for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
			const path = join(folder, entry.name);
			if (entry.isDirectory() && !entry.name.startsWith('.') && !SKIPPED.includes(entry.name)) await visit(path);
			else if (entry.isFile() && entry.name.endsWith('.campaign.yaml')) found.push(relative(root, path));
		}
	};
	await visit(root);
	return found.sort();
};
