import type { AudioCue, AudioMessage, AudioSource, SpokenPart } from '../model/audio.ts';
import type { AssetRef } from '../model/drawing.ts';
import type { Pcm, SpokenSentence } from '../model/sound.ts';
import { unreachable } from '../model/unreachable.ts';
import { EFFECT_NAMES, type EffectName, effect } from './effects/effects.ts';
import { withoutCancelling, withoutSubsonics } from './mix/given-sound.ts';
import { integratedLoudness } from './mix/loudness.ts';
import { master } from './mix/master.ts';
import { type Cue, mix } from './mix/mix.ts';
import { type Arrangement, arrange } from './music/arrange.ts';
import { MUSIC_GENRES, MUSIC_MOODS } from './music/feel.ts';
import { fitTrack } from './music/fit-track.ts';
import { renderScore } from './music/render-score.ts';
import { assembleSpeech } from './voice/assemble-speech.ts';

/** Hz of every mix. */
export const MIX_RATE = 48_000;

/** What a message only names. Sounds may have any sample rate. */
export type MixSounds = {
	/** What was said for each sentence of a speech, in its order. */
	readonly sentences: (cue: AudioCue) => readonly SpokenSentence[];
	/** The sound of a file from its start, as far as the message needs it. */
	readonly file: (asset: AssetRef) => Pcm;
	/** Plays an arrangement; `renderMusic`, or something that remembers what that gave. */
	readonly music: (arrangement: Arrangement) => Pcm;
};

export const renderMusic = (arrangement: Arrangement): Pcm => renderScore(arrange(arrangement), { sampleRate: MIX_RATE }).mix;

/** Samples of a mix of so many frames: as long as the video to half a sample. */
export const samplesOf = ({ frames, fps }: Pick<AudioMessage, 'frames' | 'fps'>): number => Math.round((frames / fps) * MIX_RATE);

/** LUFS to which each role is brought before the mix, so that a voice is as loud as another; effects are made as loud as they should be. */
const LEVELS: Readonly<Record<AudioCue['role'], number | null>> = { voice: -16, music: -20, clip: -23, effect: null };
/** Decibels: what is that quiet is meant to be, or is noise. */
const MOST_GAIN = 24;

/** Seconds of the fades at the edges of what is heard of a cue; `cut` where it is stopped before its own end. */
const FADES: Readonly<Record<AudioCue['role'], { readonly fadeIn: number; readonly fadeOut: number; readonly cut: number }>> = {
	voice: { fadeIn: 0.005, fadeOut: 0.005, cut: 0.05 },
	music: { fadeIn: 0.005, fadeOut: 0.005, cut: 1 },
	clip: { fadeIn: 0.03, fadeOut: 0.05, cut: 0.1 },
	effect: { fadeIn: 0.005, fadeOut: 0.005, cut: 0.05 },
};

/** All cues of a message in stereo, before it is brought to its loudness. @throws RangeError for names that no sound has */
export const mixCues = (message: AudioMessage, sounds: MixSounds): Pcm => {
	const seconds = samplesOf(message) / MIX_RATE;
	return mix({ seconds, sampleRate: MIX_RATE, cues: message.cues.map((cue) => placeCue(message, cue, sounds)) });
};

export type Mastering = {
	/** Decibels under the limit that peaks keep, since an encoder gives them back a little higher. */
	readonly headroom: number;
	/** LU over the message's loudness, since an encoder leaves out what it takes for unheard. 0 when left out. */
	readonly lift?: number;
};

/** A mix in its channels, at its loudness and under its limit. */
export const masterMix = (message: AudioMessage, mixed: Pcm, { headroom, lift = 0 }: Mastering): Pcm => {
	const folded = message.channels === 1 ? foldToMono(mixed) : mixed;
	const lufs = loudnessTarget(message, folded);
	const { truePeak } = message.loudness;
	return master(folded, { lufs: lufs + lift, truePeakDb: truePeak - headroom });
};

/** Sample-exact: `samplesOf(message)` samples at `MIX_RATE`, in as many channels as the message wants. The same arguments give the same samples. */
export const mixMessage = (message: AudioMessage, sounds: MixSounds, mastering: Mastering = { headroom: 0 }): Pcm =>
	masterMix(message, mixCues(message, sounds), mastering);

/** A few effects in silence stay as loud as they are made: they are not what a viewer sets the volume by. */
const loudnessTarget = ({ cues, loudness }: AudioMessage, pcm: Pcm): number =>
	cues.every(({ role }) => role === 'effect') ? integratedLoudness(pcm) : loudness.integrated;

/** Whether the message's loudness is one that the mix is held to. */
export const hasLoudnessTarget = ({ cues }: AudioMessage): boolean => cues.some(({ role }) => role !== 'effect');

const foldToMono = ({ sampleRate, channels: [left = new Float32Array(), right = left] }: Pcm): Pcm => ({
	sampleRate,
	channels: [left.map((value, index) => (value + (right[index] ?? 0)) / 2)],
});

/** Seconds from a cue's start to where it has to be over. */
export const spanOf = ({ frames, fps }: AudioMessage, { at, until }: AudioCue): number =>
	Math.max(0, Math.min(until ?? frames, frames) - at) / fps;

type Heard = Pick<Cue, 'pcm' | 'speech' | 'loop'> & { /** Seconds that are there to be heard. */ readonly length: number };

const placeCue = (message: AudioMessage, cue: AudioCue, sounds: MixSounds): Cue => {
	const span = spanOf(message, cue);
	const { length, ...heard } = span > 0 ? hear(message, { cue, span, sounds }) : { pcm: SILENCE, length: 0 };
	const fades = FADES[cue.role];
	const isCut = length > span + 1 / MIX_RATE;
	return {
		...heard,
		at: cue.at / message.fps,
		gain: cue.gain + levelling(cue.role, heard.pcm),
		role: cue.role,
		fadeIn: cue.at < 0 ? fades.fadeOut : fades.fadeIn,
		fadeOut: isCut ? Math.min(fades.cut, span / 3) : fades.fadeOut,
		seconds: Math.min(length, span),
	};
};

const SILENCE: Pcm = { sampleRate: MIX_RATE, channels: [new Float32Array(0)] };

const levelling = (role: AudioCue['role'], pcm: Pcm): number => {
	const wanted = LEVELS[role];
	const found = wanted === null ? Number.NEGATIVE_INFINITY : integratedLoudness(pcm);
	return wanted === null || !Number.isFinite(found) ? 0 : Math.min(MOST_GAIN, Math.max(-MOST_GAIN, wanted - found));
};

type Hearing = { readonly cue: AudioCue; readonly span: number; readonly sounds: MixSounds };

const hear = ({ channels }: AudioMessage, { cue, span, sounds }: Hearing): Heard => {
	const { source } = cue;
	const given = (pcm: Pcm): Pcm => (channels === 1 ? withoutCancelling(withoutSubsonics(pcm)) : withoutSubsonics(pcm));
	switch (source.type) {
		case 'speech': {
			const { pcm, words } = assembleSpeech(source.parts, sounds.sentences(cue));
			return { pcm, length: secondsOf(pcm), speech: words.map(({ start, end }) => ({ from: start, to: end })) };
		}
		case 'music':
			return whole(sounds.music(arrangementOf(source, span)));
		case 'track':
			return whole(fitTrack(given(sounds.file(source.asset)), { seconds: span, ...(source.bpm === null ? {} : { bpm: source.bpm }) }).pcm);
		case 'clip': {
			const pcm = given(cutOut(sounds.file(source.asset), source.from, source.seconds));
			return source.loop ? { pcm, loop: true, length: span } : whole(pcm);
		}
		case 'effect':
			return whole(effect(oneOf(EFFECT_NAMES, source.name, 'effect') as EffectName, source.seed));
		default:
			return unreachable(source);
	}
};

const secondsOf = ({ channels, sampleRate }: Pcm): number => (channels[0]?.length ?? 0) / sampleRate;
const whole = (pcm: Pcm): Heard => ({ pcm, length: secondsOf(pcm) });

const cutOut = ({ sampleRate, channels }: Pcm, from: number, seconds: number): Pcm => {
	const start = Math.round(from * sampleRate);
	return { sampleRate, channels: channels.map((channel) => channel.subarray(start, start + Math.round(seconds * sampleRate))) };
};

/** What is played for a music source, over so many seconds. */
export const arrangementOf = (source: Extract<AudioSource, { type: 'music' }>, seconds: number): Arrangement => ({
	mood: oneOf(MUSIC_MOODS, source.mood, 'mood'),
	...(source.genre === null ? {} : { genre: oneOf(MUSIC_GENRES, source.genre, 'genre') }),
	...(source.bpm === null ? {} : { bpm: source.bpm }),
	...(source.stems === null ? {} : { stems: source.stems }),
	seconds,
	seed: source.seed,
});

const oneOf = <Name extends string>(names: readonly Name[], name: string, what: string): Name => {
	const known = names.find((each) => each === name);
	if (known === undefined) throw new RangeError(`there is no ${what} called "${name}"`);
	return known;
};

/** The sentences that a cue says, in their order. */
export const sentencesOf = ({ source }: AudioCue): readonly Extract<SpokenPart, { kind: 'sentence' }>[] =>
	source.type === 'speech' ? source.parts.filter((part) => part.kind === 'sentence') : [];
