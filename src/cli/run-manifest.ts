import { diskReason } from '../diagnostics/disk-reasons.ts';
import type { ManifestWriter } from './manifest/open-manifest.ts';
import type { OutputStream } from './terminal.ts';

/** The manifest of a render, which a disk that does not take it does not end. */
export type RunManifest = Pick<ManifestWriter, 'write' | 'discard'> & {
	/** Whether the manifest is at its place; else it is told why not. Never throws. */
	finish(run: { readonly partial: boolean }): Promise<boolean>;
};

/** `directory`: the folder of the manifest, as the user knows it. */
export const tellingManifest = (manifest: ManifestWriter, directory: string, stderr: OutputStream): RunManifest => ({
	// A disk that has failed once is told of by `finish`.
	write: (record, place) => manifest.write(record, place).catch(() => {}),
	discard: manifest.discard,
	finish: (run) =>
		manifest.finish(run).then(
			() => true,
			({ code, message }: NodeJS.ErrnoException) => {
				const reason = code === undefined ? message : diskReason(code);
				stderr.write(`The manifest in ${directory} could not be written: ${reason}. Run the same command again to have it.\n`);
				return false;
			},
		),
});
