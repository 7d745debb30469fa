import { staticFile } from 'remotion';
import type { AssetRef } from '../model/drawing.ts';
import type { FontFile, SegmentMessage } from '../model/segment-message.ts';
import { fontFileFamily } from './font-family.ts';

/** URL of an asset on the page's own origin. */
export const assetUrl = (asset: AssetRef): string => staticFile(`assets/${asset.sha256}.${asset.extension}`);

/** Each font file of the segments once. */
export const fontFilesOf = (segments: readonly SegmentMessage[]): readonly FontFile[] => {
	const files = new Map<string, FontFile>();
	for (const segment of segments) for (const file of segment.fonts) files.set(fontFileFamily(file), file);
	return [...files.values()];
};

/**
 * Resolves when the files can be drawn with. A file that the page already has is not loaded again.
 * @throws Error that names the font when a file cannot be loaded.
 */
export const loadFonts = async (files: readonly FontFile[]): Promise<void> => {
	const known = new Map([...document.fonts].map((face) => [face.family, face]));
	const faces = files.map((file) => known.get(fontFileFamily(file)) ?? addFace(file));
	await Promise.all(faces.map((face, index) => awaitFace(face, files[index]!)));
};

const addFace = (file: FontFile): FontFace => {
	const face = new FontFace(fontFileFamily(file), `url(${assetUrl(file.asset)})`, {
		weight: String(file.weight),
		style: file.italic ? 'italic' : 'normal',
		unicodeRange: file.unicodeRange,
		display: 'block',
	});
	document.fonts.add(face);
	return face;
};

const awaitFace = async (face: FontFace, file: FontFile): Promise<void> => {
	try {
		await face.load();
	} catch (error) {
		const name = `${file.family} ${file.weight}${file.italic ? ' italic' : ''}`;
		throw new Error(`the font ${name} could not be loaded from ${assetUrl(file.asset)}`, { cause: error });
	}
};
