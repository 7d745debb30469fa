import type { AssetHit, AssetProvider, ProviderResult } from '../../ports/asset-provider.ts';
import type { Fetcher } from '../http/contract.ts';
import { type Asker, addressOf, askJson } from './ask.ts';
import { at, type Fields, linkAt, listOf, sizeAt, textAt } from './json-fields.ts';
import type { Link } from './keep-file.ts';
import { failed, unusable } from './provider-problem.ts';
import { openStock } from './stock.ts';

export type ArtlistOptions = {
	readonly baseUrl: string;
	/** Where a token is asked for. */
	readonly loginUrl: string;
	readonly apiKey: { readonly id: string; readonly secret: string } | null;
	readonly fetcher: Fetcher;
	/** Milliseconds since 1970. */
	readonly now: () => number;
};

const ID = 'artlist';
/** A token is renewed when it has less than this left, in milliseconds. */
const SPARE_MS = 60_000;

/** Music of Artlist's Enterprise API, which comes with a contract; ordinary accounts have none. It knows no look-up by id, so that a hit must be downloaded as it is. */
export const openArtlist = ({ baseUrl, loginUrl, apiKey, fetcher, now }: ArtlistOptions): AssetProvider => {
	const tokenFor = openLogin({ loginUrl, apiKey, now });
	const ask = async (asker: Asker, path: string, parameters = {}): ReturnType<typeof askJson> => {
		const token = await tokenFor(asker);
		if (!token.ok) return token;
		return askJson(asker, { url: addressOf(baseUrl, path, parameters), headers: { authorization: `Bearer ${token.value}` } });
	};
	const { find: _none, ...stock } = openStock({
		id: ID,
		kinds: ['music'],
		needs: ['ARTLIST_CLIENT_ID', 'ARTLIST_CLIENT_SECRET'],
		hasKey: apiKey !== null,
		fetcher,
		search: async ({ text, mood, genre, bpm }, asker) => {
			const query = [text, mood, genre].filter(Boolean).join(' ');
			const parameters = { page: 1, query, bpmMin: bpm?.min ?? null, bpmMax: bpm?.max ?? null, vocalType: null };
			const answer = await ask(asker, '/search/v1/song', parameters);
			return answer.ok ? { ok: true, value: listOf(at(answer.value.value, 'songs')) } : answer;
		},
		lookUp: async (id) => ({ ok: true, value: { id } }),
		hitOf,
		linkOf: async (song, _query, asker): Promise<ProviderResult<Link>> => {
			const answer = await ask(asker, `/download/v1/downloadable/song/${encodeURIComponent(textAt(song, 'id') ?? '')}/mp3`);
			if (!answer.ok) return answer;
			const url = linkAt(answer.value.value, 'url');
			return url === null ? unusable('lasting', `${ID} gives no link to the song`, 'pin another song') : { ok: true, value: { url } };
		},
	});
	return stock;
};

type Login = Pick<ArtlistOptions, 'loginUrl' | 'apiKey' | 'now'>;

/** OAuth 2 client credentials; one token for as long as it is good. */
const openLogin = ({ loginUrl, apiKey, now }: Login): ((asker: Asker) => Promise<ProviderResult<string>>) => {
	let kept: { readonly token: string; readonly until: number } | null = null;
	return async (asker) => {
		if (kept !== null && now() < kept.until) return { ok: true, value: kept.token };
		const credentials = Buffer.from(`${apiKey?.id ?? ''}:${apiKey?.secret ?? ''}`).toString('base64');
		const answer = await askJson(asker, {
			url: loginUrl,
			method: 'POST',
			headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/x-www-form-urlencoded' },
			body: 'grant_type=client_credentials',
		});
		if (!answer.ok) return answer;
		const token = textAt(answer.value.value, 'access_token');
		if (token === null) return failed('lasting', `${ID} gives no token`, 'check ARTLIST_CLIENT_ID and ARTLIST_CLIENT_SECRET');
		kept = { token, until: now() + (sizeAt(answer.value.value, 'expires_in') ?? 0) * 1000 - SPARE_MS };
		return { ok: true, value: token };
	};
};

const hitOf = (song: Fields): AssetHit | null => {
	const id = textAt(song, 'id');
	if (id === null) return null;
	return {
		id,
		page: null,
		width: null,
		height: null,
		seconds: sizeAt(song, 'duration'),
		color: null,
		title: textAt(song, 'name') ?? '',
		license: 'Artlist License',
		attribution: 'Music from Artlist',
		cost: 0,
	};
};
