import { randomBytes } from 'node:crypto';
import type { AssetHit, AssetProvider, FetchedAsset, ProviderResult } from '../../ports/asset-provider.ts';
import type { Fetcher } from '../http/contract.ts';
import { type Asker, addressOf, askBytes, askJson } from './ask.ts';
import { at, type Fields, fieldsOf, listOf, textAt } from './json-fields.ts';
import { keepBytes } from './keep-file.ts';
import { oauthHeader } from './oauth.ts';
import { noSuchId, unusable } from './provider-problem.ts';
import { openStock, refusalOf } from './stock.ts';

export type NounProjectOptions = {
	readonly baseUrl: string;
	readonly apiKey: { readonly key: string; readonly secret: string } | null;
	readonly fetcher: Fetcher;
	/** Milliseconds since 1970. */
	readonly now: () => number;
};

const ID = 'noun-project';
const KINDS = ['icon'] as const;
const NEEDS = ['NOUN_PROJECT_KEY', 'NOUN_PROJECT_SECRET'];
const STYLES: Readonly<Record<string, string>> = { line: 'line', solid: 'solid' };

/** Icons of the Noun Project, as SVG in black. */
export const openNounProject = ({ baseUrl, apiKey, fetcher, now }: NounProjectOptions): AssetProvider => {
	const signed = (url: string) => ({
		url,
		headers: {
			authorization: oauthHeader(apiKey ?? { key: '', secret: '' }, {
				method: 'GET',
				url,
				timestamp: Math.floor(now() / 1000),
				nonce: randomBytes(12).toString('hex'),
			}),
		},
	});
	const facts = { id: ID, kinds: KINDS, needs: NEEDS, hasKey: apiKey !== null };
	const stock = openStock({
		...facts,
		fetcher,
		search: async ({ text, style }, asker) => {
			const url = addressOf(baseUrl, '/v2/icon', { query: text, limit: 50, styles: STYLES[style ?? ''] ?? null });
			const answer = await askJson(asker, signed(url));
			return answer.ok ? { ok: true, value: byTerm(listOf(at(answer.value.value, 'icons')), text) } : answer;
		},
		lookUp: async (id, _query, asker) => {
			const answer = await askJson(asker, signed(addressOf(baseUrl, `/v2/icon/${id}`)));
			return answer.ok ? { ok: true, value: fieldsOf(at(answer.value.value, 'icon')) } : answer;
		},
		hitOf,
		linkOf: async () => unusable('lasting', `${ID} gives files in its answers`, 'pin another result'),
	});
	return {
		...stock,
		fetch: async (hit, { query, directory, signal }) => {
			const refused = refusalOf(facts, query);
			if (refused !== null) return refused;
			if (!/^\d{1,20}$/.test(hit.id)) return noSuchId(ID, hit.id);
			const url = addressOf(baseUrl, `/v2/icon/${hit.id}/download`, { color: '000000', filetype: 'svg' });
			return keepAnswer({ id: ID, needs: NEEDS, fetcher, signal }, signed(url), directory);
		},
	};
};

/** The drawing itself, or JSON that holds it. */
const keepAnswer = async (
	asker: Asker,
	request: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
	directory: string,
): Promise<ProviderResult<FetchedAsset>> => {
	const answer = await askBytes(asker, request, 'bytes');
	if (!answer.ok) return answer;
	const text = Buffer.from(answer.value.bytes).toString('utf8').trimStart();
	const keeping = { id: ID, medium: 'vector', directory, cost: 0 } as const;
	return keepBytes(text.startsWith('{') ? encodedFile(text) : answer.value.bytes, keeping);
};

const encodedFile = (text: string): Buffer => {
	try {
		return Buffer.from(textOf(JSON.parse(text)), 'base64');
	} catch {
		return Buffer.alloc(0);
	}
};

const textOf = (answer: unknown): string => {
	const file = at(answer, 'base64_encoded_file');
	return typeof file === 'string' ? file : '';
};

/** Its own order is loose: icons of the very word come first. */
const byTerm = (icons: readonly Fields[], wanted: string): readonly Fields[] => {
	const isWanted = (icon: Fields): boolean => textAt(icon, 'term')?.toLowerCase() === wanted.toLowerCase();
	return [...icons.filter(isWanted), ...icons.filter((icon) => !isWanted(icon))];
};

const hitOf = (record: Fields): AssetHit | null => {
	const id = textAt(record, 'id');
	if (id === null) return null;
	const isFree = /public.domain|cc0/i.test(textAt(record, 'license_description') ?? '');
	const link = textAt(record, 'permalink');
	return {
		id,
		page: link === null ? null : URL.canParse(link, 'https://thenounproject.com') ? new URL(link, 'https://thenounproject.com').href : null,
		width: null,
		height: null,
		seconds: null,
		color: null,
		title: textAt(record, 'term') ?? '',
		license: isFree ? 'CC0-1.0' : 'CC-BY-3.0',
		attribution: textAt(record, 'attribution'),
		cost: 0,
	};
};
