import type { AssetProvider, AssetQuery, ProviderResult } from '../../ports/asset-provider.ts';
import { type Asker, addressOf, askJson } from './ask.ts';
import { type Made, openGenerator } from './generator.ts';
import { at, fieldsOf, listOf, sizeAt } from './json-fields.ts';
import { PRICES } from './prices.ts';
import { failed } from './provider-problem.ts';
import type { AdapterOptions } from './stock.ts';

const MODEL = 'gpt-image-2';
const LONGEST_PROMPT = 32_000;
const ANSWER_BYTES = 80_000_000;
/** Sides are multiples of this. */
const STEP = 16;
const LONGEST_SIDE = 3840;
const LEAST_PIXELS = 1024 * 1024;
const MOST_PIXELS = 3840 * 2160;
/** Of the longer to the shorter side. */
const MOST_RATIO = 3;

/** Pictures of OpenAI. There is no seed: what came first is what the lock keeps. */
export const openOpenaiImages = ({ baseUrl, apiKey, fetcher }: AdapterOptions): AssetProvider =>
	openGenerator({
		id: 'openai',
		kinds: ['generated-image'],
		needs: ['OPENAI_API_KEY'],
		hasKey: apiKey !== null,
		fetcher,
		license: 'OpenAI Terms of Use',
		estimate: (query) => {
			const { width, height } = sizeFor(query);
			return Math.ceil(((width * height) / 1e6) * PRICES.openaiMegapixel * 1000) / 1000;
		},
		sizeOf: (query) => ({ ...sizeFor(query), seconds: null }),
		make: async (query, asker) => make(query, asker, { baseUrl, apiKey: apiKey ?? '' }),
	});

const make = async (
	query: AssetQuery,
	asker: Asker,
	{ baseUrl, apiKey }: { readonly baseUrl: string; readonly apiKey: string },
): Promise<ProviderResult<Made>> => {
	const { width, height } = sizeFor(query);
	const prompt = query.style === null ? query.text : `${query.text}. Style: ${query.style}`;
	const answer = await askJson(asker, {
		url: addressOf(baseUrl, '/v1/images/generations'),
		method: 'POST',
		headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
		body: JSON.stringify({
			model: MODEL,
			prompt: prompt.slice(0, LONGEST_PROMPT),
			size: `${width}x${height}`,
			quality: 'medium',
			output_format: 'png',
			n: 1,
		}),
		paid: true,
		maxBytes: ANSWER_BYTES,
	});
	if (!answer.ok) return answer;
	const image = listOf(at(answer.value.value, 'data'))[0]?.['b64_json'];
	if (typeof image !== 'string') return failed('lasting', 'openai answers without a picture', 'say the prompt otherwise');
	return { ok: true, value: { bytes: Buffer.from(image, 'base64'), cost: costOf(at(answer.value.value, 'usage')) } };
};

const costOf = (usage: unknown): number | null => {
	const [into, out] = [sizeAt(fieldsOf(usage), 'input_tokens'), sizeAt(fieldsOf(usage), 'output_tokens')];
	if (out === null) return null;
	return Math.round(((into ?? 0) * PRICES.openaiTokenIn + out * PRICES.openaiTokenOut) * 1e6) / 1e6;
};

/** The shape that is wanted, as large as it is shown, within what the model makes. */
const sizeFor = ({ width, height }: AssetQuery): { readonly width: number; readonly height: number } => {
	const wanted = width > 0 && height > 0 ? width / height : 1;
	const ratio = Math.min(MOST_RATIO, Math.max(1 / MOST_RATIO, wanted));
	const longest = ratio > 1 ? LONGEST_SIDE : LONGEST_SIDE * ratio;
	const pixels = Math.min(MOST_PIXELS, Math.max(LEAST_PIXELS, width * height), (longest * longest) / ratio);
	const side = (length: number): number => Math.max(STEP, Math.floor(length / STEP) * STEP);
	return { width: side(Math.sqrt(pixels * ratio) + 1e-6), height: side(Math.sqrt(pixels / ratio) + 1e-6) };
};
