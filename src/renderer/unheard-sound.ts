import { resample } from '../audio/mix/resample.ts';
import type { MixSounds } from '../audio/mix-message.ts';
import type { AudioCue } from '../model/audio.ts';
import type { Pcm } from '../model/sound.ts';
import { unreachable } from '../model/unreachable.ts';
import type { MixJob } from './mix-job.ts';

/** Hz: of twice what AAC keeps, and most people hear. */
const HEARD_RATE = 32_000;
/** Share of a sound's power that has to be there: -30 dB. */
const LEAST_SHARE = 1e-3;

/** Why nothing is heard of a file that a mix plays, where that is the file's own fault; null where none is like that. */
export const unheardSound = ({ message, files }: Pick<MixJob, 'message' | 'files'>, sounds: Pick<MixSounds, 'file'>): string | null => {
	for (const { source } of message.cues) {
		if (source.type !== 'track' && source.type !== 'clip') continue;
		const pcm = sounds.file(source.asset);
		if (powerOf(resample(pcm, HEARD_RATE)) < LEAST_SHARE * powerOf(pcm))
			return `${files.get(source.asset.sha256)} has nothing that can be heard: its sound lies above ${HEARD_RATE / 2_000} kHz`;
	}
	return null;
};

const powerOf = ({ channels }: Pcm): number => {
	let [sum, count] = [0, 0];
	for (const channel of channels) {
		count += channel.length;
		for (const value of channel) sum += value * value;
	}
	return sum / Math.max(1, count);
};

/** How messages call a sound of a mix. */
export const nameOfCue = ({ message: { fps }, files }: Pick<MixJob, 'message' | 'files'>, { source, at }: AudioCue): string => {
	const time = `at ${(at / fps).toFixed(1)} s`;
	switch (source.type) {
		case 'track':
		case 'clip':
			return files.get(source.asset.sha256) ?? source.asset.sha256;
		case 'speech':
			return `the voice-over ${time}`;
		case 'music':
			return 'the music';
		case 'effect':
			return `the effect ${source.name} ${time}`;
		default:
			return unreachable(source);
	}
};
