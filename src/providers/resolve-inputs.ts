import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { FontFileNeed, IconShape, ImageFacts, Needs, VideoFacts } from '../model/inputs.ts';
import type { Inputs } from '../ports/inputs.ts';
import { BRAND_PREFIX, loadBrandMarks } from './brand-marks.ts';
import type { LocalFace } from './font-family.ts';
import { createFontsourceBook, type FontsourceBook } from './fontsource-book.ts';
import { fontPackageId, installedFamilies } from './fontsource-package.ts';
import { conceptWords, iconForConcept } from './icon-concepts.ts';
import { loadIcons, nearestIcons } from './icons.ts';
import type { InputProblem } from './input-problem.ts';
import { projectFolders } from './project-file.ts';
import { readFont } from './read-font.ts';
import { readImage } from './read-image.ts';
import { readVideo } from './read-video.ts';
import { type ComponentCode, resolveComponents } from './resolve-components.ts';

/** Something that a spec names, as it is written there. */
export type Need = {
	readonly kind: 'image' | 'video' | 'fontFamily' | 'fontFile' | 'icon' | 'component' | 'propsSchema';
	readonly name: string;
};

export type NeedProblem = InputProblem & { readonly need: Need };

export type ResolvedInputs = {
	/** What was found. A need with a problem is not in it. */
	readonly inputs: Inputs;
	/** In the order of the needs: images, videos, font files, font families, icons. */
	readonly problems: readonly NeedProblem[];
	/** Files of the images and videos by content. */
	readonly assetFiles: ReadonlyMap<string, string>;
	/** Code of the components by the hash that drawings name it with. */
	readonly componentCodes: ReadonlyMap<string, ComponentCode>;
	/** Absolute paths of everything that the components were made of. */
	readonly componentFiles: readonly string[];
	/** File of an image, of a video or of a font that was measured with, by content; null for any other. */
	readonly fileOf: (sha256: string) => string | null;
};

/** Reads and checks what a campaign needs from outside of its spec. Fonts are opened later, as they are measured with. */
export const resolveInputs = async (needs: Needs, { specFile }: { readonly specFile: string }): Promise<ResolvedInputs> => {
	const folders = projectFolders(specFile);
	const fontFolders = [folders.specFolder, dirname(fileURLToPath(import.meta.url))];
	const [images, videos, fonts, icons, own] = await Promise.all([
		readImages(needs.images, folders),
		readVideos(needs.videos ?? [], folders),
		openFonts(needs, folders, fontFolders),
		readIcons(needs.icons),
		resolveComponents(needs, folders),
	]);
	const assetFiles = new Map([...images.found, ...videos.found].map(({ facts, path }) => [facts.asset.sha256, path]));
	return {
		inputs: {
			fonts: fonts.book,
			images: new Map(images.found.map(({ name, facts }) => [name, facts])),
			videos: new Map(videos.found.map(({ name, facts }) => [name, facts])),
			icons: icons.found,
			components: own.components,
			propsSchemas: own.propsSchemas,
		},
		problems: [...images.problems, ...videos.problems, ...fonts.problems, ...icons.problems, ...own.problems],
		assetFiles,
		componentCodes: own.codes,
		componentFiles: own.files,
		fileOf: (sha256) => assetFiles.get(sha256) ?? fonts.book.fileOf(sha256),
	};
};

type NamedImage = { readonly name: string; readonly facts: ImageFacts; readonly path: string };

/** Two at a time: a picture at the limits takes a core and a quarter of a gigabyte while it is decoded. */
const IMAGES_AT_ONCE = 2;

const readImages = async (
	names: readonly string[],
	folders: ReturnType<typeof projectFolders>,
): Promise<{ found: readonly NamedImage[]; problems: readonly NeedProblem[] }> => {
	const queue = [...new Set(names)];
	const results = new Map<string, Awaited<ReturnType<typeof readImage>>>();
	const waiting = [...queue];
	const lane = async (): Promise<void> => {
		for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) results.set(name, await readImage(name, folders));
	};
	await Promise.all(Array.from({ length: IMAGES_AT_ONCE }, lane));
	const found: NamedImage[] = [];
	const problems: NeedProblem[] = [];
	for (const name of queue) {
		const result = results.get(name)!;
		if (result.ok) found.push({ name, ...result.value });
		else problems.push({ need: { kind: 'image', name }, ...result.problem });
	}
	return { found, problems };
};

type NamedVideo = { readonly name: string; readonly facts: VideoFacts; readonly path: string };

/** One at a time: a video at the limits takes as long as its disk to read. */
const readVideos = async (
	names: readonly string[],
	folders: ReturnType<typeof projectFolders>,
): Promise<{ found: readonly NamedVideo[]; problems: readonly NeedProblem[] }> => {
	const found: NamedVideo[] = [];
	const problems: NeedProblem[] = [];
	for (const name of new Set(names)) {
		const result = await readVideo(name, folders);
		if (result.ok) found.push({ name, ...result.value });
		else problems.push({ need: { kind: 'video', name }, ...result.problem });
	}
	return { found, problems };
};

const openFonts = async (
	{ fontFiles = [], fontFamilies, fallbackFamilies = [] }: Needs,
	folders: ReturnType<typeof projectFolders>,
	fontFolders: readonly string[],
): Promise<{ readonly book: FontsourceBook; readonly problems: readonly NeedProblem[] }> => {
	const own = await readFonts(fontFiles, folders);
	const book = await createFontsourceBook(fontFolders, { local: own.found, fallback: fallbackFamilies });
	const ownFamilies = new Set(fontFiles.map(({ family }) => family));
	const installable = fontFamilies.filter((family) => !ownFamilies.has(family));
	return { book, problems: [...own.problems, ...missingFamilies(installable, book, fontFolders)] };
};

const readFonts = async (
	needs: readonly FontFileNeed[],
	folders: ReturnType<typeof projectFolders>,
): Promise<{ readonly found: readonly LocalFace[]; readonly problems: readonly NeedProblem[] }> => {
	const found: LocalFace[] = [];
	const problems = new Map<string, NeedProblem>();
	for (const { file, family, weight, italic } of needs) {
		const result = await readFont(file, folders);
		if (result.ok) found.push({ ...result.value, family, weight: weight ?? result.value.weight, italic: italic ?? result.value.italic });
		else problems.set(file, { need: { kind: 'fontFile', name: file }, ...result.problem });
	}
	return { found, problems: [...problems.values()] };
};

const missingFamilies = (families: readonly string[], fonts: FontsourceBook, folders: readonly string[]): readonly NeedProblem[] =>
	[...new Set(families)]
		.filter((family) => fonts.resolveWeight({ family, weight: 400, italic: false }) === null)
		.map((family) => {
			const near = didYouMean(family, installedFamilies(folders));
			const install = `npm install @fontsource/${fontPackageId(family) || 'inter'}`;
			return {
				need: { kind: 'fontFamily', name: family },
				code: 'RF4005',
				summary: `the font family "${family}" is not installed`,
				hint: near === undefined ? `install it beside the spec: ${install}` : `did you mean "${near}"? Or install it: ${install}`,
			};
		});

const unknownBrand = (name: string, near: readonly string[]): NeedProblem => ({
	need: { kind: 'icon', name },
	code: 'RF3013',
	summary: `there is no brand mark "${name}"`,
	hint:
		near.length === 0
			? 'marks are listed on icon-sets.iconify.design/logos; use an image for any other'
			: `did you mean ${near.map((mark) => `"${mark}"`).join(' or ')}?`,
});

const readIcons = async (
	names: readonly string[],
): Promise<{ found: ReadonlyMap<string, IconShape>; problems: readonly NeedProblem[] }> => {
	const found = new Map<string, IconShape>();
	const problems: NeedProblem[] = [];
	if (names.length === 0) return { found, problems };
	const icons = await loadIcons();
	const marks = names.some((name) => name.startsWith(BRAND_PREFIX)) ? await loadBrandMarks() : null;
	for (const name of new Set(names)) {
		if (marks !== null && name.startsWith(BRAND_PREFIX)) {
			const brand = name.slice(BRAND_PREFIX.length);
			const mark = marks.mark(brand);
			if (mark === null) problems.push(unknownBrand(name, marks.near(brand)));
			else found.set(name, mark);
			continue;
		}
		const concept = iconForConcept(name);
		const shape = icons.icon(name) ?? (concept === null ? null : icons.icon(concept));
		if (shape !== null) {
			found.set(name, shape);
			continue;
		}
		const near = nearestIcons(name, [...icons.iconNames(), ...conceptWords()]);
		problems.push({
			need: { kind: 'icon', name },
			code: 'RF3013',
			summary: `there is no Lucide icon "${name}"`,
			hint: near.length === 0 ? 'names are listed on lucide.dev/icons' : `did you mean ${near.map((icon) => `"${icon}"`).join(' or ')}?`,
		});
	}
	return { found, problems };
};
