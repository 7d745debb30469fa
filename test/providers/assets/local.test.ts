import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AssetHit, AssetProvider, AssetQuery, ProviderResult } from '../../../src/ports/asset-provider.ts';
import { openLocal, UNKNOWN_LICENSE } from '../../../src/providers/assets/local.ts';
import { listMedia } from '../../../src/providers/assets/media-folder.ts';
import { readSvg } from '../../../src/providers/svg-facts.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { makeAssetMedia, wave } from '../../support/vendors/asset-media.ts';

const Local = suite('providers/assets/local');

const made = makeAssetMedia();
const never = new AbortController().signal;
const ask = (kind: AssetQuery['kind'], text: string, more: Partial<AssetQuery> = {}): AssetQuery => ({
	kind,
	text,
	orientation: null,
	width: 640,
	height: 360,
	seconds: null,
	style: null,
	seed: null,
	bpm: null,
	mood: null,
	genre: null,
	color: null,
	...more,
});

/** A folder of media, from names to bytes. */
const folderOf = async (files: Readonly<Record<string, Buffer | string>>): Promise<string> => {
	const folder = join(temporaryDirectory(), 'media');
	for (const [name, content] of Object.entries(files)) {
		await mkdir(join(folder, name, '..'), { recursive: true });
		await writeFile(join(folder, name), content);
	}
	return folder;
};
/** Two pictures that can be found, by name the first and the last of so many files. */
const crowdedFolder = async (files: number): Promise<string> => {
	const { image } = await made;
	const folder = await folderOf({ 'a-harbour.jpg': image, 'z-harbour.jpg': image });
	await Promise.all(Array.from({ length: files - 2 }, (_, at) => writeFile(join(folder, `m-${at}.jpg`), '')));
	return folder;
};
const idsOf = (result: ProviderResult<readonly AssetHit[]>): readonly string[] =>
	result.ok ? result.value.map(({ id }) => id) : [`${result.problem.code} ${result.problem.kind}`];
const take = async (provider: AssetProvider, query: AssetQuery) => {
	const hits = await provider.search(query, never);
	if (!hits.ok) throw new Error(hits.problem.summary);
	const result = await provider.fetch(hits.value[0]!, { query, directory: join(temporaryDirectory(), 'work'), signal: never });
	if (!result.ok) throw new Error(result.problem.summary);
	return { hit: hits.value[0]!, asset: result.value, bytes: await readFile(result.value.file) };
};

Local('pictures are found by name, tag, title and synonym, and those that fit all words come first', async () => {
	const { image } = await made;
	const provider = openLocal({
		folder: await folderOf({
			'city-night.jpg': image,
			'a/CityDay.jpg': image,
			'b.jpg': image,
			'b.jpg.meta.yaml':
				'title: Skyline\ntags: [night, lights]\nlicense: CC-BY-4.0\ncredit: Photo by Jo Lee\nsource: https://jo.example/b\n',
			'cat.jpg': image,
			'notes.txt': 'city night',
		}),
	});
	const found = await provider.search(ask('image', 'city at night'), never);
	assert.equal([...idsOf(found)].slice(0, 2).sort(), ['b.jpg', 'city-night.jpg']);
	assert.is(idsOf(found)[2], 'a/CityDay.jpg');
	assert.is(idsOf(found).length, 3);
	const hits = found.ok ? found.value : [];
	const tagged = hits.find(({ id }) => id === 'b.jpg')!;
	assert.equal(
		[tagged.license, tagged.attribution, tagged.page, tagged.title],
		['CC-BY-4.0', 'Photo by Jo Lee', 'https://jo.example/b', 'Skyline'],
	);
	const plain = hits.find(({ id }) => id === 'city-night.jpg')!;
	assert.equal([plain.license, plain.width, plain.height], [UNKNOWN_LICENSE, 96, 54]);
	assert.match(plain.color ?? '', /^#[0-9a-f]{6}$/);
	assert.equal(idsOf(await provider.search(ask('image', 'dog'), never)), ['RF4231 empty']);
	assert.equal(await provider.find!('b.jpg', ask('image', ''), never), { ok: true, value: tagged });
});

Local('footage and sound have their length, and are copied byte by byte', async () => {
	const { video } = await made;
	const provider = openLocal({ folder: await folderOf({ 'aerial-city.mp4': video, 'calm-piano.wav': wave(2) }) });
	const footage = await take(provider, ask('video', 'city from above'));
	assert.equal([footage.hit.width, footage.hit.height, footage.hit.seconds], [64, 36, 1]);
	assert.ok(footage.bytes.equals(video));
	const music = await take(provider, ask('music', '', { mood: 'peaceful' }));
	assert.equal([music.hit.id, music.hit.seconds, music.asset.extension], ['calm-piano.wav', 2, 'wav']);
});

Local('files that cannot be used, links and hidden files are left out', async () => {
	const { image } = await made;
	const folder = await folderOf({ 'city.jpg': image, 'city-cut.jpg': image.subarray(0, 900), 'city-text.png': 'text', '.city.jpg': image });
	await symlink('/etc/hostname', join(folder, 'city-link.jpg'));
	const provider = openLocal({ folder });
	assert.equal(idsOf(await provider.search(ask('image', 'city'), never)), ['city.jpg']);
	for (const id of ['city-link.jpg', '../secret.jpg', '/etc/hostname', '']) {
		const fetched = await provider.fetch({ id } as AssetHit, { query: ask('image', ''), directory: temporaryDirectory(), signal: never });
		assert.is(fetched.ok, false, id);
	}
});

Local('a folder that is empty or not there: a problem that says what to put where', async () => {
	for (const folder of ['/nowhere/media', await folderOf({ 'notes.txt': '' })]) {
		const result = await openLocal({ folder }).search(ask('video', 'city'), never);
		assert.ok(!result.ok && result.problem.kind === 'empty');
		assert.match(result.ok ? '' : result.problem.hint, /footage .* into media\/.*city-night-aerial\.mp4/);
	}
});

const sidecars: readonly (readonly [text: string, says: RegExp])[] = [
	['title: [1', /no YAML/],
	['- a', /list or a text/],
	['licence: MIT', /unknown key "licence"/],
	['title: 3', /something else than a text under "title"/],
	['tags: {a: 1}', /words under "tags"/],
	[`title: ${'x'.repeat(70_000)}`, /more than 64 KB/],
	['a: &a [1]\nb: *a', /no YAML|unknown key/],
];
for (const [text, says] of sidecars) {
	Local(`a sidecar "${text.slice(0, 16).replace('\n', ' ')}" is a problem that names it`, async () => {
		const provider = openLocal({ folder: await folderOf({ 'a.jpg': (await made).image, 'a.jpg.meta.yaml': text }) });
		const result = await provider.search(ask('image', 'a'), never);
		assert.ok(!result.ok && result.problem.code === 'RF4236');
		assert.match(result.ok ? '' : result.problem.summary, says);
		assert.match(result.ok ? '' : result.problem.summary, 'a.jpg.meta.yaml');
	});
}

const concepts: readonly (readonly [concept: string, icon: string])[] = [
	['growth', 'trending-up'],
	['Fast Shipping', 'truck'],
	['rocket', 'rocket'],
	['shopping cart', 'shopping-cart'],
];
for (const [concept, icon] of concepts) {
	Local(`the icon for "${concept}" is ${icon}`, async () => {
		const { hit, asset, bytes } = await take(openLocal({ folder: '/nowhere' }), ask('icon', concept, { style: 'duotone' }));
		assert.is(hit.id, icon);
		assert.is(hit.license, 'ISC');
		assert.is(asset.extension, 'svg');
		assert.ok(readSvg(bytes).ok);
	});
}

Local('an icon that there is none for: a problem with what may have been meant', async () => {
	const result = await openLocal({ folder: '/nowhere' }).search(ask('icon', 'securty'), never);
	assert.ok(!result.ok && /security/.test(result.problem.hint));
});

Local('a picture from words is the same each time, another for another seed, and as large as it is shown', async () => {
	const paint = async (more: Partial<AssetQuery>) =>
		take(openLocal({ folder: '/nowhere' }), ask('generated-image', 'sunset over the sea', more));
	const [one, same, other] = [await paint({ seed: 1 }), await paint({ seed: 1 }), await paint({ seed: 2 })];
	assert.ok(one.bytes.equals(same.bytes));
	assert.not.ok(one.bytes.equals(other.bytes));
	assert.is(one.hit.license, 'generated');
	const { width, height } = await sharp(one.bytes).metadata();
	assert.equal([width, height], [640, 360]);
});

Local('a picture from words has the colours that the words name', async () => {
	const { bytes } = await take(openLocal({ folder: '/nowhere' }), ask('generated-image', 'deep red shapes'));
	const { channels } = await sharp(bytes).stats();
	assert.ok(channels[0]!.mean > 2 * channels[2]!.mean, JSON.stringify(channels.map(({ mean }) => mean)));
});

Local('music from words is not for a folder of files', async () => {
	const result = await openLocal({ folder: '/nowhere' }).search(ask('generated-music', 'piano'), never);
	assert.ok(!result.ok && result.problem.kind === 'lasting');
});

Local('a search leaves the folder as it is', async () => {
	const folder = await folderOf({ 'a.jpg': (await made).image });
	await take(openLocal({ folder }), ask('image', 'a'));
	assert.equal(await readdir(folder), ['a.jpg']);
});

Local('in a folder of thousands of files the last one is found as well', async () => {
	const found = await openLocal({ folder: await crowdedFolder(6_000) }).search(ask('image', 'harbour'), never);
	assert.equal(idsOf(found), ['a-harbour.jpg', 'z-harbour.jpg']);
});

Local('more files than are searched are refused, and not left out', async () => {
	const folder = await crowdedFolder(5);
	const refused = await listMedia(folder, 'image', 4);
	assert.is(refused.ok ? '' : refused.problem.summary, 'the folder of media has 5 files of image, and 4 at most are searched');
	const listed = await listMedia(folder, 'image', 5);
	assert.is(listed.ok ? listed.value.length : null, 5);
});

Local.run();
