import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { FontFileNeed, IconShape, ImageFacts, Needs, SoundFacts, VideoFacts } from '../model/inputs.ts';
import type { Inputs } from '../ports/inputs.ts';
import { hashOf } from './assets/cache.ts';
import { readSound } from './assets/read-sound.ts';
import type { LockedAssets, LockedFile } from './assets/resolve-locked.ts';
import { BRAND_PREFIX, loadBrandMarks } from './brand-marks.ts';
import type { LocalFace } from './font-family.ts';
import { createFontsourceBook, type FontsourceBook } from './fontsource-book.ts';
import { fontPackageId, installedFamilies } from './fontsource-package.ts';
import { conceptWords, iconForConcept } from './icon-concepts.ts';
import { loadIcons, nearestIcons } from './icons.ts';
import type { InputProblem, InputResult } from './input-problem.ts';
import { locateFile, type ProjectFile, type ProjectFolders, projectFolders } from './project-file.ts';
import { readFont } from './read-font.ts';
import { readImage, readImageFile } from './read-image.ts';
import { readVideo, readVideoFile } from './read-video.ts';
import { type ComponentCode, resolveComponents } from './resolve-components.ts';
import { svgIcon } from './svg-icon.ts';

/** Something that a spec names, as it is written there. */
export type Need = {
	readonly kind: 'image' | 'video' | 'sound' | 'fontFamily' | 'fontFile' | 'icon' | 'component' | 'propsSchema';
	readonly name: string;
};

export type NeedProblem = InputProblem & { readonly need: Need };

export type ResolvedInputs = {
	/** What was found. A need with a problem is not in it. */
	readonly inputs: Inputs;
	/** In the order of the needs: images, videos, sounds, font files, font families, icons. */
	readonly problems: readonly NeedProblem[];
	/** Files of the images, videos and sounds by content. */
	readonly assetFiles: ReadonlyMap<string, string>;
	/** Code of the components by the hash that drawings name it with. */
	readonly componentCodes: ReadonlyMap<string, ComponentCode>;
	/** Absolute paths of everything that the components were made of. */
	readonly componentFiles: readonly string[];
	/** File of an image, of a video or of a font that was measured with, by content; null for any other. */
	readonly fileOf: (sha256: string) => string | null;
};

/** Reads and checks what a campaign needs from outside of its spec. Fonts are opened later, as they are measured with. */
export const resolveInputs = async (
	needs: Needs,
	{ specFile, assets = NO_ASSETS }: { readonly specFile: string; readonly assets?: LockedAssets },
): Promise<ResolvedInputs> => {
	const folders = projectFolders(specFile);
	const places: Places = { folders, assets };
	const fontFolders = [folders.specFolder, dirname(fileURLToPath(import.meta.url))];
	const [images, videos, sounds, fonts, icons, own] = await Promise.all([
		readImages(needs.images, places),
		readVideos(needs.videos ?? [], places),
		readSounds(needs.sounds ?? [], places),
		openFonts(needs, folders, fontFolders),
		readIcons(needs.icons, assets),
		resolveComponents(needs, folders),
	]);
	const assetFiles = new Map([...images.found, ...videos.found, ...sounds.found].map(({ facts, path }) => [facts.asset.sha256, path]));
	return {
		inputs: {
			fonts: fonts.book,
			images: new Map(images.found.map(({ name, facts }) => [name, facts])),
			videos: new Map(videos.found.map(({ name, facts }) => [name, facts])),
			...(sounds.found.length === 0 ? {} : { sounds: new Map(sounds.found.map(({ name, facts }) => [name, facts])) }),
			icons: icons.found,
			components: own.components,
			propsSchemas: own.propsSchemas,
		},
		problems: [...images.problems, ...videos.problems, ...sounds.problems, ...fonts.problems, ...icons.problems, ...own.problems],
		assetFiles,
		componentCodes: own.codes,
		componentFiles: own.files,
		fileOf: (sha256) => assetFiles.get(sha256) ?? fonts.book.fileOf(sha256),
	};
};

/** Where what a spec names is looked for. */
type Places = { readonly folders: ProjectFolders; readonly assets: LockedAssets };

const NO_ASSETS: LockedAssets = { find: async () => null };

/** `asset.city` means an asset; everything else is a path. */
const assetNameIn = (written: string): string | null =>
	written.startsWith('asset.') ? (/^asset\.([a-zA-Z][a-zA-Z0-9-]*)$/.exec(written)?.[1] ?? null) : null;

type Readers<T> = {
	readonly fromProject: () => Promise<InputResult<T>>;
	readonly fromAsset: (file: LockedFile) => Promise<InputResult<T>>;
};

/** Null for an asset that has no file, or that the spec does not have: both are told elsewhere. */
const readNamed = async <T>(written: string, { assets }: Places, readers: Readers<T>): Promise<InputResult<T> | null> => {
	const name = assetNameIn(written);
	if (name === null) return readers.fromProject();
	const found = await assets.find(name);
	if (found === null) return null;
	return found.ok ? readers.fromAsset(found.value) : found;
};

type NamedImage = { readonly name: string; readonly facts: ImageFacts; readonly path: string };

/** Two at a time: a picture at the limits takes a core and a quarter of a gigabyte while it is decoded. */
const IMAGES_AT_ONCE = 2;

const readImages = async (
	names: readonly string[],
	places: Places,
): Promise<{ found: readonly NamedImage[]; problems: readonly NeedProblem[] }> => {
	const queue = [...new Set(names)];
	const results = new Map<string, Awaited<ReturnType<typeof readImage>> | null>();
	const waiting = [...queue];
	const read = (name: string): Promise<Awaited<ReturnType<typeof readImage>> | null> =>
		readNamed(name, places, {
			fromProject: () => readImage(name, places.folders),
			fromAsset: (file) => readImageFile(name, file),
		});
	const lane = async (): Promise<void> => {
		for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) results.set(name, await read(name));
	};
	await Promise.all(Array.from({ length: IMAGES_AT_ONCE }, lane));
	const found: NamedImage[] = [];
	const problems: NeedProblem[] = [];
	for (const name of queue) {
		const result = results.get(name) ?? null;
		if (result === null) continue;
		if (result.ok) found.push({ name, ...result.value });
		else problems.push({ need: { kind: 'image', name }, ...result.problem });
	}
	return { found, problems };
};

type NamedVideo = { readonly name: string; readonly facts: VideoFacts; readonly path: string };

/** One at a time: a video at the limits takes as long as its disk to read. */
const readVideos = async (
	names: readonly string[],
	places: Places,
): Promise<{ found: readonly NamedVideo[]; problems: readonly NeedProblem[] }> => {
	const found: NamedVideo[] = [];
	const problems: NeedProblem[] = [];
	for (const name of new Set(names)) {
		const result = await readNamed(name, places, {
			fromProject: () => readVideo(name, places.folders),
			fromAsset: (file) => readVideoFile(name, file),
		});
		if (result === null) continue;
		if (result.ok) found.push({ name, ...result.value });
		else problems.push({ need: { kind: 'video', name }, ...result.problem });
	}
	return { found, problems };
};

type NamedSound = { readonly name: string; readonly facts: SoundFacts; readonly path: string };

const readSounds = async (
	names: readonly string[],
	places: Places,
): Promise<{ found: readonly NamedSound[]; problems: readonly NeedProblem[] }> => {
	const found: NamedSound[] = [];
	const problems: NeedProblem[] = [];
	for (const name of new Set(names)) {
		const result = await readNamed(name, places, {
			fromProject: async () => {
				const located = await locateFile(name, places.folders);
				return located.ok ? soundFile(name, located.value) : located;
			},
			fromAsset: (file) => soundFile(name, file),
		});
		if (result === null) continue;
		if (result.ok) found.push({ name, ...result.value });
		else problems.push({ need: { kind: 'sound', name }, ...result.problem });
	}
	return { found, problems };
};

const soundFile = async (name: string, { path }: ProjectFile): Promise<InputResult<Omit<NamedSound, 'name'>>> => {
	const read = await readSound(name, path);
	if (!read.ok) return { ok: false, problem: { ...read.problem, code: 'RF4043' } };
	const { sha256 } = await hashOf(path);
	return { ok: true, value: { path, facts: { asset: { sha256, extension: read.value.extension }, seconds: read.value.seconds } } };
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
	assets: LockedAssets,
): Promise<{ found: ReadonlyMap<string, IconShape>; problems: readonly NeedProblem[] }> => {
	const found = new Map<string, IconShape>();
	const problems: NeedProblem[] = [];
	if (names.length === 0) return { found, problems };
	const own = names.filter((name) => assetNameIn(name) !== null);
	for (const name of new Set(own)) {
		const result = await assets.find(assetNameIn(name)!);
		if (result === null) continue;
		const shape = result.ok ? svgIcon(name, await readFile(result.value.path)) : result;
		if (shape.ok) found.set(name, shape.value);
		else problems.push({ need: { kind: 'icon', name }, ...shape.problem });
	}
	if (own.length === names.length) return { found, problems };
	const icons = await loadIcons();
	const marks = names.some((name) => name.startsWith(BRAND_PREFIX)) ? await loadBrandMarks() : null;
	for (const name of new Set(names.filter((one) => !own.includes(one)))) {
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
