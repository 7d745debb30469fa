import type { Needs } from '../model/inputs.ts';
import type { SpecPath } from './checked-spec.ts';
import type { DraftSpec } from './draft-spec.ts';

/** What a spec needs from outside, and where it first says so. */
export type CollectedNeeds = {
	readonly needs: Needs;
	/** Path of the first mention of an image, a font family or an icon; the root for a family that only a mood asks for. */
	readonly placeOf: (need: { readonly kind: 'image' | 'fontFamily' | 'icon'; readonly name: string }) => SpecPath;
};

type Mention = { readonly name: string; readonly path: SpecPath };

/** Stage 3a. Each need once, in the order of the spec; `moodFamilies` come after the brand's own. What is left of a faulty spec will do. */
export const collectNeeds = (spec: DraftSpec, moodFamilies: readonly string[]): CollectedNeeds => {
	const places = {
		image: firstMentions(imagesOf(spec)),
		fontFamily: firstMentions([...fontsOf(spec), ...moodFamilies.map((name) => ({ name, path: [] }))]),
		icon: firstMentions(iconsOf(spec)),
	};
	return {
		needs: { images: [...places.image.keys()], fontFamilies: [...places.fontFamily.keys()], icons: [...places.icon.keys()] },
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
	...(spec.scenes ?? []).flatMap((scene, at) =>
		(scene?.layers ?? []).flatMap((layer, i) =>
			layer !== undefined && 'image' in layer ? mention(layer.image, ['scenes', at, 'layers', i, 'image']) : [],
		),
	),
];

const fontsOf = ({ brand }: DraftSpec): readonly Mention[] =>
	Object.entries(brand?.fonts ?? {}).flatMap(([use, name]) => mention(name, ['brand', 'fonts', use]));

const iconsOf = ({ ctas = {} }: DraftSpec): readonly Mention[] =>
	Object.entries(ctas).flatMap(([cta, spec]) => mention(spec?.icon, ['ctas', cta, 'icon']));

const mention = (name: string | undefined, path: SpecPath): readonly Mention[] => (name === undefined ? [] : [{ name, path }]);
