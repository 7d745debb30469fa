import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Font } from 'fontkit';
import type { FontFile } from '../model/segment-message.ts';
import type { FaceQuery } from '../ports/font-book.ts';
import { type OpenFace, openFace, remember } from './font-face.ts';
import { type FontPackage, fontFileName } from './fontsource-package.ts';
import { type CodeRange, hasCodePoint } from './unicode-ranges.ts';

/** One file of a face: opened when a text needs it. */
export type FacePart = {
	readonly family: string;
	readonly weight: number;
	/** What the file may draw. */
	readonly ranges: readonly CodeRange[];
	readonly open: () => OpenFace;
	readonly file: () => FontFile;
};

/** A family from a package or from files of the project. */
export type FontFamily = {
	/** Ascending, and never empty. */
	readonly weights: readonly number[];
	/** The files of the nearest face, the main script's first. A family without the style that is asked for answers with the one it has. */
	readonly parts: (query: FaceQuery) => readonly FacePart[];
};

export type FontContent = { readonly font: Font; readonly sha256: string };

/** A font file of the project that was read and checked. */
export type LocalFace = FontContent & {
	readonly family: string;
	readonly weight: number;
	readonly italic: boolean;
	readonly path: string;
	readonly extension: string;
};

/** The nearest weight; of two equally near ones the bolder from 500 up and the lighter below, as browsers choose. */
export const nearestWeight = (weights: readonly number[], wanted: number): number =>
	weights.reduce((best, weight) => {
		const nearer = Math.abs(weight - wanted) - Math.abs(best - wanted);
		return nearer < 0 || (nearer === 0 && wanted >= 500) ? weight : best;
	});

/** A family of an installed package. `contentOf` opens a file by its path, once. */
export const packageFamily = (pack: FontPackage, contentOf: (path: string) => FontContent): FontFamily => ({
	weights: pack.weights,
	parts: (query) => {
		const weight = nearestWeight(pack.weights, query.weight);
		const main = pack.subsets[0]!.name;
		const italic = fontFileName(pack, { subset: main, weight, italic: query.italic }) === undefined ? !query.italic : query.italic;
		return pack.subsets.flatMap((subset) => {
			const name = fontFileName(pack, { subset: subset.name, weight, italic });
			if (name === undefined) return [];
			const path = join(pack.directory, 'files', name);
			const extension = name.slice(name.lastIndexOf('.') + 1);
			const content = (): FontContent => contentOf(path);
			return [facePart(query, { weight, ranges: subset.ranges, unicodeRange: subset.unicodeRange, extension, content })];
		});
	},
});

const EVERYTHING: readonly CodeRange[] = [[0, 0x10ffff]];

/** A family of files of the project: of two that say the same of themselves the first counts. `faces` is not empty. */
export const localFamily = (faces: readonly LocalFace[]): FontFamily => ({
	weights: [...new Set(faces.map((face) => face.weight))].sort((a, b) => a - b),
	parts: (query) => {
		const inStyle = faces.filter((face) => face.italic === query.italic);
		const eligible = inStyle.length > 0 ? inStyle : faces;
		const weight = nearestWeight(
			[...new Set(eligible.map((face) => face.weight))].sort((a, b) => a - b),
			query.weight,
		);
		const face = eligible.find((candidate) => candidate.weight === weight)!;
		const { extension } = face;
		return [facePart(query, { weight, ranges: EVERYTHING, unicodeRange: 'U+0-10FFFF', extension, content: () => face })];
	},
});

type PartSource = {
	readonly weight: number;
	readonly ranges: readonly CodeRange[];
	readonly unicodeRange: string;
	readonly extension: string;
	readonly content: () => FontContent;
};

const facePart = (query: FaceQuery, { weight, ranges, unicodeRange, extension, content }: PartSource): FacePart => {
	const { family, italic } = query;
	const open = remember(() => openFace(content().font, query.tabular ?? false));
	return {
		family,
		weight,
		ranges,
		open: () => open(''),
		file: () => ({ family, weight, italic, unicodeRange, asset: { sha256: content().sha256, extension } }),
	};
};

/** The file that has every character of a grapheme. */
export const partFor = (parts: readonly FacePart[], characters: readonly string[]): FacePart | undefined => {
	const codePoints = characters.map((character) => character.codePointAt(0)!);
	const part = parts.find(({ ranges }) => hasCodePoint(ranges, codePoints[0]!));
	return part !== undefined && codePoints.every((codePoint) => part.open().has(codePoint)) ? part : undefined;
};

/** Opens font files by path, each once, and keeps their paths by content in `paths`. */
export const openContents = (
	open: (bytes: Buffer) => Font,
	{ hash, paths }: { readonly hash: (bytes: Buffer) => string; readonly paths: Map<string, string> },
): ((path: string) => FontContent) =>
	remember((path) => {
		const bytes = readFileSync(path);
		const sha256 = hash(bytes);
		paths.set(sha256, path);
		return { font: open(bytes), sha256 };
	});
