import { integratedLoudness, type Loudness, measureLoudness } from '../audio/mix/loudness.ts';
import { hasLoudnessTarget, type Mastering, type MixSounds, masterMix, mixCues, spanOf } from '../audio/mix-message.ts';
import type { AudioMessage } from '../model/audio.ts';
import { RenderFailure } from '../model/failure.ts';
import type { Pcm } from '../model/sound.ts';
import { decodeSound } from './decode-sound.ts';
import { encodeAac } from './encode-aac.ts';
import type { MixFacts, MixJob } from './mix-job.ts';
import { openSounds, type SoundTools } from './mix-sounds.ts';
import { readAudioFacts } from './read-audio-facts.ts';
import { nameOfCue, unheardSound } from './unheard-sound.ts';

/** Decibels that peaks keep under the limit at first: what AAC gives back higher at this bitrate, most of the time. */
const FIRST_HEADROOM = 1;
const MORE_HEADROOM = 0.15;
const ATTEMPTS = 8;
/** LU by which a mix may differ from what it should be, and by how much another attempt is not worth its time. */
const CLOSE_ENOUGH = 0.5;
const NEARLY = 0.3;
/** LU that an encoder takes from noise and clicks, at most. More is a fault. */
const MOST_LIFT = 3;

/**
 * Mixes a message into a file and measures what a listener's decoder makes of it. Peaks that the encoder lifts over the limit are taken down, loudness that it
 * takes away is given back, and it is encoded again. @throws RenderFailure `MIX` or `DISK`; the signal's reason when aborted
 */
export const makeMix = async (job: MixJob, tools: SoundTools & { readonly now: () => number }, signal: AbortSignal): Promise<MixFacts> => {
	const startedAt = tools.now();
	const { message, file } = job;
	const sounds = await openSounds(job, tools, signal);
	const mixed = mixCues(message, sounds);
	let mastering: Required<Mastering> = { headroom: FIRST_HEADROOM, lift: 0 };
	for (let attempt = 1; ; attempt++) {
		signal.throwIfAborted();
		const pcm = masterMix(message, mixed, mastering);
		await encodeAac(tools.ffmpeg, { pcm, bitrate: message.bitrate, file }, signal);
		const heard = await decodeSound(tools.ffmpeg, { path: file, seconds: message.frames / message.fps + 1 }, signal);
		const measured = measureLoudness(heard);
		const target = targetOf(message, pcm, mastering);
		const next = attempt < ATTEMPTS ? corrected(message, mastering, { measured, target }) : null;
		if (next !== null) {
			mastering = next;
			continue;
		}
		const over = measured.truePeak - message.loudness.truePeak;
		const problem = over > 0 ? `its peaks are ${over.toFixed(2)} dB over the limit` : mixProblem(job, { sounds, mixed, pcm, heard });
		if (problem !== null) throw new RenderFailure('MIX', `the mix is not what it should be: ${problem}`);
		const facts = await readAudioFacts(file);
		return {
			key: job.key,
			...{ sampleRate: facts.sampleRate, channels: facts.channels, seconds: facts.seconds, packets: facts.packets },
			loudness: finite(measured.integrated),
			truePeak: finite(measured.truePeak),
			target,
			costMs: tools.now() - startedAt,
		};
	}
};

type Attempt = { readonly measured: Loudness; readonly target: number | null };

/** How the next attempt is mastered; null when nothing would make it better. */
const corrected = (
	message: AudioMessage,
	{ headroom, lift }: Required<Mastering>,
	{ measured, target }: Attempt,
): Required<Mastering> | null => {
	const over = measured.truePeak - message.loudness.truePeak;
	if (over > 0) return { headroom: headroom + over + MORE_HEADROOM, lift };
	const missing = target === null ? 0 : target - measured.integrated;
	const higher = Math.min(MOST_LIFT, Math.max(-MOST_LIFT, lift + missing));
	return Math.abs(missing) > NEARLY && higher !== lift ? { headroom, lift: higher } : null;
};

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** The loudness that outputs are held to; null where it cannot be had: too short, silent, or a few clicks that no limiter brings there. */
const targetOf = (message: AudioMessage, pcm: Pcm, { lift }: Required<Mastering>): number | null => {
	const wanted = message.loudness.integrated;
	return hasLoudnessTarget(message) && Math.abs(integratedLoudness(pcm) - wanted - lift) < CLOSE_ENOUGH ? wanted : null;
};

/** Of AAC: a decoder may give the last packet whole. */
const PACKET_SAMPLES = 1_024;

type Stages = { readonly sounds: MixSounds; readonly mixed: Pcm; readonly pcm: Pcm; readonly heard: Pcm };

const mixProblem = (job: MixJob, { sounds, mixed, pcm, heard }: Stages): string | null => {
	if ([...mixed.channels, ...heard.channels].some((channel) => channel.some((value) => !Number.isFinite(value))))
		return 'it has samples that are no numbers';
	const extra = (heard.channels[0]?.length ?? 0) - (pcm.channels[0]?.length ?? 0);
	if (Math.abs(extra) > PACKET_SAMPLES) return 'the encoded sound has another length';
	const change = integratedLoudness(heard) - integratedLoudness(pcm);
	if (Number.isFinite(change) && Math.abs(change) > MOST_LIFT)
		return unheardSound(job, sounds) ?? `encoding changes its loudness by ${change.toFixed(2)} LU`;
	const lost = job.message.cues.find((cue) => isLost(job.message, cue, { mixed, heard }));
	return lost === undefined ? null : (unheardSound(job, sounds) ?? `nothing is heard of ${nameOfCue(job, lost)}`);
};

/** Full scale, as mean squares: what is above the first in the mix has to be above the second when it is decoded. */
const SOUNDS = 1e-7;
const SILENT = 1e-9;

const isLost = (message: AudioMessage, cue: AudioMessage['cues'][number], { mixed, heard }: Pick<Stages, 'mixed' | 'heard'>): boolean => {
	const from = Math.max(0, cue.at / message.fps);
	const to = cue.at / message.fps + spanOf(message, cue);
	return powerOf(mixed, from, to) > SOUNDS && powerOf(heard, from, to) < SILENT;
};

const powerOf = ({ sampleRate, channels }: Pcm, from: number, to: number): number => {
	let sum = 0;
	for (const channel of channels)
		for (const value of channel.subarray(Math.round(from * sampleRate), Math.round(to * sampleRate))) sum += value * value;
	return sum / Math.max(1, (to - from) * sampleRate * channels.length);
};
