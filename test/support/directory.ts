import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs a test in a new empty directory, which is gone afterwards. */
export const makeDirectory = async <T>(test: (directory: string) => Promise<T>): Promise<T> => {
	const directory = await mkdtemp(join(tmpdir(), 'reelform-test-'));
	try {
		return await test(directory);
	} finally {
		await rm(directory, { recursive: true, force: true });
	}
};
