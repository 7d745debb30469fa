import type { VoiceProblem } from '../../ports/voice.ts';

/** Who says sentences. `local` is the speech program that is installed with the package. */
export const VOICE_PROVIDERS = ['local', 'espeak', 'elevenlabs', 'wellsaid', 'murf'] as const;
export type VoiceProviderName = (typeof VOICE_PROVIDERS)[number];
export type CloudName = 'elevenlabs' | 'wellsaid' | 'murf';

export type Environment = Readonly<Record<string, string | undefined>>;

/** How messages call a service, where its key is looked for (the first that is set counts), and where it is. */
export type CloudFacts = {
	readonly title: string;
	readonly variables: readonly [string, ...string[]];
	readonly baseUrl: string;
	/** Part of a sentence's key: another model, or another way to ask for it, is another sound. */
	readonly version: string;
	/** US dollars for a character: a rough guess of ours of November 2026, on the high side, and no price list. Null where there is no price by the character. */
	readonly price: number | null;
};

export const CLOUD: Readonly<Record<CloudName, CloudFacts>> = {
	elevenlabs: {
		title: 'ElevenLabs',
		variables: ['ELEVENLABS_API_KEY', 'ELEVENLABS_KEY'],
		baseUrl: 'https://api.elevenlabs.io',
		version: 'v1/eleven_multilingual_v2/pcm_24000',
		price: 0.0003,
	},
	wellsaid: {
		title: 'WellSaid',
		variables: ['WELLSAID_API_KEY'],
		baseUrl: 'https://api.wellsaidlabs.com',
		version: 'v1/caruso',
		price: null,
	},
	murf: {
		title: 'Murf',
		variables: ['MURF_API_KEY'],
		baseUrl: 'https://api.murf.ai',
		version: 'v1/GEN2/wav_24000',
		price: 0.00003,
	},
};

export const isCloud = (provider: string): provider is CloudName => Object.hasOwn(CLOUD, provider);

export const isVoiceProvider = (provider: string): provider is VoiceProviderName => VOICE_PROVIDERS.some((name) => name === provider);

export type ApiKey =
	| { readonly ok: true; readonly key: string; readonly variable: string }
	| { readonly ok: false; readonly problem: VoiceProblem };

/** The key of a service. It comes from the environment alone. */
export const apiKeyOf = (service: CloudName, environment: Environment): ApiKey => {
	const { title, variables } = CLOUD[service];
	const variable = variables.find((name) => (environment[name] ?? '').trim() !== '');
	if (variable === undefined) {
		const names = variables.join(' or ');
		return {
			ok: false,
			problem: {
				code: 'RF4223',
				kind: 'key',
				summary: `${title} needs a key, and ${names} is not set`,
				hint: `set ${variables[0]} for the command, or write \`fallback: local\` to have a voice of this machine instead`,
			},
		};
	}
	const key = (environment[variable] ?? '').trim();
	if (/^[\x21-\x7e]+$/.test(key)) return { ok: true, key, variable };
	return {
		ok: false,
		problem: {
			code: 'RF4223',
			kind: 'key',
			summary: `${variable} is no key: it has spaces, line breaks or letters that no key has`,
			hint: 'copy the key again, without quotes',
		},
	};
};
