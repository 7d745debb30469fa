import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Chromium as the npm package `@sparticuz/chromium` carries it: brotli files. */
export type PackedChromium = {
	/** Of the package. */
	readonly version: string;
	readonly directory: string;
};

/** The package as it is installed beside Reelform; null when it is missing or is not for this machine. Runs none of its code. */
export const locatePackedChromium = (): PackedChromium | null => {
	if (process.platform !== 'linux' || process.arch !== 'x64') return null;
	try {
		const packageDirectory = dirname(dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium'))));
		const { name, version } = JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8')) as { name: string; version: string };
		const directory = join(packageDirectory, 'bin');
		return name === '@sparticuz/chromium' && existsSync(join(directory, 'chromium.br')) ? { version, directory } : null;
	} catch {
		// An optional dependency: not installed.
		return null;
	}
};
