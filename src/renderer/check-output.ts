import type { AudioExpectation, AudioFacts, MediaExpectation, MediaFacts } from '../model/media.ts';

/** Every way in which a file is not what it has to be, as sentences. Empty: it passes. */
export const checkOutput = (facts: MediaFacts, expected: MediaExpectation): readonly string[] => {
	const problems: string[] = [];
	const same = (what: string, found: string | number | null, wanted: string | number): void => {
		if (found !== wanted) problems.push(`${what} is ${found ?? 'not stated'}, expected ${wanted}`);
	};
	same('the container', facts.container, 'mp4');
	same('the codec', facts.codec, 'h264');
	same('the size', `${facts.width}x${facts.height}`, `${expected.width}x${expected.height}`);
	if (!PROFILES.has(facts.profile)) problems.push(`the profile is ${facts.profile}, expected ${[...PROFILES].join(' or ')}`);
	same('the shape of a pixel', facts.pixelAspect, '1:1');
	same('the pixel format', facts.pixelFormat, 'yuv420p');
	same('the colour', facts.color, 'bt709 limited');
	same('the number of frames', facts.frames, expected.frames);
	problems.push(...timingProblems(facts, expected));
	const keys = new Set(facts.keyFrames);
	const missing = expected.joins.filter((join) => !keys.has(join));
	if (missing.length > 0) problems.push(`no key frame where a segment begins: frame ${missing.join(', ')}`);
	problems.push(...audioProblems(facts.audio, expected));
	if (!facts.fastStart) problems.push('the index comes after the media, so playing cannot start before the whole file is loaded');
	if (facts.leadBytes < 0 || facts.leadBytes > MOST_LEAD_BYTES)
		problems.push(`the first frame comes after ${facts.leadBytes} bytes of media, expected at most ${MOST_LEAD_BYTES}`);
	return problems;
};

/** Those that every player has. */
const PROFILES: ReadonlySet<string> = new Set(['High', 'Main', 'Baseline']);

/** Sound of a second and more: a player that has loaded so much can show something. */
const MOST_LEAD_BYTES = 262_144;

const timingProblems = (facts: MediaFacts, expected: MediaExpectation): readonly string[] => {
	if (facts.fps === 0) return ['the frames are not evenly spaced from the first instant on'];
	const problems: string[] = [];
	if (Math.abs(facts.fps - expected.fps) > 0.001) problems.push(`the frame rate is ${facts.fps}, expected ${expected.fps}`);
	const seconds = expected.frames / expected.fps;
	if (Math.abs(facts.seconds - seconds) > 0.5 / expected.fps) {
		problems.push(`the length is ${facts.seconds.toFixed(3)} s, expected ${seconds.toFixed(3)} s`);
	}
	return problems;
};

/** LU. */
const LOUDNESS_TOLERANCE = 0.5;

const audioProblems = (facts: AudioFacts | null, { audio = null, frames, fps }: MediaExpectation): readonly string[] => {
	if (audio === null) return facts === null ? [] : ['there is sound, expected none'];
	if (facts === null) return ['there is no sound'];
	const problems: string[] = [];
	if (facts.codec !== 'aac') problems.push(`the sound is ${facts.codec}, expected aac`);
	if (facts.sampleRate !== audio.sampleRate) problems.push(`the sound has ${facts.sampleRate} Hz, expected ${audio.sampleRate}`);
	if (facts.channels !== audio.channels) problems.push(`the sound has ${facts.channels} channel(s), expected ${audio.channels}`);
	if (Math.abs(facts.seconds - frames / fps) > 1 / fps) {
		problems.push(`the length of the sound is ${facts.seconds.toFixed(3)} s, expected ${(frames / fps).toFixed(3)} s`);
	}
	if (facts.packets !== audio.packets) problems.push('the sound is not the one that was mixed');
	return [...problems, ...loudnessProblems(audio)];
};

const loudnessProblems = ({ target, loudness, limit, truePeak }: AudioExpectation): readonly string[] => {
	const problems: string[] = [];
	if (target !== null && (loudness === null || Math.abs(loudness - target) > LOUDNESS_TOLERANCE)) {
		problems.push(`the loudness is ${loudness === null ? 'that of silence' : `${loudness.toFixed(1)} LUFS`}, expected ${target} LUFS`);
	}
	if (truePeak !== null && truePeak > limit) problems.push(`the true peak is ${truePeak.toFixed(2)} dBTP, over the limit of ${limit}`);
	return problems;
};
