import { unreachable } from '../../model/unreachable.ts';
import type { VoiceProblem, VoiceProvider } from '../../ports/voice.ts';
import type { Fetcher } from '../http/contract.ts';
import { openElevenLabs } from './elevenlabs.ts';
import { openEspeak } from './espeak.ts';
import { openFlite } from './flite.ts';
import { type Lanes, openLanes } from './lanes.ts';
import { openMurf } from './murf.ts';
import { apiKeyOf, CLOUD, type CloudName, type Environment, isCloud, isVoiceProvider } from './services.ts';
import { noProvider } from './voice-for.ts';
import { type DecodeSound, openWellSaid } from './wellsaid.ts';

/** Threads of the local voice. */
const LOCAL_THREADS = 2;

export type ProvidersOptions = {
	readonly environment: Environment;
	readonly fetcher: Fetcher;
	readonly workerFile: string;
	/** Folder where files wait to be read. */
	readonly incoming: string;
	readonly decode?: DecodeSound;
	readonly prices?: Partial<Readonly<Record<CloudName, number>>>;
	readonly baseUrls?: Partial<Readonly<Record<CloudName, string>>>;
	readonly timeoutMs?: number;
};

export type Opened = { readonly ok: true; readonly provider: VoiceProvider } | { readonly ok: false; readonly problem: VoiceProblem };

/** Providers that are opened when they are first asked for. */
export type Providers = {
	open(provider: string): Opened;
	/** Why a provider would not open. */
	problemOf(provider: string): VoiceProblem | null;
	close(): Promise<void>;
};

export const openProviders = (options: ProvidersOptions): Providers => {
	const opened = new Map<string, VoiceProvider>();
	return {
		open(name) {
			const before = opened.get(name);
			if (before !== undefined) return { ok: true, provider: before };
			const found = openOne(name, options);
			if (found.ok) opened.set(name, found.provider);
			return found;
		},
		problemOf(name) {
			if (!isCloud(name)) return isVoiceProvider(name) ? null : noProvider(name);
			const key = apiKeyOf(name, options.environment);
			return key.ok ? null : key.problem;
		},
		async close() {
			await Promise.all([...opened.values()].map((provider) => provider.close()));
		},
	};
};

const openOne = (name: string, options: ProvidersOptions): Opened => {
	if (!isVoiceProvider(name)) return { ok: false, problem: noProvider(name) };
	if (isCloud(name)) return openCloud(name, options);
	switch (name) {
		case 'local':
			return { ok: true, provider: sideBySide(Array.from({ length: LOCAL_THREADS }, () => openFlite({ workerFile: options.workerFile }))) };
		case 'espeak':
			return { ok: true, provider: openEspeak({ environment: options.environment }) };
		default:
			return unreachable(name);
	}
};

const openCloud = (name: CloudName, options: ProvidersOptions): Opened => {
	const key = apiKeyOf(name, options.environment);
	if (!key.ok) return key;
	const { fetcher, timeoutMs, incoming: directory } = options;
	const service = {
		fetcher,
		apiKey: key.key,
		variable: key.variable,
		baseUrl: options.baseUrls?.[name] ?? CLOUD[name].baseUrl,
		price: options.prices?.[name] ?? CLOUD[name].price,
		...(timeoutMs !== undefined && { timeoutMs }),
	};
	switch (name) {
		case 'elevenlabs':
			return { ok: true, provider: openElevenLabs(service) };
		case 'murf':
			return { ok: true, provider: openMurf(service) };
		case 'wellsaid':
			return { ok: true, provider: openWellSaid({ ...service, directory, decode: options.decode ?? noDecoder }) };
		default:
			return unreachable(name);
	}
};

const noDecoder: DecodeSound = () => Promise.reject(new Error('no decoder'));

/** Several of one kind as one: each says one sentence at a time, and a free one takes the next. */
const sideBySide = (providers: readonly VoiceProvider[]): VoiceProvider => {
	const free = [...providers];
	const lanes: Lanes = openLanes(providers.length);
	return {
		id: providers[0]?.id ?? '',
		synthesize: (request) =>
			lanes.run(async () => {
				const provider = free.pop();
				if (provider === undefined) throw new Error('more sentences than threads');
				try {
					return await provider.synthesize(request);
				} finally {
					free.push(provider);
				}
			}),
		close: async () => {
			await Promise.all(providers.map((provider) => provider.close()));
		},
	};
};
