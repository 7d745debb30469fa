import { existsSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { watch } from 'chokidar';

/** Watches single files, whether they exist yet or not. */
export type FileWatcher = {
	/** Watches these files, and forgets all others. Absolute paths. */
	readonly follow: (files: readonly string[]) => Promise<void>;
	readonly close: () => Promise<void>;
};

/**
 * Calls `onChange` with the absolute path of a followed file that was written, replaced, deleted or created.
 *
 * Folders are watched beside the files: an editor that saves by renaming gives the path a new inode, and a deleted file has none to watch.
 */
export const openFileWatcher = (onChange: (file: string) => void): FileWatcher => {
	let wanted: ReadonlySet<string> = new Set();
	const watched = new Set<string>();
	const watcher = watch([], {
		ignoreInitial: true,
		depth: 0,
		ignored: (path) => !wanted.has(path) && ![...wanted].some((file) => file.startsWith(path.endsWith(sep) ? path : `${path}${sep}`)),
		awaitWriteFinish: { stabilityThreshold: 60, pollInterval: 20 },
	});
	const ready = new Promise<void>((resolve) => {
		watcher.once('ready', resolve);
	});
	const addFresh = (): ReadonlySet<string> => {
		const paths = [...wanted].flatMap((file) => [nearestFolder(file), ...(existsSync(file) ? [file] : [])]);
		const fresh = new Set(paths.filter((path) => !watched.has(path)));
		for (const path of fresh) watched.add(path);
		if (fresh.size > 0) watcher.add([...fresh]);
		return fresh;
	};
	watcher.on('all', (event, path) => {
		if (event === 'unlink' || event === 'unlinkDir') watched.delete(path);
		// A folder that has just come may hold a wanted file already, which its first listing passes over in silence.
		const fresh = addFresh();
		for (const file of wanted) if (file === path || (fresh.has(dirname(file)) && fresh.has(file))) onChange(file);
	});
	watcher.on('error', () => {
		for (const file of wanted) onChange(file);
	});
	return {
		follow: async (files) => {
			wanted = new Set(files);
			addFresh();
			await ready;
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
