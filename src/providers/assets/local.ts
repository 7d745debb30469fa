import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetHit, AssetKind, AssetProvider, AssetQuery, FetchedAsset, ProviderResult } from '../../ports/asset-provider.ts';
import { locateFile } from '../project-file.ts';
import { keepBytes, keepCopy } from './keep-file.ts';
import { drawIcon, findIcons } from './local-icons.ts';
import { paintTexture, textureHit } from './local-texture.ts';
import { listMedia, type MediaFacts, type MediaFile, mediaFacts } from './media-folder.ts';
import { failed, noSuchId, nothingFound } from './provider-problem.ts';
import { searchMedia } from './search-media.ts';
import { mediumOf, wordsOf } from './stock.ts';

export type LocalOptions = {
	/** Absolute path of the folder of media. It need not be there. */
	readonly folder: string;
};

/** Of a file that nobody wrote a licence for: whoever put it there must know. A sidecar's `license` says it. */
export const UNKNOWN_LICENSE = 'LicenseRef-unknown';

const KINDS = ['video', 'image', 'icon', 'generated-image', 'music', 'sound-effect'] as const;
const MOST_HITS = 80;

/** What is on this machine: a folder of media, Lucide's icons, and a picture that stands in for one that is made from words. */
export const openLocal = ({ folder }: LocalOptions): AssetProvider => {
	const known = new Map<string, Promise<MediaFacts | null>>();
	const factsOf = (file: MediaFile): Promise<MediaFacts | null> => {
		const facts = known.get(file.path) ?? mediaFacts(file, folder).catch(() => null);
		known.set(file.path, facts);
		return facts;
	};
	return {
		id: 'local',
		kinds: KINDS,
		needs: [],
		works: 'search',
		estimate: () => 0,
		search: async (query) => {
			if (query.kind === 'icon') return findIcons(query);
			if (query.kind === 'generated-image') return { ok: true, value: [textureHit(query)] };
			const medium = mediaKind(query.kind);
			return medium === null ? noSuchKind(query.kind) : searchFolder({ folder, factsOf }, query, medium);
		},
		find: async (id, query) => {
			if (query.kind === 'icon')
				return drawIcon(id, query.style).then((drawn) => (drawn.ok ? { ok: true, value: drawn.value.hit } : drawn));
			if (query.kind === 'generated-image') return { ok: true, value: textureHit(query) };
			const medium = mediaKind(query.kind);
			if (medium === null) return noSuchKind(query.kind);
			const files = await listMedia(folder, medium);
			if (!files.ok) return files;
			const file = files.value.find(({ name }) => name === id);
			const facts = file === undefined ? null : await factsOf(file);
			return file === undefined || facts === null ? noSuchId('local', id) : { ok: true, value: hitOf(file, facts) };
		},
		fetch: async (hit, { query, directory }) => fetchLocal(folder, hit, { query, directory }),
	};
};

const mediaKind = (kind: AssetKind): MediaFile['medium'] | null => {
	if (kind === 'video' || kind === 'image') return kind;
	return kind === 'music' || kind === 'sound-effect' ? 'sound' : null;
};

/** Music from words is arranged where a plan is made. */
const noSuchKind = (kind: AssetKind): ReturnType<typeof failed> =>
	failed('lasting', `local has no files of ${kind.replace('-', ' ')}`, 'name a mood: music is then arranged on this machine');

type Folder = { readonly folder: string; readonly factsOf: (file: MediaFile) => Promise<MediaFacts | null> };

const searchFolder = async (
	{ folder, factsOf }: Folder,
	query: AssetQuery,
	medium: MediaFile['medium'],
): Promise<ProviderResult<readonly AssetHit[]>> => {
	const files = await listMedia(folder, medium);
	if (!files.ok) return files;
	const words = [wordsOf(query), query.mood, query.genre].filter(Boolean).join(' ');
	if (files.value.length === 0) return nothingFound('local', words, emptyHint(folder, medium));
	const found = searchMedia(files.value, words).slice(0, MOST_HITS);
	const hits: AssetHit[] = [];
	for (const file of found) {
		const facts = await factsOf(file);
		if (facts !== null) hits.push(hitOf(file, facts));
	}
	const hint = 'name a file by what it shows, or write `tags` into a `<file>.meta.yaml` beside it';
	return hits.length === 0 ? nothingFound('local', words, hint) : { ok: true, value: hits };
};

const SAMPLES: Readonly<Record<MediaFile['medium'], readonly [what: string, sample: string]>> = {
	video: ['footage (MP4, MOV or WebM)', 'city-night-aerial.mp4'],
	image: ['pictures (JPEG, PNG or WebP)', 'team-in-office.jpg'],
	sound: ['sound (WAV, MP3, M4A, FLAC or OGG)', 'uplifting-corporate.mp3'],
};

const emptyHint = (folder: string, medium: MediaFile['medium']): string => {
	const [what, sample] = SAMPLES[medium];
	return `put ${what} into ${folder.split(/[\\/]/).at(-1)}/, named by what it is, like ${sample}`;
};

const hitOf = ({ name, sidecar }: MediaFile, facts: MediaFacts): AssetHit => ({
	id: name,
	page: sidecar.source,
	...facts,
	title: sidecar.title ?? name,
	license: sidecar.license ?? UNKNOWN_LICENSE,
	attribution: sidecar.credit,
	cost: 0,
});

const fetchLocal = async (
	folder: string,
	hit: AssetHit,
	{ query, directory }: { readonly query: AssetQuery; readonly directory: string },
): Promise<ProviderResult<FetchedAsset>> => {
	const keeping = { id: 'local', medium: mediumOf(query.kind), directory, cost: 0 };
	if (query.kind === 'icon') {
		const drawn = await drawIcon(hit.id, query.style);
		return drawn.ok ? keepBytes(drawn.value.svg, keeping) : drawn;
	}
	if (query.kind === 'generated-image') return keepBytes(await paintTexture(query), keeping);
	const root = await realpath(folder).catch(() => null);
	const located = root === null ? null : await locateFile(join(root, hit.id), { specFolder: root, root });
	return located?.ok ? keepCopy(located.value.path, keeping) : noSuchId('local', hit.id);
};
