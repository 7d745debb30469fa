import { resolve } from 'node:path';
import type { Needs } from '../model/inputs.ts';

/**
 * Absolute paths of the files that a spec in `folder` names, and of what its components import. Also those that could not be used: whoever watches them
 * wants to know when they are mended.
 */
export const namedFiles = (needs: Needs, componentFiles: readonly string[], folder: string): readonly string[] => {
	const fonts = (needs.fontFiles ?? []).map((font) => font.file);
	const media = [...needs.images, ...(needs.videos ?? []), ...(needs.sounds ?? [])].filter((path) => !path.startsWith('asset.'));
	const named = [...media, ...fonts, ...(needs.components ?? []), ...(needs.propsSchemas ?? [])];
	return [...new Set([...named.map((path) => resolve(folder, path)), ...componentFiles])];
};
