import type { AssetHit, AssetProvider, AssetQuery, ProviderResult } from '../../ports/asset-provider.ts';
import { type Asker, addressOf, askJson } from './ask.ts';
import { at, colorAt, type Fields, fieldsOf, linkAt, listOf, sizeAt, textAt } from './json-fields.ts';
import type { Link } from './keep-file.ts';
import { unusable } from './provider-problem.ts';
import { type AdapterOptions, openStock, smallestEnough, wordsOf } from './stock.ts';

/** What decoders and the renderer take. */
const LONGEST_SIDE = 4096;

/** Photos and footage of Pexels. */
export const openPexels = ({ baseUrl, apiKey, fetcher }: AdapterOptions): AssetProvider => {
	const headers = { authorization: apiKey ?? '' };
	const ask = (asker: Asker, path: string, parameters = {}) => askJson(asker, { url: addressOf(baseUrl, path, parameters), headers });
	return openStock({
		id: 'pexels',
		kinds: ['video', 'image'],
		needs: ['PEXELS_API_KEY'],
		hasKey: apiKey !== null,
		fetcher,
		search: async (query, asker) => {
			const isVideo = query.kind === 'video';
			const parameters = { query: wordsOf(query), orientation: query.orientation, per_page: 80, color: isVideo ? null : query.color };
			const answer = await ask(asker, isVideo ? '/v1/videos/search' : '/v1/search', parameters);
			return answer.ok ? { ok: true, value: listOf(at(answer.value.value, isVideo ? 'videos' : 'photos')) } : answer;
		},
		lookUp: async (id, query, asker) => {
			const answer = await ask(asker, query.kind === 'video' ? `/v1/videos/videos/${id}` : `/v1/photos/${id}`);
			return answer.ok ? { ok: true, value: fieldsOf(answer.value.value) } : answer;
		},
		hitOf,
		linkOf: async (record, query): Promise<ProviderResult<Link>> => {
			const file = smallestEnough(query.kind === 'video' ? videoFiles(record) : photoFiles(record), query);
			return file === null
				? unusable('lasting', 'pexels names no file that can be used', 'pin another result')
				: { ok: true, value: { url: file.url } };
		},
	});
};

const hitOf = (record: Fields, { kind }: AssetQuery): AssetHit | null => {
	const id = textAt(record, 'id');
	const isVideo = kind === 'video';
	if (id === null || (isVideo ? videoFiles(record) : photoFiles(record)).length === 0) return null;
	const maker = (isVideo ? textAt(record, 'user', 'name') : textAt(record, 'photographer')) ?? 'a member';
	const page = linkAt(record, 'url');
	return {
		id,
		page,
		width: sizeAt(record, 'width'),
		height: sizeAt(record, 'height'),
		seconds: isVideo ? sizeAt(record, 'duration') : null,
		color: colorAt(record, 'avg_color'),
		title: textAt(record, 'alt') ?? titleIn(page),
		license: 'Pexels License',
		attribution: `${isVideo ? 'Video' : 'Photo'} by ${maker} on Pexels${page === null ? '' : ` (${page})`}`,
		cost: 0,
	};
};

/** The address of a page says what it shows: `.../video/aerial-view-of-a-city-123/`. */
const titleIn = (page: string | null): string => /\/([a-z0-9-]+?)-\d+\/?$/.exec(page ?? '')?.[1]?.replaceAll('-', ' ') ?? '';

const videoFiles = (record: Fields) =>
	listOf(at(record, 'video_files')).flatMap((file) => {
		const [url, width, height] = [linkAt(file, 'link'), sizeAt(file, 'width'), sizeAt(file, 'height')];
		if (url === null || width === null || height === null || textAt(file, 'file_type') !== 'video/mp4') return [];
		return Math.max(width, height) > LONGEST_SIDE ? [] : [{ url, width, height }];
	});

/** Renditions in the photo's own proportions, and the boxes that they are fitted into. */
const RENDITIONS: readonly (readonly [name: string, width: number, height: number])[] = [
	['large', 940, 650],
	['large2x', 1880, 1300],
	['original', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
];

const photoFiles = (record: Fields) => {
	const [width, height] = [sizeAt(record, 'width') ?? 0, sizeAt(record, 'height') ?? 0];
	return RENDITIONS.flatMap(([name, boxWidth, boxHeight]) => {
		const url = linkAt(record, 'src', name);
		const scale = Math.min(1, boxWidth / width, boxHeight / height);
		return url === null ? [] : [{ url, width: Math.floor(width * scale), height: Math.floor(height * scale) }];
	});
};
