import type { Caption } from '@remotion/captions';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { Html5Audio, Sequence, useVideoConfig } from 'remotion';
import type { ManifestEntry, Wanted } from '../model/asset-manifest.ts';
import type { WordTiming } from '../model/sound.ts';
import { guarded } from '../runtime/guarded.ts';
import { addressOf, lookUp, useAsset } from './assets-provider.tsx';
import { type ManifestFile, readManifest } from './manifest.ts';

/** A voice-over that is at hand. Word times are seconds from its start. */
export type SpokenScript = {
	/** As it stands in the manifest: a path of the public folder, or a whole address. */
	readonly src: string;
	readonly seconds: number;
	readonly words: readonly WordTiming[];
	/** The words in the shape of `@remotion/captions`, for its `createTikTokStyleCaptions`. */
	readonly captions: Caption[];
};

type VoiceSettings = {
	readonly provider?: 'local' | 'espeak' | 'elevenlabs' | 'wellsaid' | 'murf';
	/** As the spec names it, or as the provider does. */
	readonly voice?: string;
	/** 0 to 1 and above; a function of the frame fades. 1 when left out. */
	readonly volume?: number | ((frame: number) => number);
	/** `auto` shows the children for as long as the voice is heard. They stay to the end of what they stand in when left out. */
	readonly timing?: 'auto';
	/** Seconds from the start of what it stands in. */
	readonly delay?: number;
	/** Drawn while it is said, with `useCaptions()` for its words. */
	readonly children?: ReactNode;
};

/** `script` with `[pause: 0.5]`, or `ssml`, as a scene of the spec has it, white space aside; or the id of the scene as `name`. */
type Said =
	| { readonly name: string; readonly script?: string; readonly ssml?: string }
	| { readonly name?: undefined; readonly script: string; readonly ssml?: undefined }
	| { readonly name?: undefined; readonly script?: undefined; readonly ssml: string };

export type VoiceOverProps = VoiceSettings & Said;
export type GeneratedVoiceProps = VoiceOverProps;

const SpokenContext = createContext<SpokenScript | null>(null);

/** Says a script of the campaign from the first frame on. @throws Error that names the script where the manifest has none */
export const VoiceOver = (props: VoiceOverProps): ReactNode => <Saying component="VoiceOver" said={props} />;

/** The same, by the name that goes with `ssml`. */
export const GeneratedVoice = (props: GeneratedVoiceProps): ReactNode => <Saying component="GeneratedVoice" said={props} />;

const Saying = guarded(({ component, said }: { readonly component: string; readonly said: VoiceOverProps }): ReactNode => {
	const { name, script, ssml, provider, voice, volume = 1, timing, delay = 0, children } = said;
	const { fps } = useVideoConfig();
	const entry = useAsset(component, { kind: 'voiceover', name, provider, settings: { script, ssml, voice } });
	const spoken = useMemo(() => spokenOf(component, entry), [component, entry]);
	// Never shorter than the sound: a last syllable is not cut off.
	const length = timing === 'auto' ? { durationInFrames: Math.max(1, Math.ceil(spoken.seconds * fps)) } : {};
	return (
		<Sequence from={Math.round(delay * fps)} layout="none" name={entry.name} {...length}>
			<Html5Audio src={addressOf(spoken.src)} volume={volume} />
			<SpokenContext.Provider value={spoken}>{children}</SpokenContext.Provider>
		</Sequence>
	);
});

const byName = (name: string): Wanted => ({ kind: 'voiceover', name, settings: {} });

/** The voice-over of a scene, for whoever places pictures by its words. @throws Error that names the scene where the manifest has none */
export const useVoiceOver = guarded((name: string): SpokenScript & { /** Frames that hold it. */ readonly frames: number } => {
	const { fps } = useVideoConfig();
	const entry = useAsset('useVoiceOver', byName(name));
	return useMemo(() => {
		const spoken = spokenOf('useVoiceOver', entry);
		return { ...spoken, frames: Math.max(1, Math.ceil(spoken.seconds * fps)) };
	}, [entry, fps]);
});

/** The same outside of components: for `calculateMetadata`, which makes a composition as long as its voice. */
export const voiceOverOf = (manifest: ManifestFile, name: string): SpokenScript =>
	spokenOf('voiceOverOf', lookUp(readManifest(manifest), 'voiceOverOf', byName(name)));

/** Words of the voice-over that it stands in. Times count from the start of the voice, as the frames in there do. @throws Error outside of one */
export const useCaptions = guarded((): Caption[] => {
	const spoken = useContext(SpokenContext);
	if (spoken === null) throw new Error('useCaptions reads the words of a voice-over: put its component into a <VoiceOver>');
	return spoken.captions;
});

const spokenOf = (component: string, { name, src, seconds, words = [] }: ManifestEntry): SpokenScript => {
	if (src === null || seconds === undefined) throw new Error(`${component}: the voice-over "${name}" is damaged: export the assets again`);
	const timed = words.map(([text, start, end]) => ({ text, start, end }));
	return { src, seconds, words: timed, captions: timed.map(captionOf) };
};

const captionOf = ({ text, start, end }: WordTiming, index: number): Caption => ({
	text: index === 0 ? text : ` ${text}`,
	startMs: Math.round(start * 1000),
	endMs: Math.round(end * 1000),
	timestampMs: Math.round((start + end) * 500),
	confidence: null,
});
