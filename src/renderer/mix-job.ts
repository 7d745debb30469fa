import type { AudioKey, AudioMessage, SpokenPart, VoiceRef } from '../model/audio.ts';
import type { AssetRef } from '../model/drawing.ts';
import type { Failure } from '../model/failure.ts';
import type { SpokenSentence, WordTiming } from '../model/sound.ts';
import type { AudioRecord } from './audio-store.ts';
import type { InstalledFfmpeg } from './resolve-ffmpeg.ts';

/** A sentence as it was said: its sound, or the path of a file with it. */
export type SaidSentence = SpokenSentence | { readonly file: string; readonly words: readonly WordTiming[] };

export type SentencePart = Extract<SpokenPart, { kind: 'sentence' }>;

/** Where the sounds are that messages name. Both throw for what was not asked for. */
export type PreparedSounds = {
	readonly sentence: (voice: VoiceRef, part: SentencePart) => SaidSentence;
	/** Path of an asset's file. */
	readonly file: (asset: AssetRef) => string;
};

/**
 * Makes sure that everything is at hand that messages name: files by hash, and sentences said.
 * @throws RenderFailure `MIX` when something cannot be had; the signal's reason when aborted
 */
export type PrepareSounds = (messages: readonly AudioMessage[], signal: AbortSignal) => Promise<PreparedSounds>;

/** What a thread that mixes knows besides its job. */
export type MixSettings = { readonly ffmpeg: InstalledFfmpeg };

/** Plain data: it crosses into the thread. */
export type MixJob = {
	readonly key: AudioKey;
	readonly message: AudioMessage;
	/** Where the finished file is written. */
	readonly file: string;
	/** Paths by sha256. */
	readonly files: ReadonlyMap<string, string>;
	/** For each cue in its order, its sentences in their order. */
	readonly sentences: readonly (readonly SaidSentence[])[];
};

export type MixFacts = Omit<AudioRecord, 'sha256' | 'bytes'>;

export type MixResult = { readonly ok: true; readonly facts: MixFacts } | { readonly ok: false; readonly failure: Failure };
