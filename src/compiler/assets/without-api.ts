import type { DraftSpec } from '../draft-spec.ts';

const INSTEAD: Readonly<Record<string, string>> = {
	suno: 'use `provider: elevenlabs`, or `provider: local` for music made here',
	udio: 'use `provider: elevenlabs`, or `provider: local` for music made here',
	midjourney: 'use `provider: stability` or `provider: openai`, or `provider: local` for a generated background',
};

/** An asset of a provider that has no official way to be asked, and what to use instead. */
export type Unaskable = { readonly name: string; readonly provider: string; readonly instead: string };

export const unaskableAssets = ({ assets }: DraftSpec): readonly Unaskable[] =>
	Object.entries(assets ?? {}).flatMap(([name, asset]) => {
		const provider = typeof asset === 'object' && 'provider' in asset ? asset.provider : undefined;
		if (typeof provider !== 'string' || !Object.hasOwn(INSTEAD, provider)) return [];
		return [{ name, provider, instead: INSTEAD[provider] ?? '' }];
	});
