import { randomBytes } from 'node:crypto';
import type { AssetProvider, AssetQuery, ProviderResult } from '../../ports/asset-provider.ts';
import { type Asker, addressOf, askJson } from './ask.ts';
import { type Made, openGenerator } from './generator.ts';
import { at, textAt } from './json-fields.ts';
import { PRICES } from './prices.ts';
import { failed, moderated } from './provider-problem.ts';
import type { AdapterOptions } from './stock.ts';

const LONGEST_PROMPT = 10_000;
const MAX_SEED = 4_294_967_294;
/** A picture in base64. */
const ANSWER_BYTES = 40_000_000;
/** A picture has about this many pixels, whatever its shape. */
const PIXELS = 1_572_864;

const ASPECTS = ['21:9', '16:9', '3:2', '5:4', '1:1', '4:5', '2:3', '9:16', '9:21'] as const;
const STYLES: readonly string[] = [
	'3d-model',
	'analog-film',
	'anime',
	'cinematic',
	'comic-book',
	'digital-art',
	'enhance',
	'fantasy-art',
	'isometric',
	'line-art',
	'low-poly',
	'modeling-compound',
	'neon-punk',
	'origami',
	'photographic',
	'pixel-art',
	'tile-texture',
];

/** Pictures of Stable Image Core: the same prompt and seed give about the same picture. */
export const openStability = ({ baseUrl, apiKey, fetcher }: AdapterOptions): AssetProvider =>
	openGenerator({
		id: 'stability',
		kinds: ['generated-image'],
		needs: ['STABILITY_API_KEY'],
		hasKey: apiKey !== null,
		fetcher,
		license: 'Stability AI Terms of Use',
		estimate: () => PRICES.stabilityImage,
		sizeOf: (query) => {
			const ratio = ratioOf(nearestAspect(query));
			return { width: Math.round(Math.sqrt(PIXELS * ratio)), height: Math.round(Math.sqrt(PIXELS / ratio)), seconds: null };
		},
		make: async (query, asker) => make(query, asker, { baseUrl, apiKey: apiKey ?? '' }),
	});

const make = async (
	query: AssetQuery,
	asker: Asker,
	{ baseUrl, apiKey }: { readonly baseUrl: string; readonly apiKey: string },
): Promise<ProviderResult<Made>> => {
	const boundary = `reelform-${randomBytes(16).toString('hex')}`;
	const answer = await askJson(asker, {
		url: addressOf(baseUrl, '/v2beta/stable-image/generate/core'),
		method: 'POST',
		headers: {
			authorization: `Bearer ${apiKey}`,
			accept: 'application/json',
			'content-type': `multipart/form-data; boundary=${boundary}`,
		},
		body: multipart(boundary, fieldsFor(query)),
		paid: true,
		maxBytes: ANSWER_BYTES,
	});
	if (!answer.ok) return answer;
	const image = at(answer.value.value, 'image');
	// It counts as done, with a blurred picture.
	if (textAt(answer.value.value, 'finish_reason') === 'CONTENT_FILTERED') return moderated('stability');
	if (typeof image !== 'string') return failed('lasting', 'stability answers without a picture', 'say the prompt otherwise');
	return { ok: true, value: { bytes: Buffer.from(image, 'base64'), cost: PRICES.stabilityImage } };
};

const fieldsFor = (query: AssetQuery): readonly (readonly [name: string, value: string])[] => {
	const { text, style, seed } = query;
	const preset = style === null ? null : style.toLowerCase().replace(/\s+/g, '-');
	const known = preset !== null && STYLES.includes(preset);
	const prompt = style === null || known ? text : `${text}, ${style}`;
	return [
		['prompt', prompt.slice(0, LONGEST_PROMPT)],
		['aspect_ratio', nearestAspect(query)],
		['output_format', 'png'],
		...(known ? [['style_preset', preset] as const] : []),
		// Its 0 stands for chance.
		...(seed === null ? [] : [['seed', String(seed === 0 ? MAX_SEED : Math.min(seed, MAX_SEED))] as const]),
	];
};

const ratioOf = (aspect: string): number => {
	const [width = 1, height = 1] = aspect.split(':').map(Number);
	return width / height;
};

const nearestAspect = ({ width, height }: AssetQuery): (typeof ASPECTS)[number] => {
	const wanted = Math.log(width > 0 && height > 0 ? width / height : 1);
	const distance = (aspect: string): number => Math.abs(Math.log(ratioOf(aspect)) - wanted);
	return ASPECTS.reduce((best, aspect) => (distance(aspect) < distance(best) ? aspect : best));
};

const multipart = (boundary: string, fields: readonly (readonly [name: string, value: string])[]): string =>
	`${fields.map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--${boundary}--\r\n`;
