import type { AssetHit, AssetProvider, AssetQuery, ProviderResult } from '../../ports/asset-provider.ts';
import { type Asker, addressOf, askJson } from './ask.ts';
import { at, type Fields, linkAt, listOf, sizeAt, textAt } from './json-fields.ts';
import type { Link } from './keep-file.ts';
import { noSuchId, unusable } from './provider-problem.ts';
import { type AdapterOptions, openStock, smallestEnough, wordsOf } from './stock.ts';

const LONGEST_QUERY = 100;
const LONGEST_SIDE = 4096;
/** It has no word for square. */
const ORIENTATIONS = { landscape: 'horizontal', portrait: 'vertical', square: 'all' } as const;

/** Photos and footage of Pixabay. Its key travels in the query, which messages never show. */
export const openPixabay = ({ baseUrl, apiKey, fetcher }: AdapterOptions): AssetProvider => {
	const ask = async (asker: Asker, { kind }: AssetQuery, parameters: Readonly<Record<string, string | number | null>>) => {
		const url = addressOf(baseUrl, kind === 'video' ? '/api/videos/' : '/api/', { key: apiKey, ...parameters });
		const answer = await askJson(asker, { url });
		return answer.ok ? { ok: true as const, value: listOf(at(answer.value.value, 'hits')) } : answer;
	};
	return openStock({
		id: 'pixabay',
		kinds: ['video', 'image'],
		needs: ['PIXABAY_API_KEY'],
		hasKey: apiKey !== null,
		fetcher,
		search: (query, asker) =>
			ask(asker, query, {
				q: wordsOf(query, LONGEST_QUERY),
				per_page: 80,
				safesearch: 'true',
				...(query.kind === 'video'
					? {}
					: { image_type: 'photo', orientation: query.orientation === null ? null : ORIENTATIONS[query.orientation] }),
			}),
		lookUp: async (id, query, asker) => {
			const found = await ask(asker, query, { id });
			if (!found.ok) return found;
			const record = found.value.find((one) => textAt(one, 'id') === id);
			return record === undefined ? noSuchId('pixabay', id) : { ok: true, value: record };
		},
		hitOf,
		linkOf: async (record, query): Promise<ProviderResult<Link>> => {
			const file = smallestEnough(filesOf(record, query), query);
			return file === null
				? unusable('lasting', 'pixabay names no file that can be used', 'pin another result')
				: { ok: true, value: { url: file.url } };
		},
	});
};

const filesOf = (record: Fields, { kind }: AssetQuery) => (kind === 'video' ? videoFiles(record) : imageFiles(record));

/** Sizes are those that can be had, which for pictures are far below those of the original. */
const hitOf = (record: Fields, query: AssetQuery): AssetHit | null => {
	const id = textAt(record, 'id');
	const largest = filesOf(record, query).at(-1);
	if (id === null || largest === undefined) return null;
	const isVideo = query.kind === 'video';
	const page = linkAt(record, 'pageURL');
	return {
		id,
		page,
		width: largest.width,
		height: largest.height,
		seconds: isVideo ? sizeAt(record, 'duration') : null,
		color: null,
		title: textAt(record, 'tags') ?? '',
		license: 'Pixabay Content License',
		attribution: `${isVideo ? 'Video' : 'Image'} by ${textAt(record, 'user') ?? 'a member'} on Pixabay${page === null ? '' : ` (${page})`}`,
		cost: 0,
	};
};

const VIDEO_SIZES = ['tiny', 'small', 'medium', 'large'] as const;

/** The smallest first. */
const videoFiles = (record: Fields) =>
	VIDEO_SIZES.flatMap((size) => {
		const file = at(record, 'videos', size);
		const [url, width, height] = [linkAt(file, 'url'), sizeAt(file, 'width'), sizeAt(file, 'height')];
		return url === null || width === null || height === null || Math.max(width, height) > LONGEST_SIDE ? [] : [{ url, width, height }];
	});

/** Longest side of each rendition; the two last ones are there for approved accounts only. */
const IMAGE_SIZES: readonly (readonly [name: string, longest: number])[] = [
	['largeImageURL', 1280],
	['fullHDURL', 1920],
	['imageURL', Number.POSITIVE_INFINITY],
];

const imageFiles = (record: Fields) => {
	const [width, height] = [sizeAt(record, 'imageWidth') ?? 0, sizeAt(record, 'imageHeight') ?? 0];
	return IMAGE_SIZES.flatMap(([name, longest]) => {
		const url = linkAt(record, name);
		const scale = Math.min(1, longest / Math.max(width, height, 1));
		return url === null ? [] : [{ url, width: Math.round(width * scale), height: Math.round(height * scale) }];
	});
};
