import type { AssetProvider } from '../../ports/asset-provider.ts';
import type { Fetcher } from '../http/contract.ts';
import { openArtlist } from './artlist.ts';
import { openElevenlabsSound } from './elevenlabs-sound.ts';
import { openEpidemicSound } from './epidemic-sound.ts';
import { openLocal } from './local.ts';
import { openNounProject } from './noun-project.ts';
import { openOpenaiImages } from './openai-images.ts';
import { openPexels } from './pexels.ts';
import { openPixabay } from './pixabay.ts';
import { readKeys } from './provider-keys.ts';
import { limitRequests, type RateLimit } from './rate-limit.ts';
import { openStability } from './stability.ts';
import type { AdapterOptions } from './stock.ts';
import { openUnsplash } from './unsplash.ts';
import { servicesWithoutApi } from './without-api.ts';

/** Addresses that can be replaced. `artlist-login` is where Artlist gives tokens. */
export type AssetAddresses = Readonly<Partial<Record<keyof typeof BASE_URLS, string>>>;

export type AssetProvidersOptions = {
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Left open: who opened it closes it. */
	readonly fetcher: Fetcher;
	/** Absolute path of the folder of media that `local` searches. It need not be there. */
	readonly folder: string;
	readonly baseUrls?: AssetAddresses;
	/** Milliseconds since 1970. */
	readonly now?: () => number;
};

const BASE_URLS = {
	pexels: 'https://api.pexels.com',
	unsplash: 'https://api.unsplash.com',
	pixabay: 'https://pixabay.com',
	'noun-project': 'https://api.thenounproject.com',
	stability: 'https://api.stability.ai',
	openai: 'https://api.openai.com',
	elevenlabs: 'https://api.elevenlabs.io',
	'epidemic-sound': 'https://partner-content-api.epidemicsound.com',
	artlist: 'https://business.artlist.io',
	'artlist-login': 'https://artlist-business-api-prod-cognito.artlist.io/oauth2/token',
} as const;

const HOUR = 3_600_000;

/** As documented; the services' own headers count for more. */
const LIMITS: Readonly<Record<string, RateLimit>> = {
	pexels: { count: 200, windowMs: HOUR },
	unsplash: { count: 50, windowMs: HOUR },
	pixabay: { count: 100, windowMs: 60_000 },
	stability: { count: 150, windowMs: 10_000 },
};

const ADAPTERS: Readonly<Record<string, (options: AdapterOptions) => AssetProvider>> = {
	pexels: openPexels,
	unsplash: openUnsplash,
	pixabay: openPixabay,
	stability: openStability,
	openai: openOpenaiImages,
	elevenlabs: openElevenlabsSound,
	'epidemic-sound': openEpidemicSound,
};

/** Every provider that a spec may name, by that name; `dalle` is `openai`. Those without a key are there too, and say so when they are asked. */
export const openAssetProviders = (options: AssetProvidersOptions): ReadonlyMap<string, AssetProvider> => {
	const { environment, folder, now = Date.now } = options;
	const baseUrlOf = (id: keyof typeof BASE_URLS): string => options.baseUrls?.[id] ?? BASE_URLS[id];
	const fetcherOf = (id: string): Fetcher => limitRequests(options.fetcher, { id, limit: LIMITS[id] ?? null, now });
	const keyOf = (id: string): string | null => readKeys(id, environment).keys[0] ?? null;
	const pairOf = (id: string): readonly [string, string] | null => {
		const [one, other] = readKeys(id, environment).keys;
		return one === undefined || other === undefined ? null : [one, other];
	};
	const noun = pairOf('noun-project');
	const artlist = pairOf('artlist');
	const providers = [
		openLocal({ folder }),
		...Object.entries(ADAPTERS).map(([id, open]) =>
			open({ baseUrl: baseUrlOf(id as keyof typeof BASE_URLS), apiKey: keyOf(id), fetcher: fetcherOf(id) }),
		),
		openNounProject({
			baseUrl: baseUrlOf('noun-project'),
			apiKey: noun && { key: noun[0], secret: noun[1] },
			fetcher: fetcherOf('noun-project'),
			now,
		}),
		openArtlist({
			baseUrl: baseUrlOf('artlist'),
			loginUrl: baseUrlOf('artlist-login'),
			apiKey: artlist && { id: artlist[0], secret: artlist[1] },
			fetcher: fetcherOf('artlist'),
			now,
		}),
		...servicesWithoutApi(),
	];
	const byId = new Map(providers.map((provider) => [provider.id, provider]));
	return byId.set('dalle', byId.get('openai')!);
};
