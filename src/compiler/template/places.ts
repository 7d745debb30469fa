import type { SpecPath } from '../checked-spec.ts';
import { textsIn } from '../rules/rule.ts';
import { isTemplate } from './template.ts';

/**
 * What a template is filled into. In `markup`, asterisks emphasise; a `prop` that is one field keeps the type of the field; a `script` and `ssml` are said, and
 * no value in them is read as a pause or as markup.
 */
export type HoleKind = 'markup' | 'plain' | 'number' | 'image' | 'color' | 'prop' | 'script' | 'ssml';

/** A text with braces, in a place that may have some. */
export type Place = { readonly path: SpecPath; readonly text: string; readonly kind: HoleKind };

const LAYER_KEYS: ReadonlyMap<string, HoleKind> = new Map([
	['text', 'markup'],
	['attribution', 'plain'],
	['label', 'plain'],
	['unit', 'plain'],
	['highlight', 'plain'],
	['qr', 'plain'],
	['url', 'plain'],
	['number', 'number'],
	['countFrom', 'number'],
	['progress', 'number'],
	['image', 'image'],
	['color', 'color'],
]);

type Mapping = Readonly<Record<string, unknown>>;

const isMapping = (value: unknown): value is Mapping => typeof value === 'object' && value !== null && !Array.isArray(value);

const entries = (value: unknown): readonly (readonly [string, unknown])[] => (isMapping(value) ? Object.entries(value) : []);

const items = (value: unknown): readonly (readonly [number, unknown])[] => (Array.isArray(value) ? [...value.entries()] : []);

const at = (value: unknown, path: SpecPath, kind: HoleKind): readonly Place[] => (isTemplate(value) ? [{ path, text: value, kind }] : []);

/** The templates of a scene, or of what a `for` gives one, as far as it is there. */
export const placesInScene = (scene: unknown, path: SpecPath): readonly Place[] =>
	entries(scene).flatMap(([key, value]): readonly Place[] => {
		const here = [...path, key];
		if (key === 'layers') return placesInLayers(value, here);
		if (key === 'for') return entries(value).flatMap(([name, override]) => placesInScene(override, [...here, name]));
		if (key === 'voiceover') return placesInVoiceover(value, here);
		if (key !== 'background') return [];
		return isMapping(value) ? placesInGround(value, here) : items(value).flatMap(([i, one]) => placesInGround(one, [...here, i]));
	});

/** The templates of what is said in a scene. */
export const placesInVoiceover = (voiceover: unknown, path: SpecPath): readonly Place[] =>
	isMapping(voiceover)
		? [...at(voiceover['script'], [...path, 'script'], 'script'), ...at(voiceover['ssml'], [...path, 'ssml'], 'ssml')]
		: at(voiceover, path, 'script');

const placesInGround = (background: unknown, path: SpecPath): readonly Place[] =>
	isMapping(background) && background['type'] === 'image' ? at(background['path'], [...path, 'path'], 'image') : [];

const placesInLayers = (layers: unknown, path: SpecPath): readonly Place[] =>
	items(layers).flatMap(([i, layer]) => placesInLayer(layer, [...path, i]));

const placesInLayer = (layer: unknown, path: SpecPath): readonly Place[] =>
	entries(layer).flatMap(([key, value]): readonly Place[] => {
		const here = [...path, key];
		switch (key) {
			case 'group':
				return placesInLayers(value, here);
			case 'for':
				return entries(value).flatMap(([name, override]) => placesInLayer(override, [...here, name]));
			case 'list':
				return items(value).flatMap(([i, item]) => at(item, [...here, i], 'markup'));
			case 'data':
				return items(value).flatMap(([i, point]) => placesInPoint(point, [...here, i]));
			case 'logo':
				return isMapping(value) ? at(value['color'], [...here, 'color'], 'color') : [];
			case 'props':
				return placesInProps(value, here);
			default: {
				const kind = LAYER_KEYS.get(key);
				return kind === undefined ? [] : at(value, here, kind);
			}
		}
	});

const placesInPoint = (point: unknown, path: SpecPath): readonly Place[] =>
	isMapping(point)
		? [...at(point['label'], [...path, 'label'], 'plain'), ...at(point['value'], [...path, 'value'], 'number')]
		: at(point, path, 'number');

const placesInProps = (value: unknown, path: SpecPath): readonly Place[] => [
	...at(value, path, 'prop'),
	...items(value).flatMap(([i, item]) => placesInProps(item, [...path, i])),
	...entries(value).flatMap(([key, child]) => placesInProps(child, [...path, key])),
];

const CTA_KEYS = ['text', 'sub', 'url'] as const;

export const placesInCta = (cta: unknown, path: SpecPath): readonly Place[] =>
	isMapping(cta) ? CTA_KEYS.flatMap((key) => at(cta[key], [...path, key], 'plain')) : [];

type SpecParts = { readonly scenes?: unknown; readonly ctas?: unknown };

/** The templates of a spec, or of what is left of one, in the places that may have some. */
export const placesInSpec = ({ scenes, ctas }: SpecParts): readonly Place[] => [
	...entries(ctas).flatMap(([name, cta]) => placesInCta(cta, ['ctas', name])),
	...items(scenes).flatMap(([i, scene]) => placesInScene(scene, ['scenes', i])),
];

/** Parts of a spec in which braces mean something else, or nothing. */
const isElsewhere = (path: SpecPath): boolean => path[0] === 'data' || path[0] === 'output' || path.includes('propsSchema');

/** Texts with braces in places that data cannot fill. */
export const misplacedInSpec = (draft: SpecParts): readonly Omit<Place, 'kind'>[] => {
	const allowed = new Set(placesInSpec(draft).map(({ path }) => JSON.stringify(path)));
	return textsIn(draft, []).filter(({ text, path }) => isTemplate(text) && !isElsewhere(path) && !allowed.has(JSON.stringify(path)));
};
