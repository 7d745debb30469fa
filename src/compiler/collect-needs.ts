import type { Needs } from '../model/inputs.ts';
import { assetNameIn } from './assets/asset-needs.ts';
import { unaskableAssets } from './assets/without-api.ts';
import { fontFilesOf, fontName } from './brand-fonts.ts';
import type { SpecPath } from './checked-spec.ts';
import { componentMentions } from './component-layers.ts';
import type { DraftSpec } from './draft-spec.ts';
import { backgroundsOf, layersOf } from './rules/rule.ts';
import { isWritten } from './template/without-templates.ts';

/** What a spec needs from outside, and where it first says so. */
export type CollectedNeeds = {
	readonly needs: Needs;
	/** Path of the first mention of an image, a font family or an icon; the root for a family that only a mood asks for. */
	readonly placeOf: (need: {
		readonly kind: 'image' | 'video' | 'sound' | 'fontFamily' | 'fontFile' | 'icon' | 'component' | 'propsSchema';
		readonly name: string;
	}) => SpecPath;
};

type Mention = { readonly name: string; readonly path: SpecPath };

/** Stage 3a. Each need once, in the order of the spec; `moodFamilies` come after the brand's own. What is left of a faulty spec will do. */
export const collectNeeds = (spec: DraftSpec, moodFamilies: readonly string[]): CollectedNeeds => {
	const mentions = componentMentions(spec.scenes);
	// Their provider is an error of the spec already: that they are not at hand adds nothing.
	const unaskable = new Set(unaskableAssets(spec).map(({ name }) => name));
	const askable = (all: readonly Mention[]): readonly Mention[] => all.filter(({ name }) => !unaskable.has(assetNameIn(name) ?? ''));
	const places = {
		image: firstMentions(askable(imagesOf(spec))),
		video: firstMentions(askable(videosOf(spec))),
		sound: firstMentions(askable(soundsOf(spec))),
		fontFamily: firstMentions([...fontsOf(spec), ...moodFamilies.map((name) => ({ name, path: [] }))]),
		fontFile: firstMentions(fontFilesOf(spec.brand?.fonts).map(({ file, path }) => ({ name: file, path }))),
		icon: firstMentions(askable(iconsOf(spec))),
		component: firstMentions(mentions.component),
		propsSchema: firstMentions(mentions.propsSchema),
	};
	return {
		needs: {
			images: [...places.image.keys()],
			...(places.video.size === 0 ? {} : { videos: [...places.video.keys()] }),
			...(places.sound.size === 0 ? {} : { sounds: [...places.sound.keys()] }),
			fontFamilies: [...places.fontFamily.keys()],
			icons: [...places.icon.keys()],
			components: [...places.component.keys()],
			propsSchemas: [...places.propsSchema.keys()],
			...ownFonts(spec),
		},
		placeOf: ({ kind, name }) => places[kind].get(name) ?? [],
	};
};

const firstMentions = (mentions: readonly Mention[]): ReadonlyMap<string, SpecPath> => {
	const places = new Map<string, SpecPath>();
	for (const { name, path } of mentions) if (!places.has(name)) places.set(name, path);
	return places;
};

const imagesOf = (spec: DraftSpec): readonly Mention[] => [
	...mention(spec.brand?.logo, ['brand', 'logo']),
	...backgroundsOf(spec).flatMap(({ part, path }) =>
		'path' in part && part.type === 'image' ? mention(part.path, [...path, 'path']) : [],
	),
	...layersOf(spec).flatMap(({ part, path }) => ('image' in part ? mention(part.image, [...path, 'image']) : [])),
];

const videosOf = (spec: DraftSpec): readonly Mention[] => [
	...backgroundsOf(spec).flatMap(({ part, path }) =>
		'path' in part && part.type === 'video' ? mention(part.path, [...path, 'path']) : [],
	),
	...layersOf(spec).flatMap(({ part, path }) => ('video' in part ? mention(part.video, [...path, 'video']) : [])),
];

const soundsOf = ({ music }: DraftSpec): readonly Mention[] =>
	typeof music === 'string' ? mention(music, ['music']) : mention(music?.source, ['music', 'source']);

const fontsOf = ({ brand }: DraftSpec): readonly Mention[] => [
	...(['heading', 'body'] as const).flatMap((use) => mention(fontName(brand?.fonts?.[use]), ['brand', 'fonts', use])),
	...(brand?.fonts?.fallback ?? []).flatMap((name, i) => mention(name, ['brand', 'fonts', 'fallback', i])),
];

/** Nothing is written down about fonts that a spec has none of. */
const ownFonts = ({ brand }: DraftSpec): Pick<Needs, 'fontFiles' | 'fallbackFamilies'> => {
	const fontFiles = fontFilesOf(brand?.fonts).map(({ path: _, ...need }) => need);
	const fallbackFamilies = (brand?.fonts?.fallback ?? []).filter((name) => name !== undefined);
	return { ...(fontFiles.length === 0 ? {} : { fontFiles }), ...(fallbackFamilies.length === 0 ? {} : { fallbackFamilies }) };
};

const iconsOf = (spec: DraftSpec): readonly Mention[] => [
	...Object.entries(spec.ctas ?? {}).flatMap(([cta, { icon } = {}]) => mention(icon, ['ctas', cta, 'icon'])),
	...layersOf(spec).flatMap(({ part, path }) => ('icon' in part ? mention(part.icon, [...path, 'icon']) : [])),
];

/** What a row gives is not known yet. */
const mention = (name: string | undefined, path: SpecPath): readonly Mention[] => (isWritten(name) ? [{ name, path }] : []);
