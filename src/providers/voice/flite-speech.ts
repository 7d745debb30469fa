import type { Pcm, ScriptWord, SpokenSentence } from '../../model/sound.ts';
import type { FliteJob } from './flite-messages.ts';
import { groupPhones, type Phone, readPhones, timeWords } from './flite-timings.ts';
import { runProgram } from './wasi-host.ts';

/** Silence that is left before the first and after the last phone, in seconds. */
const EDGE = 0.05;
const RATE = 16_000;
const HEADER_BYTES = 44;
/** The mean pitch in Hz of the voices that can be told another one. */
const PITCH_HZ: Readonly<Record<string, number>> = { slt: 172, awb: 134, kal16: 95 };

/** Says one sentence. Throws if the program traps or gives no sound. The same job gives the same bytes. */
export const speak = async (module: WebAssembly.Module, job: FliteJob): Promise<SpokenSentence> => {
	const spoken = job.words.filter((word) => word.spoken !== '').map((word) => word.spoken);
	const speed = playbackSpeed(job);
	const said = await runProgram(module, [...programArguments(job, sentenceFor(job.words)), '-psdur', '-o', '/out/speech.wav']);
	// Every word as a phrase of its own: the pauses between them say which phones are whose.
	const apart = await runProgram(module, [...programArguments(job, spoken.join(', ')), '-ps', '-o', 'none']);
	const phones = readPhones(said.output);
	const heard = phones.filter((phone) => phone.name !== 'pau');
	if (said.status !== 0 || heard.length === 0 || said.file.length <= HEADER_BYTES) throw new Error('the speech program gave no sound');
	return trim({ samples: readWave(said.file), speed }, heard, timeWords(job.words, phones, groupPhones(apart.output)));
};

/** How much faster than recorded the samples are to be played. Voices with a fixed pitch are said slower and played faster, which moves the pitch alone. */
const playbackSpeed = ({ voice, pitch }: FliteJob): number => (PITCH_HZ[voice] === undefined ? Math.round(pitch * 160) / 160 : 1);

const programArguments = (job: FliteJob, text: string): readonly string[] => [
	'flite',
	'-voice',
	job.voice,
	'--setf',
	`duration_stretch=${(playbackSpeed(job) / job.rate).toFixed(4)}`,
	...(job.pitch === 1 || PITCH_HZ[job.voice] === undefined
		? []
		: ['--setf', `int_f0_target_mean=${((PITCH_HZ[job.voice] ?? 120) * job.pitch).toFixed(2)}`]),
	'-t',
	text,
];

/**
 * What is said, with the punctuation that the voice phrases by. A full stop inside of a sentence belongs to an abbreviation and would cut it; a dash on its own is
 * heard as a comma.
 */
export const sentenceFor = (words: readonly ScriptWord[]): string => {
	const phrases = words.reduce<string[]>((said, { text, spoken }) => {
		if (spoken !== '') said.push(spoken);
		const breaks = spoken === '' ? /[,;:!?…—–-]/.test(text) : /[,;:!?…—–]["'”’)\]]*$/.test(text);
		const last = said.at(-1);
		if (breaks && last !== undefined && !last.endsWith(',')) said[said.length - 1] = `${last},`;
		return said;
	}, []);
	const end = /\?["'”’)\]]*$/.test(words.at(-1)?.text ?? '') ? '?' : '.';
	return `${phrases.join(' ').replace(/,$/, '')}${end}`;
};

/** 16-bit mono samples after a header of fixed size. */
const readWave = (bytes: Uint8Array): Float32Array => {
	const view = new DataView(bytes.buffer, bytes.byteOffset + HEADER_BYTES);
	return Float32Array.from({ length: view.byteLength >> 1 }, (_, index) => view.getInt16(index * 2, true) / 32_768);
};

/**
 * Cuts the silence around what can be heard down to `EDGE`. Words start and end with their phones, but the first and the last with the sound itself: a voice's
 * closed lips before a "b" are silence, and a vowel rings on after its phone.
 */
const trim = (
	{ samples, speed }: { readonly samples: Float32Array; readonly speed: number },
	heard: readonly Phone[],
	words: SpokenSentence['words'],
): SpokenSentence => {
	const [firstStart, lastEnd] = [heard[0]?.start ?? 0, heard.at(-1)?.end ?? 0];
	const bounds = audible(samples, { from: firstStart - EARLY, to: lastEnd + RING });
	const sound = { start: bounds.start / RATE, end: Math.max(bounds.end / RATE, lastEnd) };
	const from = Math.round((sound.start - EDGE * speed) * RATE);
	const trimmed = new Float32Array(Math.round((sound.end + EDGE * speed) * RATE) - from);
	// What is left of the silence before is zero, where some voices have a murmur.
	const copied = Math.max(0, from, Math.round((sound.start - EARLY) * RATE));
	trimmed.set(samples.subarray(copied, from + trimmed.length), copied - from);
	const pcm: Pcm = { sampleRate: RATE * speed, channels: [trimmed] };
	const at = (seconds: number): number => (Math.max(seconds, sound.start) - from / RATE) / speed;
	const timed = words.map(({ text, start, end }) => ({ text, start: at(start), end: at(end >= lastEnd ? sound.end : end) }));
	return { pcm, words: timed.map((word) => ({ ...word, end: Math.max(word.start, word.end) })) };
};

/** Length of the stretches whose loudness is compared, in samples, and how loud they must be against the loudest sample. */
const STRETCH = 80;
const AUDIBLE = 0.02;

/** How much before its first phone a voice may begin, and how long after the last it may ring, in seconds. */
const EARLY = 0.015;
const RING = 0.15;

/** First and last sample of what can be heard between two moments. */
const audible = (
	samples: Float32Array,
	{ from, to }: { readonly from: number; readonly to: number },
): { readonly start: number; readonly end: number } => {
	const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
	const [first, last] = [Math.max(0, Math.round(from * RATE)), Math.min(samples.length, Math.round(to * RATE)) - STRETCH];
	const starts = Array.from({ length: Math.max(0, Math.floor((last - first) / STRETCH)) }, (_, index) => first + index * STRETCH);
	const loud = starts.filter((start) => {
		const energy = samples.subarray(start, start + STRETCH).reduce((sum, sample) => sum + sample * sample, 0);
		return Math.sqrt(energy / STRETCH) > peak * AUDIBLE;
	});
	return { start: loud[0] ?? first, end: (loud.at(-1) ?? last) + STRETCH };
};
