/** Where keys are looked for: all of a list are needed, and any of the names within; the documented one is the first. */
const KEYS: Readonly<Record<string, readonly (readonly string[])[]>> = {
	pexels: [['PEXELS_API_KEY', 'PEXELS_KEY']],
	unsplash: [['UNSPLASH_ACCESS_KEY', 'UNSPLASH_KEY']],
	pixabay: [['PIXABAY_API_KEY']],
	'noun-project': [['NOUN_PROJECT_KEY'], ['NOUN_PROJECT_SECRET']],
	stability: [['STABILITY_API_KEY', 'STABILITY_KEY']],
	openai: [['OPENAI_API_KEY']],
	elevenlabs: [['ELEVENLABS_API_KEY', 'ELEVENLABS_KEY']],
	'epidemic-sound': [['EPIDEMIC_SOUND_API_KEY']],
	artlist: [['ARTLIST_CLIENT_ID'], ['ARTLIST_CLIENT_SECRET']],
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** The keys of a provider in the order of its documentation, and the variables that are not set. Both are empty for one that needs none. */
export const readKeys = (
	provider: string,
	environment: Environment,
): { readonly keys: readonly string[]; readonly missing: readonly string[] } => {
	const wanted = Object.hasOwn(KEYS, provider) ? KEYS[provider]! : [];
	const found = wanted.map((names) => names.map((name) => environment[name]?.trim() || null).find((key) => key !== null) ?? null);
	return {
		keys: found.filter((key) => key !== null),
		missing: wanted.flatMap((names, index) => (found[index] === null ? names.slice(0, 1) : [])),
	};
};
