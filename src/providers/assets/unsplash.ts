import type { AssetHit, AssetProvider, AssetQuery, ProviderResult } from '../../ports/asset-provider.ts';
import { type Asker, addressOf, askJson } from './ask.ts';
import { at, colorAt, type Fields, fieldsOf, linkAt, listOf, sizeAt, textAt } from './json-fields.ts';
import type { Link } from './keep-file.ts';
import { unusable } from './provider-problem.ts';
import { type AdapterOptions, openStock, wordsOf } from './stock.ts';

const NEEDS = ['UNSPLASH_ACCESS_KEY'];
/** What links to Unsplash must carry. */
const SOURCE = { utm_source: 'reelform', utm_medium: 'referral' };
const ORIENTATIONS = { landscape: 'landscape', portrait: 'portrait', square: 'squarish' } as const;

/** Photos of Unsplash. Each fetch is reported to the photo's download address, as the API's terms ask. */
export const openUnsplash = ({ baseUrl, apiKey, fetcher }: AdapterOptions): AssetProvider => {
	const headers = { authorization: `Client-ID ${apiKey ?? ''}`, 'accept-version': 'v1' };
	const ask = (asker: Asker, url: string) => askJson(asker, { url, headers });
	return openStock({
		id: 'unsplash',
		kinds: ['image'],
		needs: NEEDS,
		hasKey: apiKey !== null,
		fetcher,
		search: async (query, asker) => {
			const orientation = query.orientation === null ? null : ORIENTATIONS[query.orientation];
			const parameters = { query: wordsOf(query), per_page: 30, orientation, content_filter: 'high' };
			const answer = await ask(asker, addressOf(baseUrl, '/search/photos', parameters));
			return answer.ok ? { ok: true, value: listOf(at(answer.value.value, 'results')) } : answer;
		},
		lookUp: async (id, _query, asker) => {
			const answer = await ask(asker, addressOf(baseUrl, `/photos/${id}`));
			return answer.ok ? { ok: true, value: fieldsOf(answer.value.value) } : answer;
		},
		hitOf,
		linkOf: async (record, query, asker): Promise<ProviderResult<Link>> => {
			const raw = linkAt(record, 'urls', 'raw');
			if (raw === null) return unusable('lasting', 'unsplash names no file that can be used', 'pin another result');
			const reported = await ask(asker, reportAddress(record, baseUrl));
			return reported.ok ? { ok: true, value: { url: sizedAddress(raw, record, query) } } : reported;
		},
	});
};

const hitOf = (record: Fields): AssetHit | null => {
	const id = textAt(record, 'id');
	if (id === null || linkAt(record, 'urls', 'raw') === null) return null;
	const page = withSource(linkAt(record, 'links', 'html'));
	const [maker, profile] = [textAt(record, 'user', 'name') ?? 'a member', withSource(linkAt(record, 'user', 'links', 'html'))];
	return {
		id,
		page,
		width: sizeAt(record, 'width'),
		height: sizeAt(record, 'height'),
		seconds: null,
		color: colorAt(record, 'color'),
		title: textAt(record, 'alt_description') ?? textAt(record, 'description') ?? '',
		license: 'Unsplash License',
		attribution: `Photo by ${maker}${profile === null ? '' : ` (${profile})`} on Unsplash (${addressOf('https://unsplash.com', '/', SOURCE)})`,
		cost: 0,
	};
};

const withSource = (link: string | null): string | null => {
	if (link === null) return null;
	const url = new URL(link);
	for (const [name, value] of Object.entries(SOURCE)) url.searchParams.set(name, value);
	return url.href;
};

/** The address that the record names, if it is the service's own: the key goes there. */
const reportAddress = (record: Fields, baseUrl: string): string => {
	const named = linkAt(record, 'links', 'download_location');
	return named !== null && new URL(named).origin === new URL(baseUrl).origin
		? named
		: addressOf(baseUrl, `/photos/${encodeURIComponent(textAt(record, 'id') ?? '')}/download`);
};

/** The image host scales: as wide as it must be to fill what is shown. */
const sizedAddress = (raw: string, record: Fields, query: AssetQuery): string => {
	const [width, height] = [sizeAt(record, 'width'), sizeAt(record, 'height')];
	const ratio = width !== null && height !== null ? width / height : 1;
	const needed = Math.ceil(Math.max(query.width, query.height * ratio, 1));
	const url = new URL(raw);
	const settings = { fm: 'jpg', q: '85', fit: 'max', w: String(Math.min(needed, width ?? needed)) };
	for (const [name, value] of Object.entries(settings)) url.searchParams.set(name, value);
	return url.href;
};
