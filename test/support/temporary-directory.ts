import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new directory that is gone when the test process ends. */
export const temporaryDirectory = (): string => {
	const directory = mkdtempSync(join(tmpdir(), 'reelform-test-'));
	process.setMaxListeners(process.getMaxListeners() + 1);
	process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
	return directory;
};
