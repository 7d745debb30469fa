import type { AssetQuery } from '../../../src/ports/asset-provider.ts';
import { type AssetAddresses, openAssetProviders } from '../../../src/providers/assets/open-providers.ts';
import { type AssetProviderUnderTest, describeAssetProvider } from '../../contracts/asset-provider.ts';
import { elevenlabs, openai, stability } from '../../support/vendors/asset-makers.ts';
import { type AssetMedia, makeAssetMedia } from '../../support/vendors/asset-media.ts';
import {
	artlist,
	epidemicSound,
	KEY,
	nounProject,
	pexels,
	pixabay,
	SECRET,
	unsplash,
	type Vendor,
} from '../../support/vendors/asset-vendors.ts';

const QUERY: AssetQuery = {
	kind: 'image',
	text: 'city at night',
	orientation: 'landscape',
	width: 1920,
	height: 1080,
	seconds: null,
	style: null,
	seed: null,
	bpm: null,
	mood: null,
	genre: null,
	color: null,
};
const FOOTAGE = { kind: 'video', seconds: 5 } as const;
const MUSIC = {
	kind: 'music',
	width: 0,
	height: 0,
	orientation: null,
	seconds: 30,
	mood: 'uplifting',
	genre: 'corporate',
	bpm: { min: 100, max: 120 },
} as const;
const ENVIRONMENT = {
	PEXELS_KEY: KEY,
	UNSPLASH_ACCESS_KEY: KEY,
	PIXABAY_API_KEY: KEY,
	NOUN_PROJECT_KEY: KEY,
	NOUN_PROJECT_SECRET: SECRET,
	STABILITY_API_KEY: KEY,
	OPENAI_API_KEY: KEY,
	ELEVENLABS_KEY: KEY,
	EPIDEMIC_SOUND_API_KEY: KEY,
	ARTLIST_CLIENT_ID: KEY,
	ARTLIST_CLIENT_SECRET: SECRET,
};

const made = makeAssetMedia();

const providerNamed = (
	id: keyof AssetAddresses,
	vendor: Vendor,
	media: keyof AssetMedia,
	query: Partial<AssetQuery>,
): AssetProviderUnderTest => ({
	vendor,
	media: async () => (await made)[media],
	query: { ...QUERY, ...query },
	open: ({ origin, fetcher, key }) =>
		openAssetProviders({
			environment: key ? ENVIRONMENT : {},
			fetcher,
			folder: '/nowhere',
			baseUrls: { [id]: origin, 'artlist-login': `${origin}/oauth2/token` },
		}).get(id)!,
});

describeAssetProvider('pexels photos', providerNamed('pexels', pexels, 'image', {}));
describeAssetProvider('pexels footage', providerNamed('pexels', pexels, 'video', FOOTAGE));
describeAssetProvider('unsplash', providerNamed('unsplash', unsplash, 'image', { orientation: 'square' }));
describeAssetProvider('pixabay photos', providerNamed('pixabay', pixabay, 'image', {}));
describeAssetProvider('pixabay footage', providerNamed('pixabay', pixabay, 'video', FOOTAGE));
describeAssetProvider('noun-project', providerNamed('noun-project', nounProject, 'icon', { kind: 'icon', text: "growth & 'more'!" }));
describeAssetProvider(
	'stability',
	providerNamed('stability', stability, 'image', { kind: 'generated-image', seed: 7, style: 'cinematic' }),
);
describeAssetProvider('openai', providerNamed('openai', openai, 'image', { kind: 'generated-image', width: 1080, height: 1920 }));
describeAssetProvider('elevenlabs music', providerNamed('elevenlabs', elevenlabs, 'sound', { ...MUSIC, kind: 'generated-music' }));
describeAssetProvider('elevenlabs effects', providerNamed('elevenlabs', elevenlabs, 'sound', { kind: 'sound-effect', seconds: 0.2 }));
describeAssetProvider('epidemic-sound', providerNamed('epidemic-sound', epidemicSound, 'sound', MUSIC));
describeAssetProvider('artlist', providerNamed('artlist', artlist, 'sound', MUSIC));
