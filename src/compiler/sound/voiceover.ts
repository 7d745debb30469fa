import { parseScript } from '../../audio/voice/parse-script.ts';
import { parseSsml } from '../../audio/voice/parse-ssml.ts';
import type { ParsedScript } from '../../audio/voice/script-problem.ts';
import type { VoiceRef } from '../../model/audio.ts';
import type { CampaignSpec, VoiceAsset, Voiceover } from '../../model/campaign-spec.gen.ts';
import type { Inputs } from '../../ports/inputs.ts';

/** Seconds from the end of the transition into a scene to its voice, where the spec says nothing. */
const DELAY = 0.2;

/** A voice-over with all that is left out filled in. `voice` is null where the spec names none. */
export type VoiceSettings = {
	readonly text: string;
	readonly key: 'script' | 'ssml' | null;
	readonly voice: string | null;
	readonly delay: number;
	readonly gain: number;
};

export const settingsOf = (voiceover: Voiceover): VoiceSettings => {
	if (typeof voiceover === 'string') return { text: voiceover, key: null, voice: null, delay: DELAY, gain: 0 };
	const { script, ssml, voice = null, delay = DELAY, gain = 0 } = voiceover;
	return { text: ssml ?? script ?? '', key: ssml === undefined ? 'script' : 'ssml', voice, delay, gain };
};

/** A filled voice-over as sentences and pauses. */
export const partsOf = ({ text, key }: VoiceSettings): ParsedScript => (key === 'ssml' ? parseSsml(text) : parseScript(text));

const PLAIN_VOICE: VoiceRef = { provider: 'local', voice: 'professional-female-1', rate: 1, pitch: 1, version: '' };

/** The name of the voice that a scene is spoken by when it names none. */
export const DEFAULT_VOICE = 'voice';

/** The voice that says a voice-over: the one it names, else the asset named `voice`, else one of this machine. */
export const voiceOf = (
	{ assets }: Pick<CampaignSpec, 'assets'>,
	{ voice }: Pick<VoiceSettings, 'voice'>,
	voices: Inputs['voices'],
): VoiceRef => {
	const name = voice ?? (voiceAsset(assets?.[DEFAULT_VOICE]) === null ? '' : DEFAULT_VOICE);
	const known = voices?.get(name);
	if (known !== undefined) return known;
	const asset = voiceAsset(assets?.[name]);
	if (asset === null) return PLAIN_VOICE;
	return { provider: asset.provider ?? 'local', voice: asset.voice, rate: asset.rate ?? 1, pitch: asset.pitch ?? 1, version: '' };
};

const voiceAsset = (asset: unknown): VoiceAsset | null =>
	typeof asset === 'object' && asset !== null && 'voice' in asset ? (asset as VoiceAsset) : null;
