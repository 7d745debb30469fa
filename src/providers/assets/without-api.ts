import type { AssetKind, AssetProvider } from '../../ports/asset-provider.ts';
import { withoutApi } from './provider-problem.ts';

const MUSIC = 'use `elevenlabs` for music from a prompt, or `local` for music made on this machine';
const PICTURES = 'use `stability` or `openai` for pictures from a prompt';

const SERVICES: readonly (readonly [id: string, kind: AssetKind, works: string])[] = [
	['suno', 'generated-music', MUSIC],
	['udio', 'generated-music', MUSIC],
	['midjourney', 'generated-image', PICTURES],
];

/** Services that people ask for and that cannot be asked. */
export const servicesWithoutApi = (): readonly AssetProvider[] =>
	SERVICES.map(([id, kind, works]) => ({
		id,
		kinds: [kind],
		needs: [],
		works: 'generate',
		estimate: () => null,
		search: async () => withoutApi(id, works),
		fetch: async () => withoutApi(id, works),
	}));
