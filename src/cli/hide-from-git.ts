import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Has git leave out a folder and all that is in it. A file that is there stays; one that cannot be written is no loss to a command. */
export const hideFromGit = (folder: string): void => {
	try {
		writeFileSync(join(folder, '.gitignore'), '*\n', { flag: 'wx' });
	} catch {
		// Also where the folder was not made.
	}
};

/** Runs a command. Those of the folders that it makes are hidden from git; those that were there before are left as they are. */
export const hidingNewFolders = async <T>(folders: readonly string[], work: () => Promise<T>): Promise<T> => {
	const missing = folders.filter((folder) => !existsSync(folder));
	try {
		return await work();
	} finally {
		for (const folder of missing) hideFromGit(folder);
	}
};
