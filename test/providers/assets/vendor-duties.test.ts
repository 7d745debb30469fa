import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AssetHit, AssetQuery } from '../../../src/ports/asset-provider.ts';
import { type AssetAddresses, openAssetProviders } from '../../../src/providers/assets/open-providers.ts';
import { openFetcher } from '../../../src/providers/http/fetcher.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { elevenlabs, openai, stability } from '../../support/vendors/asset-makers.ts';
import { type AssetMedia, makeAssetMedia } from '../../support/vendors/asset-media.ts';
import { epidemicSound, KEY, nounProject, pexels, pixabay, SECRET, unsplash, type Vendor } from '../../support/vendors/asset-vendors.ts';
import { serveVendor } from '../../support/vendors/serve-vendor.ts';

const Duties = suite('providers/assets/vendor-duties');

const made = makeAssetMedia();
const signal = new AbortController().signal;
const QUERY: AssetQuery = {
	kind: 'image',
	text: 'city at night',
	orientation: null,
	width: 1080,
	height: 1080,
	seconds: null,
	style: null,
	seed: null,
	bpm: null,
	mood: null,
	genre: null,
	color: null,
};
const ENVIRONMENT = {
	PEXELS_API_KEY: KEY,
	UNSPLASH_KEY: ` ${KEY}\n`,
	PIXABAY_API_KEY: KEY,
	NOUN_PROJECT_KEY: KEY,
	NOUN_PROJECT_SECRET: SECRET,
	STABILITY_KEY: KEY,
	OPENAI_API_KEY: KEY,
	ELEVENLABS_API_KEY: KEY,
	EPIDEMIC_SOUND_API_KEY: KEY,
};

type Asked = {
	readonly id: keyof AssetAddresses;
	readonly vendor: Vendor;
	readonly media: keyof AssetMedia;
	readonly query?: Partial<AssetQuery>;
};

/** Searches and fetches one thing: what was found, what it cost, and every request that the vendor saw. */
const takeOne = async (
	{ id, vendor, media, query: more }: Asked,
	choose: (hits: readonly AssetHit[]) => AssetHit = ([first]) => first!,
) => {
	const server = await serveVendor(vendor, (await made)[media]);
	const fetcher = openFetcher({ allowPrivate: [server.host] });
	const provider = openAssetProviders({ environment: ENVIRONMENT, fetcher, folder: '/nowhere', baseUrls: { [id]: server.origin } }).get(
		id,
	)!;
	const query = { ...QUERY, ...more };
	try {
		const hits = await provider.search(query, signal);
		if (!hits.ok) throw new Error(hits.problem.summary);
		const hit = choose(hits.value);
		const fetched = await provider.fetch(hit, { query, directory: temporaryDirectory(), signal });
		if (!fetched.ok) throw new Error(fetched.problem.summary);
		return {
			hit,
			hits: hits.value,
			cost: fetched.value.cost,
			estimate: provider.estimate(query),
			seen: server.seen.map(({ method, url, body }) => ({ method, url, body })),
		};
	} finally {
		await fetcher.close();
		await server.close();
	}
};
const pathsOf = (seen: readonly { readonly url: string }[]): readonly string[] => seen.map(({ url }) => url.split('?')[0]!);

const renditions: readonly (readonly [width: number, height: number, file: string])[] = [
	[1920, 1080, '/media/1920.mp4'],
	[1280, 720, '/media/1920.mp4'],
	[640, 360, '/media/640.mp4'],
	[200, 100, '/media/640.mp4'],
	[2560, 1440, '/media/3840.mp4'],
	[9000, 9000, '/media/3840.mp4'],
];
for (const [width, height, file] of renditions) {
	Duties(`pexels: for ${width} x ${height} the footage is ${file}`, async () => {
		const { seen } = await takeOne({ id: 'pexels', vendor: pexels, media: 'video', query: { kind: 'video', width, height, seconds: 3 } });
		assert.equal(pathsOf(seen), ['/v1/videos/search', '/v1/videos/videos/11', file]);
	});
}

const photos: readonly (readonly [width: number, height: number, file: string])[] = [
	[900, 500, '/media/large.jpg'],
	[1080, 1080, '/media/original.jpg'],
	[1800, 1000, '/media/large2x.jpg'],
];
for (const [width, height, file] of photos) {
	Duties(`pexels: for ${width} x ${height} the photo is ${file}`, async () => {
		const { seen, hit } = await takeOne({ id: 'pexels', vendor: pexels, media: 'image', query: { width, height } });
		assert.is(pathsOf(seen).at(-1), file);
		assert.is(hit.attribution, 'Photo by Jo Lee on Pexels (https://www.pexels.com/photo/a-city-11/)');
		assert.is(hit.color, '#2a3b4c');
	});
}

Duties('unsplash: a fetch is reported once, the picture is as large as it is shown, and links say where they come from', async () => {
	const { seen, hit } = await takeOne({ id: 'unsplash', vendor: unsplash, media: 'image' });
	assert.equal(pathsOf(seen), ['/search/photos', '/photos/aB-1', '/photos/aB-1/download', '/media/raw']);
	assert.match(seen[3]!.url, 'w=1800');
	assert.match(
		hit.attribution ?? '',
		/^Photo by Jo Lee \(https:\/\/unsplash\.com\/@jo\?utm_source=reelform&utm_medium=referral\) on Unsplash \(.*utm_medium=referral\)$/,
	);
	assert.match(hit.page ?? '', 'utm_source=reelform');
});

Duties('unsplash: the key does not go to another host that a record names', async () => {
	const elsewhere: Vendor = (request) => {
		const reply = unsplash(request);
		return {
			...reply,
			body:
				typeof reply.body === 'string'
					? reply.body.replace(/"download_location":"[^"]*"/, '"download_location":"https://elsewhere.example/x"')
					: reply.body,
		};
	};
	const { seen } = await takeOne({ id: 'unsplash', vendor: elsewhere, media: 'image' });
	assert.equal(pathsOf(seen), ['/search/photos', '/photos/aB-1', '/photos/aB-1/download', '/media/raw']);
});

Duties('pixabay: a hit is as large as what can be had of it', async () => {
	const { hit } = await takeOne({ id: 'pixabay', vendor: pixabay, media: 'image' });
	assert.equal([hit.width, hit.height], [1280, 720]);
	const footage = await takeOne({ id: 'pixabay', vendor: pixabay, media: 'video', query: { kind: 'video', width: 1000, height: 600 } });
	assert.equal([footage.hit.width, pathsOf(footage.seen).at(-1)], [1920, '/media/1280.mp4']);
});

Duties('noun-project: icons of the very word come first, with the line that their licence asks for', async () => {
	const { hit } = await takeOne({ id: 'noun-project', vendor: nounProject, media: 'icon', query: { kind: 'icon', text: 'growth' } });
	assert.equal([hit.id, hit.license, hit.attribution], ['2', 'CC-BY-3.0', 'Growth by Jo from Noun Project (CC BY 3.0)']);
});

Duties('epidemic-sound: no previews, singers last, and no word of a track is to be kept', async () => {
	const { hits } = await takeOne({ id: 'epidemic-sound', vendor: epidemicSound, media: 'sound', query: { kind: 'music', mood: 'calm' } });
	assert.equal(
		hits.map(({ id }) => id),
		['b-1', 'b-2', 'vocal'],
	);
	assert.ok(hits.every(({ attribution, page }) => attribution === 'Music from Epidemic Sound' && page === null));
});

const costs: readonly (readonly [Asked, cost: number, estimate: number])[] = [
	[{ id: 'stability', vendor: stability, media: 'image', query: { kind: 'generated-image', seed: 7 } }, 0.03, 0.03],
	[{ id: 'openai', vendor: openai, media: 'image', query: { kind: 'generated-image' } }, 0.0401, 0.08],
	[{ id: 'elevenlabs', vendor: elevenlabs, media: 'sound', query: { kind: 'generated-music', seconds: 30 } }, 0.044, 0.4],
];
for (const [asked, cost, estimate] of costs) {
	Duties(`${asked.id}: what it costs is known before, and told after`, async () => {
		const made = await takeOne(asked);
		assert.is(made.cost, cost);
		assert.ok(Math.abs((made.estimate ?? 0) - estimate) < 0.005, String(made.estimate));
		assert.is(made.seen.length, 1);
	});
}

Duties('openai: the size is that of the shape, in steps of 16, within its limits', async () => {
	const shapes: readonly (readonly [number, number, RegExp])[] = [
		[1080, 1920, /^1072x1920$|^1080x1920$/],
		[100, 100, /^1024x1024$/],
		[3840, 1080, /^\d+x\d+$/],
		[8000, 1000, /^\d+x\d+$/],
	];
	for (const [width, height, expected] of shapes) {
		const { seen } = await takeOne({ id: 'openai', vendor: openai, media: 'image', query: { kind: 'generated-image', width, height } });
		assert.match(String((JSON.parse(seen[0]!.body) as { size: string }).size), expected);
	}
});

const fetcher = openFetcher();
const all = openAssetProviders({ environment: {}, fetcher, folder: '/nowhere' });

Duties('every provider that a spec may name is there, by its name', () => {
	assert.equal([...all.keys()].sort(), [
		'artlist',
		'dalle',
		'elevenlabs',
		'epidemic-sound',
		'local',
		'midjourney',
		'noun-project',
		'openai',
		'pexels',
		'pixabay',
		'stability',
		'suno',
		'udio',
		'unsplash',
	]);
	assert.is(all.get('dalle'), all.get('openai'));
});

Duties('answers of Epidemic Sound alone are not kept', () => {
	const forgetful = [...all.values()].filter(({ keepsNoAnswers }) => keepsNoAnswers);
	assert.equal(
		forgetful.map(({ id }) => id),
		['epidemic-sound'],
	);
});

for (const id of ['suno', 'udio', 'midjourney']) {
	Duties(`${id}: it has no official API, and the problem says what works`, async () => {
		const result = await all.get(id)!.search({ ...QUERY, kind: all.get(id)!.kinds[0]! }, signal);
		assert.ok(!result.ok && result.problem.code === 'RF4235' && result.problem.kind === 'lasting');
		assert.match(result.ok ? '' : result.problem.hint, /elevenlabs|stability/);
	});
}

Duties.run();
