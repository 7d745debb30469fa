import { createHmac } from 'node:crypto';
import { baseString } from '../../../src/providers/assets/oauth.ts';
import type { Seen } from '../fault-server.ts';

/** What a vendor answers. `file`: the answer is or holds the file itself. `paid`: it counts. */
export type Reply = {
	readonly status: number;
	readonly body: string | Buffer;
	readonly file?: true;
	readonly paid?: true;
	readonly headers?: Readonly<Record<string, string>>;
};

export type VendorRequest = {
	readonly seen: Seen;
	readonly url: URL;
	readonly origin: string;
	readonly media: Buffer;
	readonly empty: boolean;
};

/** Answers as a vendor documents it, and refuses what is not documented. */
export type Vendor = (request: VendorRequest) => Reply;

export const KEY = 'canary-key-5f3a';
export const SECRET = 'canary-secret-91bc';

export const json = (value: unknown, more: Partial<Reply> = {}): Reply => ({ status: 200, body: JSON.stringify(value), ...more });
export const refusal = (status: number, why: string): Reply => ({ status, body: JSON.stringify({ error: why }) });
const file = (body: Buffer): Reply => ({ status: 200, body, file: true });

type Rule = readonly [ok: boolean, why: string];
/** The first thing that is not as documented. */
export const broken = (rules: readonly Rule[]): Reply | null => {
	const rule = rules.find(([ok]) => !ok);
	return rule === undefined ? null : refusal(422, rule[1]);
};
export const only = (url: URL, known: readonly string[]): Rule => [
	[...url.searchParams.keys()].every((name) => known.includes(name)),
	`unknown parameter in ${url.search}`,
];
export const oneOf = (value: string | null, known: readonly string[]): Rule => [
	value === null || known.includes(value),
	`not one of ${known}: ${value}`,
];

export const pexels: Vendor = ({ seen, url, origin, media, empty }) => {
	if (url.pathname.startsWith('/media/')) return file(media);
	if (seen.headers.authorization !== KEY) return refusal(401, 'no key');
	const photo = (id: number) => ({
		id,
		width: 4000,
		height: 2250,
		url: `https://www.pexels.com/photo/a-city-${id}/`,
		alt: 'A city at night',
		avg_color: '#2A3B4C',
		photographer: 'Jo Lee',
		photographer_url: 'https://www.pexels.com/@jo',
		src: { original: `${origin}/media/original.jpg`, large2x: `${origin}/media/large2x.jpg`, large: `${origin}/media/large.jpg` },
	});
	const rendition = (width: number, height: number) => ({
		id: width,
		quality: 'hd',
		file_type: 'video/mp4',
		width,
		height,
		fps: 24,
		link: `${origin}/media/${width}.mp4`,
	});
	const video = (id: number) => ({
		id,
		width: 3840,
		height: 2160,
		duration: 12,
		url: `https://www.pexels.com/video/aerial-view-of-a-city-${id}/`,
		user: { id: 1, name: 'Jo Lee', url: 'https://www.pexels.com/@jo' },
		video_files: [
			rendition(3840, 2160),
			rendition(640, 360),
			rendition(1920, 1080),
			{ file_type: 'application/x-mpegURL', link: `${origin}/media/x.m3u8` },
		],
	});
	const search = broken([
		only(url, ['query', 'orientation', 'size', 'color', 'locale', 'page', 'per_page']),
		[(url.searchParams.get('query') ?? '') !== '', 'no query'],
		[Number(url.searchParams.get('per_page') ?? 15) <= 80, 'per_page'],
		oneOf(url.searchParams.get('orientation'), ['landscape', 'portrait', 'square']),
	]);
	const found = empty ? [] : [11, 12];
	if (url.pathname === '/v1/search')
		return search ?? json({ photos: found.map(photo), page: 1, per_page: 80, total_results: found.length });
	if (url.pathname === '/v1/videos/search')
		return search ?? json({ videos: found.map(video), page: 1, per_page: 80, total_results: found.length });
	const id = /^\/v1\/(photos|videos\/videos)\/(\d+)$/.exec(url.pathname);
	if (id === null) return refusal(404, 'no such path');
	return json(id[1] === 'photos' ? photo(Number(id[2])) : video(Number(id[2])));
};

export const unsplash: Vendor = ({ seen, url, origin, media, empty }) => {
	if (url.pathname === '/media/raw') {
		return (
			broken([
				[Number(url.searchParams.get('w')) > 0 && url.searchParams.get('ixid') === 'abc', 'the address of the picture is not kept'],
			]) ?? file(media)
		);
	}
	if (seen.headers.authorization !== `Client-ID ${KEY}`) return refusal(401, 'no key');
	if (seen.headers['accept-version'] !== 'v1') return refusal(422, 'no version');
	const photo = (id: string) => ({
		id,
		width: 5000,
		height: 3000,
		color: '#26394d',
		alt_description: 'city at night',
		urls: { raw: `${origin}/media/raw?ixid=abc`, full: '', regular: '' },
		links: { html: `https://unsplash.com/photos/${id}`, download_location: `${origin}/photos/${id}/download?ixid=abc` },
		user: { name: 'Jo Lee', links: { html: 'https://unsplash.com/@jo' } },
	});
	if (url.pathname === '/search/photos') {
		const rules = broken([
			only(url, ['query', 'page', 'per_page', 'order_by', 'collections', 'content_filter', 'color', 'orientation']),
			[Number(url.searchParams.get('per_page')) <= 30, 'per_page'],
			oneOf(url.searchParams.get('orientation'), ['landscape', 'portrait', 'squarish']),
		]);
		return rules ?? json({ total: 2, results: empty ? [] : ['aB-1', 'cD_2'].map(photo) });
	}
	const [, id = '', rest] = /^\/photos\/([\w-]+)(\/download)?$/.exec(url.pathname) ?? [];
	if (rest !== undefined) return json({ url: `${origin}/media/raw` });
	return id === '' ? refusal(404, 'no such path') : json(photo(id));
};

export const pixabay: Vendor = ({ url, origin, media, empty }) => {
	if (url.pathname.startsWith('/media/')) return file(media);
	if (url.searchParams.get('key') !== KEY) return refusal(401, 'no key');
	const rules = broken([
		only(url, [
			'key',
			'q',
			'id',
			'lang',
			'image_type',
			'video_type',
			'orientation',
			'category',
			'colors',
			'safesearch',
			'order',
			'page',
			'per_page',
		]),
		[(url.searchParams.get('q') ?? '').length <= 100, 'q'],
		oneOf(url.searchParams.get('orientation'), ['all', 'horizontal', 'vertical']),
		[
			!url.searchParams.has('per_page') ||
				(Number(url.searchParams.get('per_page')) >= 3 && Number(url.searchParams.get('per_page')) <= 200),
			'per_page',
		],
	]);
	if (rules !== null) return rules;
	const wanted = url.searchParams.get('id');
	const ids = empty ? [] : wanted === null ? [195893, 73424] : [Number(wanted)];
	const record = (id: number) => ({ id, pageURL: `https://pixabay.com/photos/city-${id}/`, tags: 'city, night', user: 'jo' });
	const size = (width: number, height: number) => ({ url: `${origin}/media/${width}.mp4`, width, height, size: 1000, thumbnail: '' });
	if (url.pathname === '/api/') {
		const hits = ids.map((id) => ({
			...record(id),
			imageWidth: 4000,
			imageHeight: 2250,
			largeImageURL: `${origin}/media/large.jpg`,
			webformatURL: `${origin}/media/web.jpg`,
		}));
		return json({ total: hits.length, totalHits: hits.length, hits });
	}
	if (url.pathname !== '/api/videos/') return refusal(404, 'no such path');
	const videos = {
		large: { url: '', width: 0, height: 0, size: 0 },
		medium: size(1920, 1080),
		small: size(1280, 720),
		tiny: size(640, 360),
	};
	return json({ total: ids.length, totalHits: ids.length, hits: ids.map((id) => ({ ...record(id), duration: 12, videos })) });
};

export const nounProject: Vendor = ({ seen, url, media, empty }) => {
	const header = seen.headers.authorization ?? '';
	const parts = new Map(
		[...header.matchAll(/(oauth_\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, decodeURIComponent(value)]),
	);
	const signature = parts.get('oauth_signature');
	parts.delete('oauth_signature');
	const expected = createHmac('sha1', `${SECRET}&`)
		.update(baseString({ method: 'GET', url: url.href, timestamp: 0, nonce: '' }, [...parts]))
		.digest('base64');
	if (parts.get('oauth_consumer_key') !== KEY || signature !== expected) return refusal(401, 'wrong signature');
	const icon = (id: string) => ({
		id,
		term: id === '2' ? 'Growth' : 'Growth chart',
		attribution: `Growth by Jo from Noun Project (CC BY 3.0)`,
		license_description: 'creative-commons-attribution',
		thumbnail_url: '',
		permalink: `/icon/growth-${id}/`,
	});
	if (url.pathname === '/v2/icon') {
		if (empty) return refusal(404, 'nothing');
		return broken([only(url, ['query', 'limit', 'thumbnail_size', 'styles'])]) ?? json({ icons: ['1', '2'].map(icon) });
	}
	const [, id = '', rest] = /^\/v2\/icon\/(\d+)(\/download)?$/.exec(url.pathname) ?? [];
	if (rest === undefined) return id === '' ? refusal(404, 'no such path') : json({ icon: icon(id) });
	return (
		broken([only(url, ['color', 'filetype', 'size']), [url.searchParams.get('filetype') === 'svg', 'filetype']]) ??
		json({ base64_encoded_file: media.toString('base64'), content_type: 'image/svg+xml' }, { file: true })
	);
};

export const epidemicSound: Vendor = ({ seen, url, origin, media, empty }) => {
	if (url.pathname.startsWith('/media/')) return file(media);
	if (seen.headers.authorization !== `Bearer ${KEY}`) return refusal(401, 'no key');
	const track = (id: string) => ({
		id,
		title: `Track ${id}`,
		bpm: 110,
		moods: [],
		genres: [],
		length: 150,
		hasVocals: id === 'vocal',
		isPreviewOnly: id === 'preview',
	});
	if (url.pathname === '/v0/tracks/search') {
		const rules = broken([
			only(url, ['term', 'mood', 'genre', 'bpmMin', 'bpmMax', 'sort', 'order', 'limit', 'offset']),
			[Number(url.searchParams.get('limit')) <= 100, 'limit'],
		]);
		return rules ?? json({ tracks: empty ? [] : ['preview', 'vocal', 'b-1', 'b-2'].map(track) });
	}
	const [, id = '', rest] = /^\/v0\/tracks\/([\w-]+)(\/download)?$/.exec(url.pathname) ?? [];
	if (rest !== undefined)
		return (
			broken([oneOf(url.searchParams.get('format'), ['mp3'])]) ??
			json({ url: `${origin}/media/${id}.mp3`, expires: '2030-01-01T00:00:00Z' })
		);
	return id === '' ? refusal(404, 'no such path') : json(track(id));
};

export const artlist: Vendor = ({ seen, url, origin, media, empty }) => {
	if (url.pathname.startsWith('/media/')) return file(media);
	if (url.pathname === '/oauth2/token') {
		const basic = `Basic ${Buffer.from(`${KEY}:${SECRET}`).toString('base64')}`;
		if (seen.headers.authorization !== basic || seen.body !== 'grant_type=client_credentials') return refusal(401, 'no key');
		return json({ access_token: 'token-1', expires_in: 3600, token_type: 'Bearer' });
	}
	if (seen.headers.authorization !== 'Bearer token-1') return refusal(401, 'no token');
	if (url.pathname === '/search/v1/song') {
		const rules = broken([only(url, ['page', 'query', 'categoryIds', 'durationMin', 'durationMax', 'bpmMin', 'bpmMax', 'vocalType'])]);
		return rules ?? json({ songs: empty ? [] : [{ id: 77, name: 'Rise', duration: 140, genreCategories: [] }] });
	}
	return /^\/download\/v1\/downloadable\/song\/77\/mp3$/.test(url.pathname)
		? json({ url: `${origin}/media/77.mp3` })
		: refusal(404, 'no such path');
};
