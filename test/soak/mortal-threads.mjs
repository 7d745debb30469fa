// Loaded before the program (`--import`), in every thread of it: a thread that draws ends itself when a file `die` lies in the folder, and the first one
// to remove the file is the one. What a bug in native code does to a thread, from outside.
import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';

const folder = process.env.REELFORM_SOAK_FOLDER;

if (!isMainThread && folder !== undefined) {
	setInterval(() => {
		try {
			unlinkSync(join(folder, 'die'));
		} catch {
			return;
		}
		process.exit(7);
	}, 100).unref();
}
