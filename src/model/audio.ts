import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import type { AssetRef } from './drawing.ts';
import type { ScriptPart } from './sound.ts';

/** Full name of one mix: 64 lower-case hex digits. */
export type AudioKey = string & { readonly __brand: 'AudioKey' };

/** A voice as a provider knows it. `version` names what makes the sound where it is made here, so that another version is another sound. */
export type VoiceRef = {
	readonly provider: string;
	readonly voice: string;
	readonly rate: number;
	readonly pitch: number;
	readonly version: string;
};

/** A sentence and what it sounds like: `asset` is null where the provider gives the same sound for the same words at any time, and it is made when it is mixed. */
export type SpokenPart = ScriptPart & { readonly asset?: AssetRef | null };

export type AudioSource =
	/** Said when it is mixed: sentences and pauses one after the other. */
	| { readonly type: 'speech'; readonly voice: VoiceRef; readonly parts: readonly SpokenPart[] }
	/** Arranged when it is mixed; as long as the mix. `stems` null is all of them. */
	| {
			readonly type: 'music';
			readonly mood: string;
			readonly genre: string | null;
			readonly bpm: number | { readonly min: number; readonly max: number } | null;
			readonly seed: number;
			readonly stems: readonly ('drums' | 'bass' | 'chords' | 'melody')[] | null;
	  }
	/** A track that is cut or looped to the mix on its beats. `bpm` null is found out. */
	| { readonly type: 'track'; readonly asset: AssetRef; readonly bpm: number | null }
	/** Sound of a file, from `from` seconds of it on; `seconds` of it, at its own speed. */
	| { readonly type: 'clip'; readonly asset: AssetRef; readonly from: number; readonly seconds: number; readonly loop: boolean }
	| { readonly type: 'effect'; readonly name: string; readonly seed: number };

/** One sound of a timeline. Times are frames of the output from its first, so that they are exact; `at` may be below 0 for a sound whose beginning is cut off. */
export type AudioCue = {
	readonly role: 'voice' | 'music' | 'effect' | 'clip';
	readonly source: AudioSource;
	readonly at: number;
	/** Frames after which it is faded out at the latest; null is the end of the mix. */
	readonly until: number | null;
	/** Decibels over or under where the mix puts its role. */
	readonly gain: number;
};

/** Everything that one mix is made of. The mix's key is the hash of this value and of the code and encoder that make it. */
export type AudioMessage = {
	readonly frames: number;
	readonly fps: number;
	/** In a stable order: by time, then by role. At least one. */
	readonly cues: readonly AudioCue[];
	/** LUFS, integrated, and dBTP. */
	readonly loudness: { readonly integrated: number; readonly truePeak: number };
	readonly channels: 1 | 2;
	/** Bits a second of the AAC. */
	readonly bitrate: number;
};

/** The versions that decide what a mix sounds like. */
export type AudioToolchain = {
	/** Hash of the built code that arranges, says, mixes and masters. */
	readonly code: string;
	readonly encoder: string | null;
};

export const audioKey = (message: AudioMessage, toolchain: AudioToolchain): AudioKey =>
	createHash('sha256').update(canonicalJson({ message, toolchain })).digest('hex') as AudioKey;

export const isAudioKey = (text: string): text is AudioKey => /^[0-9a-f]{64}$/.test(text);

/** Words of a caption page as they are said: seconds from the start of the output. */
export type CaptionWord = { readonly text: string; readonly start: number; readonly end: number };
export type CaptionPage = { readonly start: number; readonly end: number; readonly words: readonly CaptionWord[] };
