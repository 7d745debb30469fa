import type { CampaignSpec } from '../model/campaign-spec.gen.ts';
import type { Needs } from '../model/inputs.ts';
import type { SpecPath } from './checked-spec.ts';

/** What a spec needs from outside, and where it first says so. */
export type CollectedNeeds = {
	readonly needs: Needs;
	/** Path of the first mention of an image, a font family or an icon; the root for a family that only a mood asks for. */
	readonly placeOf: (need: { readonly kind: 'image' | 'fontFamily' | 'icon'; readonly name: string }) => SpecPath;
};

type Mention = { readonly name: string; readonly path: SpecPath };

/** Stage 3a. Each need once, in the order of the spec; `moodFamilies` come after the brand's own. */
export const collectNeeds = (spec: CampaignSpec, moodFamilies: readonly string[]): CollectedNeeds => {
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

const imagesOf = (spec: CampaignSpec): readonly Mention[] => [
	...(spec.brand?.logo === undefined ? [] : [{ name: spec.brand.logo, path: ['brand', 'logo'] }]),
	...spec.scenes.flatMap(({ layers = [] }, scene) =>
		layers.flatMap((layer, i): Mention[] =>
			'image' in layer ? [{ name: layer.image, path: ['scenes', scene, 'layers', i, 'image'] }] : [],
		),
	),
];

const fontsOf = ({ brand }: CampaignSpec): readonly Mention[] =>
	Object.entries(brand?.fonts ?? {}).map(([use, name]: [string, string]) => ({ name, path: ['brand', 'fonts', use] }));

const iconsOf = ({ ctas = {} }: CampaignSpec): readonly Mention[] =>
	Object.entries(ctas).flatMap(([cta, { icon }]) => (icon === undefined ? [] : [{ name: icon, path: ['ctas', cta, 'icon'] }]));
