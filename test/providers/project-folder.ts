import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Runs a test in a fresh folder outside of any project, with these files in it, and removes it. */
export const inFolder = async <T>(
	files: Readonly<Record<string, string | Uint8Array>>,
	test: (folder: string) => Promise<T>,
): Promise<T> => {
	const folder = mkdtempSync(join(tmpdir(), 'reelform-inputs-'));
	try {
		for (const [name, content] of Object.entries(files)) {
			mkdirSync(dirname(join(folder, name)), { recursive: true });
			writeFileSync(join(folder, name), content);
		}
		return await test(folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
};
