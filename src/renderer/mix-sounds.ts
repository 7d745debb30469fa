import { MIX_RATE, type MixSounds, renderMusic, sentencesOf, spanOf } from '../audio/mix-message.ts';
import type { AudioCue, AudioMessage } from '../model/audio.ts';
import { canonicalJson } from '../model/canonical-json.ts';
import type { Pcm, SpokenSentence } from '../model/sound.ts';
import { decodeSound } from './decode-sound.ts';
import type { MixJob, PreparedSounds, SaidSentence } from './mix-job.ts';
import type { InstalledFfmpeg } from './resolve-ffmpeg.ts';

/** Sounds that many mixes share, the ones used last, up to so many bytes. */
export type SoundCache = {
	get(name: string, make: () => Pcm): Pcm;
	getLater(name: string, make: () => Promise<Pcm>): Promise<Pcm>;
};

export const createSoundCache = (mostBytes: number): SoundCache => {
	const kept = new Map<string, Pcm>();
	const bytesOf = ({ channels }: Pcm): number => channels.reduce((sum, { byteLength }) => sum + byteLength, 0);
	const keep = (name: string, pcm: Pcm): Pcm => {
		kept.delete(name);
		kept.set(name, pcm);
		let bytes = [...kept.values()].reduce((sum, each) => sum + bytesOf(each), 0);
		for (const [oldest, each] of kept) {
			if (bytes <= mostBytes) break;
			kept.delete(oldest);
			bytes -= bytesOf(each);
		}
		return pcm;
	};
	return {
		get: (name, make) => keep(name, kept.get(name) ?? make()),
		getLater: async (name, make) => keep(name, kept.get(name) ?? (await make())),
	};
};

/** What a job's thread needs of the prepared sounds: plain data. */
export const jobSounds = (message: AudioMessage, prepared: PreparedSounds): Pick<MixJob, 'files' | 'sentences'> => ({
	files: new Map(
		[...neededFiles(message).keys()].map((sha256) => [sha256, prepared.file({ sha256, extension: extensionOf(message, sha256) })]),
	),
	sentences: message.cues.map((cue) => {
		const { source } = cue;
		return source.type === 'speech' ? sentencesOf(cue).map((part) => prepared.sentence(source.voice, part)) : [];
	}),
});

/** What the beats of a track are found by, beyond what is heard of it. */
const LISTENING_SECONDS = 90;
const LONGEST_SENTENCE = 600;

/** Files of tracks and clips, and how many seconds of each are needed. */
const neededFiles = (message: AudioMessage): ReadonlyMap<string, number> => {
	const needed = new Map<string, number>();
	for (const cue of message.cues) {
		const { source } = cue;
		if (source.type !== 'track' && source.type !== 'clip') continue;
		const seconds = source.type === 'track' ? spanOf(message, cue) + LISTENING_SECONDS : source.from + source.seconds;
		needed.set(source.asset.sha256, Math.max(seconds, needed.get(source.asset.sha256) ?? 0));
	}
	return needed;
};

const extensionOf = ({ cues }: AudioMessage, sha256: string): string => {
	for (const { source } of cues) {
		if ((source.type === 'track' || source.type === 'clip') && source.asset.sha256 === sha256) return source.asset.extension;
	}
	throw new Error(`no cue plays the asset ${sha256}`);
};

export type SoundTools = { readonly ffmpeg: InstalledFfmpeg; readonly cache: SoundCache };

/** Everything that a job's message names, decoded. @throws RenderFailure `MIX` for a sound that cannot be had; the signal's reason when aborted */
export const openSounds = async (job: MixJob, { ffmpeg, cache }: SoundTools, signal: AbortSignal): Promise<MixSounds> => {
	const files = new Map<string, Pcm>();
	for (const [sha256, seconds] of neededFiles(job.message)) {
		const path = pathOf(job, sha256);
		files.set(sha256, await cache.getLater(`${sha256} ${seconds}`, () => decodeSound(ffmpeg, { path, seconds }, signal)));
	}
	const spoken = new Map<AudioCue, readonly SpokenSentence[]>();
	for (const [index, cue] of job.message.cues.entries()) {
		const said: SpokenSentence[] = [];
		for (const sentence of job.sentences[index] ?? []) said.push(await soundOf(sentence, ffmpeg, signal));
		spoken.set(cue, said);
	}
	return {
		file: ({ sha256 }) => files.get(sha256) ?? silence,
		sentences: (cue) => spoken.get(cue) ?? [],
		music: (arrangement) => cache.get(canonicalJson(arrangement), () => renderMusic(arrangement)),
	};
};

const silence: Pcm = { sampleRate: MIX_RATE, channels: [new Float32Array(0)] };

const pathOf = ({ files }: MixJob, sha256: string): string => {
	const path = files.get(sha256);
	if (path === undefined) throw new Error(`no file is known for the sound ${sha256}`);
	return path;
};

const soundOf = async (sentence: SaidSentence, ffmpeg: InstalledFfmpeg, signal: AbortSignal): Promise<SpokenSentence> =>
	'pcm' in sentence
		? sentence
		: { pcm: await decodeSound(ffmpeg, { path: sentence.file, seconds: LONGEST_SENTENCE }, signal), words: sentence.words };
