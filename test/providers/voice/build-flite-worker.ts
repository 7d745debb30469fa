import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/** Builds the thread of the local voice into a directory; the path of the built file. */
export const buildFliteWorker = async (directory: string): Promise<string> => {
	const outfile = join(directory, 'flite-worker.mjs');
	await build({
		entryPoints: [resolve('src/providers/voice/flite-worker.ts')],
		outfile,
		bundle: true,
		packages: 'external',
		platform: 'node',
		target: 'node20.19',
		format: 'esm',
		logLevel: 'warning',
	});
	return outfile;
};
