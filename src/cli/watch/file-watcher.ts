import { existsSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { watch } from 'chokidar';

/** Watches single files, whether they exist yet or not. */
export type FileWatcher = {
	/** Watches these files, and forgets all others. Absolute paths. Resolves when they are watched. */
	readonly follow: (files: readonly string[]) => Promise<void>;
	readonly close: () => Promise<void>;
};

/**
 * Calls `onChange` with the absolute path of a followed file that was written, replaced, deleted or created.
 *
 * The folders are watched and not the files: an editor that saves by renaming gives the path a new inode, and a deleted file has none to watch.
 */
export const openFileWatcher = (onChange: (file: string) => void): FileWatcher => {
	let wanted: ReadonlySet<string> = new Set();
	const watched = new Set<string>();
	const leadsToWanted = (path: string): boolean => wanted.has(path) || [...wanted].some((file) => file.startsWith(`${path}${sep}`));
	const watcher = watch([], {
		ignoreInitial: true,
		depth: 0,
		ignored: (path) => !leadsToWanted(path),
		awaitWriteFinish: { stabilityThreshold: 60, pollInterval: 20 },
	});
	const watchFolders = async (): Promise<void> => {
		const folders = [...wanted].map(nearestFolder).filter((folder) => !watched.has(folder));
		const fresh = [...new Set(folders), ...[...wanted].filter((file) => !watched.has(file) && existsSync(file))];
		if (fresh.length === 0) return;
		for (const path of fresh) watched.add(path);
		await new Promise<void>((resolve) => {
			watcher.once('ready', resolve);
			watcher.add(fresh);
		});
	};
	watcher.on('all', (_event, path) => {
		if (wanted.has(path)) onChange(path);
		else watchFolders();
	});
	return {
		follow: (files) => {
			wanted = new Set(files);
			return watchFolders();
		},
		close: () => watcher.close(),
	};
};

/** The folder of a file, or the nearest one above it that exists. */
const nearestFolder = (file: string): string => {
	let folder = dirname(file);
	while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
	return folder;
};
