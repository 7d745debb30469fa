import { toFrames, toSeconds } from '../../model/units.ts';
import type { SceneLength } from '../fit-duration.ts';
import type { PlainScene } from '../resolve-scene.ts';
import type { SceneSpeech } from './speak.ts';

/** Seconds behind the last word of a scene that is as long as its voice, and the least that such a scene has. */
const TAIL = 0.4;
const LEAST = 0.5;

/** What fitting knows of a voice: when it begins behind the transition into its scene, and for how long it is heard; null while that is not known. */
export type VoiceLength = { readonly delay: number; readonly seconds: number | null };

export const voiceLengthOf = (speech: SceneSpeech | null): VoiceLength | null =>
	speech && { delay: speech.delay, seconds: speech.heard?.seconds ?? null };

/** Whole frames that hold some seconds, whatever floating point says. */
const framesOver = (seconds: number, fps: number): number => Math.ceil(seconds * fps - 1e-6);

/** The frame of its scene in which a voice begins. */
export const voiceFrame = ({ delay }: Pick<VoiceLength, 'delay'>, entering: number, fps: number): number => entering + toFrames(delay, fps);

/** Frames of a scene after which its voice is over; 0 where that is not known. */
export const framesForVoice = (voice: VoiceLength | null, entering: number, fps: number): number =>
	voice === null || voice.seconds === null ? 0 : voiceFrame(voice, entering, fps) + framesOver(voice.seconds, fps);

export type Timing = {
	readonly voice: VoiceLength | null /** Frames of the transition into it. */;
	readonly entering: number;
	readonly fps: number;
};

/** How long a scene may be. A flexible one has room for its voice; `auto` is as long as that, and open where it is not known. */
export const sceneLength = ({ duration }: Pick<PlainScene, 'duration'>, { voice, entering, fps }: Timing): SceneLength => {
	const needed = framesForVoice(voice, entering, fps);
	if (duration === 'auto') {
		const least = framesOver(LEAST, fps);
		if (voice === null || voice.seconds === null) return { min: least, max: OPEN, share: 1 };
		const frames = Math.max(least, voiceFrame(voice, entering, fps) + framesOver(voice.seconds + TAIL, fps));
		return { min: frames, max: frames, share: 1 };
	}
	if (typeof duration === 'number' || typeof duration === 'string') {
		const frames = toFrames(toSeconds(duration), fps);
		return { min: frames, max: frames, share: 1 };
	}
	const max = duration?.max === undefined ? OPEN : toFrames(toSeconds(duration.max), fps);
	const min = duration?.min === undefined ? 1 : toFrames(toSeconds(duration.min), fps);
	return { min: Math.min(max, Math.max(min, needed)), max, share: duration?.share ?? 1 };
};

const OPEN = Number.MAX_SAFE_INTEGER / 1024;
