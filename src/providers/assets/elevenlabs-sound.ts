import type { AssetProvider, AssetQuery, ProviderResult } from '../../ports/asset-provider.ts';
import type { HttpHeaders } from '../http/contract.ts';
import { type Asker, addressOf, askBytes } from './ask.ts';
import { type Made, openGenerator } from './generator.ts';
import { sizeAt } from './json-fields.ts';
import { PRICES } from './prices.ts';
import type { AdapterOptions } from './stock.ts';

const FORMAT = 'mp3_44100_128';
const ANSWER_BYTES = 60_000_000;
/** Seconds that it makes. */
const MUSIC = { least: 3, most: 600, usual: 30 };
const EFFECT = { least: 0.5, most: 22, usual: 2 };

/** Music and sound effects of ElevenLabs. A seed cannot go with a prompt there, so that none is sent: what came first is what the lock keeps. */
export const openElevenlabsSound = ({ baseUrl, apiKey, fetcher }: AdapterOptions): AssetProvider =>
	openGenerator({
		id: 'elevenlabs',
		kinds: ['generated-music', 'sound-effect'],
		needs: ['ELEVENLABS_API_KEY'],
		hasKey: apiKey !== null,
		fetcher,
		license: 'ElevenLabs Terms of Service',
		estimate: (query) =>
			query.kind === 'sound-effect'
				? PRICES.elevenlabsEffect
				: Math.ceil((secondsFor(query) / 60) * PRICES.elevenlabsMusicMinute * 1000) / 1000,
		sizeOf: (query) => ({ width: null, height: null, seconds: secondsFor(query) }),
		make: async (query, asker) => make(query, asker, { baseUrl, apiKey: apiKey ?? '' }),
	});

const make = async (
	query: AssetQuery,
	asker: Asker,
	{ baseUrl, apiKey }: { readonly baseUrl: string; readonly apiKey: string },
): Promise<ProviderResult<Made>> => {
	const isEffect = query.kind === 'sound-effect';
	const body = isEffect
		? { text: query.text, duration_seconds: secondsFor(query) }
		: { prompt: musicPrompt(query), music_length_ms: Math.round(secondsFor(query) * 1000), force_instrumental: true };
	const request = {
		url: addressOf(baseUrl, isEffect ? '/v1/sound-generation' : '/v1/music', { output_format: FORMAT }),
		method: 'POST',
		headers: { 'xi-api-key': apiKey, 'content-type': 'application/json' },
		body: JSON.stringify(body),
		paid: true,
		maxBytes: ANSWER_BYTES,
	} as const;
	const answer = await askBytes(asker, request, 'audio');
	return answer.ok ? { ok: true, value: { bytes: answer.value.bytes, cost: costOf(answer.value.headers) } } : answer;
};

/** In dollars of the credits that it counted. */
const costOf = (headers: HttpHeaders): number | null => {
	const credits = sizeAt(headers, 'character-cost');
	return credits === null ? null : Math.round(credits * PRICES.elevenlabsCredit * 1e6) / 1e6;
};

const secondsFor = ({ kind, seconds }: AssetQuery): number => {
	const { least, most, usual } = kind === 'sound-effect' ? EFFECT : MUSIC;
	return Math.min(most, Math.max(least, seconds ?? usual));
};

const musicPrompt = ({ text, mood, genre, bpm }: AssetQuery): string => {
	const tempo = bpm === null ? null : bpm.min === bpm.max ? `${bpm.min} bpm` : `${bpm.min} to ${bpm.max} bpm`;
	return [text, mood, genre, tempo].filter(Boolean).join(', ') || 'background music';
};
