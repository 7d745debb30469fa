import { readFile } from 'node:fs/promises';
import type { ImageFacts } from '../model/inputs.ts';
import { checkImage, MAX_IMAGE_BYTES } from './check-image.ts';
import { type InputResult, refuse } from './input-problem.ts';
import { locateFile, type ProjectFile, type ProjectFolders } from './project-file.ts';

/** An image that is there, whole and drawable. `path` is the file itself, without symbolic links. */
export type ReadImage = { readonly facts: ImageFacts; readonly path: string };

/** Reads and checks an image that a spec names, down to its last pixel. */
export const readImage = async (written: string, folders: ProjectFolders): Promise<InputResult<ReadImage>> => {
	const located = await locateFile(written, folders);
	return located.ok ? readImageFile(written, located.value) : located;
};

/** The same for a file that was found already. */
export const readImageFile = async (written: string, { path, bytes }: ProjectFile): Promise<InputResult<ReadImage>> => {
	if (bytes > MAX_IMAGE_BYTES) {
		return refuse(
			'RF4004',
			`"${written}" has ${(bytes / 1e6).toFixed(0)} MB, more than ${MAX_IMAGE_BYTES / 1e6}`,
			'export a smaller picture',
		);
	}
	const checked = await checkImage(written, await readFile(path));
	return checked.ok ? { ok: true, value: { facts: checked.value, path } } : checked;
};
