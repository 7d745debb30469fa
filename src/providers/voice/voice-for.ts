import { hintForName } from '../../diagnostics/suggest.ts';
import type { VoiceRef } from '../../model/audio.ts';
import type { VoiceAsset } from '../../model/campaign-spec.gen.ts';
import { unreachable } from '../../model/unreachable.ts';
import type { VoiceProblem } from '../../ports/voice.ts';
import { elevenLabsVoice } from './elevenlabs.ts';
import { espeakVoice } from './espeak.ts';
import { FLITE_VOICES, fliteVoice } from './flite.ts';
import { murfVoice } from './murf.ts';
import { apiKeyOf, CLOUD, type Environment, isCloud, VOICE_PROVIDERS, type VoiceProviderName } from './services.ts';
import { wellSaidVoice } from './wellsaid.ts';

export type FoundVoice = { readonly ok: true; readonly voice: VoiceRef } | { readonly ok: false; readonly problem: VoiceProblem };

/** What asks for a voice, as a spec writes it. */
export type AskedVoice = Pick<VoiceAsset, 'voice' | 'provider' | 'pin' | 'rate' | 'pitch'>;

/**
 * The voice that an asset of a spec means, under its provider's own name, so that two names of one voice are one voice. A problem for a name that the provider does
 * not have, and one of kind `key` for a service whose key the environment lacks. Whether a voice of this machine stands in then is for the caller to say:
 * `standIn` is that voice.
 */
export const voiceFor = (asset: AskedVoice, environment: Environment, versionOf: (provider: string) => string): FoundVoice => {
	const provider = asset.provider ?? 'local';
	const wanted = asset.pin ?? asset.voice;
	const voice = ownVoice(provider, wanted);
	if (voice === undefined) return { ok: false, problem: noVoice(provider, wanted) };
	const key = isCloud(provider) ? apiKeyOf(provider, environment) : null;
	if (key !== null && !key.ok) return key;
	return { ok: true, voice: { provider, voice, rate: asset.rate ?? 1, pitch: asset.pitch ?? 1, version: versionOf(provider) } };
};

/** The asset said by a voice of this machine: the one of the same friendly name where there is one. */
export const standIn = ({ pin: _, ...asset }: AskedVoice): AskedVoice => ({
	...asset,
	provider: 'local',
	voice: fliteVoice(asset.voice) === undefined ? 'default' : asset.voice,
});

/** A provider's own name of a voice. */
export const ownVoice = (provider: VoiceProviderName, name: string): string | undefined => {
	switch (provider) {
		case 'local':
			return fliteVoice(name);
		case 'espeak':
			return espeakVoice(name);
		case 'elevenlabs':
			return elevenLabsVoice(name);
		case 'wellsaid':
			return wellSaidVoice(name);
		case 'murf':
			return murfVoice(name);
		default:
			return unreachable(provider);
	}
};

const noVoice = (provider: VoiceProviderName, name: string): VoiceProblem => ({
	code: 'RF4220',
	summary: `${isCloud(provider) ? CLOUD[provider].title : provider} has no voice called "${name}"`,
	hint: hintForName(
		name,
		FLITE_VOICES.filter((known) => ownVoice(provider, known) !== undefined),
	),
});

export const noProvider = (provider: string): VoiceProblem => ({
	code: 'RF4220',
	summary: `there is no provider of voices called "${provider}"`,
	hint: hintForName(provider, VOICE_PROVIDERS),
});
