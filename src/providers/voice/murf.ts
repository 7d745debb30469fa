import type { VoiceProvider } from '../../ports/voice.ts';
import { brokenAnswer, problemOfCall } from './cloud-problems.ts';
import {
	CALL_TIMEOUT_MS,
	type CloudJob,
	type CloudVoiceOptions,
	checkFactor,
	type Heard,
	MAX_ANSWER_BYTES,
	openCloudVoice,
	voiceIn,
} from './cloud-voice.ts';
import type { Lanes } from './lanes.ts';
import { matchWords, type TimedPiece } from './match-words.ts';
import { isRecord, readJson } from './read-json.ts';
import { CLOUD } from './services.ts';
import { decodeWave } from './wave.ts';

const { title } = CLOUD.murf;

const VOICES: Readonly<Record<string, string>> = {
	default: 'en-US-natalie',
	'professional-female-1': 'en-US-natalie',
	'professional-male-1': 'en-US-ken',
	'professional-male-2': 'en-US-terrell',
};

export const murfVoice = (name: string): string | undefined => voiceIn(VOICES, /^[a-z]{2,3}-[A-Z]{2}-[a-z]+$/, name);

/** Murf, with the times of every word. The link to its sound ends, so the sound is fetched at once; a link that has ended is not asked for a second time. */
export const openMurf = (options: CloudVoiceOptions): VoiceProvider =>
	openCloudVoice({
		id: 'murf',
		title,
		voiceOf: murfVoice,
		voices: Object.keys(VOICES),
		maxCharacters: 3000,
		concurrency: 2,
		price: options.price,
		checkFactors: ({ rate, pitch }) =>
			checkFactor(`the rate of a voice of ${title}`, rate, [0.5, 1.5]) ??
			checkFactor(`the pitch of a voice of ${title}`, pitch, [0.5, 1.5]),
		ask: (job, lanes) => ask(options, job, lanes),
	});

/** The service has -50 to 50 for half as much again, either way. */
const percent = (factor: number): number => Math.round((factor - 1) * 100);

const ask = async (options: CloudVoiceOptions, job: CloudJob, lanes: Lanes): Promise<Heard> => {
	const { fetcher, apiKey, baseUrl, variable, timeoutMs = CALL_TIMEOUT_MS } = options;
	const answer = await fetcher.send({
		url: `${baseUrl}/v1/speech/generate`,
		method: 'POST',
		headers: { 'api-key': apiKey, 'content-type': 'application/json', accept: 'application/json' },
		body: JSON.stringify({
			text: job.text,
			voiceId: job.voice,
			modelVersion: 'GEN2',
			format: 'WAV',
			sampleRate: 24_000,
			channelType: 'MONO',
			rate: percent(job.rate),
			pitch: percent(job.pitch),
			wordDurationsAsOriginalText: true,
		}),
		expect: 'json',
		maxBytes: MAX_ANSWER_BYTES,
		timeoutMs,
		retry: 'unsent',
		signal: job.signal,
	});
	if (answer.ok) return fetchSound(options, job, readJson(answer.value.bytes));
	if (answer.problem.status === 429) lanes.setLimit(lanes.limit / 2);
	return { ok: false, problem: problemOfCall({ title, variable, voice: job.voice }, answer.problem, null) };
};

const fetchSound = async ({ fetcher, timeoutMs = CALL_TIMEOUT_MS }: CloudVoiceOptions, job: CloudJob, answer: unknown): Promise<Heard> => {
	const link = isRecord(answer) ? answer['audioFile'] : undefined;
	if (!isRecord(answer) || typeof link !== 'string' || !URL.canParse(link))
		return { ok: false, problem: brokenAnswer({ title }, 'its answer has no sound in it') };
	const sound = await fetcher.send({
		url: link,
		expect: 'audio',
		maxBytes: MAX_ANSWER_BYTES,
		timeoutMs,
		retry: 'safe',
		signal: job.signal,
	});
	if (!sound.ok) {
		const { kind, status } = sound.problem;
		if (kind === 'aborted') return { ok: false, problem: problemOfCall({ title, variable: '', voice: job.voice }, sound.problem, null) };
		const ended = status === 403 || status === 404 || status === 410;
		return { ok: false, problem: brokenAnswer({ title }, ended ? 'the link to its sound has ended' : sound.problem.summary) };
	}
	const pcm = decodeWave(sound.value.bytes);
	if (pcm === null || (pcm.channels[0]?.length ?? 0) === 0)
		return { ok: false, problem: brokenAnswer({ title }, 'its file is empty or no WAV file') };
	const pieces = wordsIn(answer['wordDurations']);
	const characters = answer['consumedCharacterCount'];
	return {
		ok: true,
		pcm,
		spans: pieces === null ? null : matchWords(job.words, pieces),
		characters: typeof characters === 'number' ? characters : null,
	};
};

const wordsIn = (durations: unknown): readonly TimedPiece[] | null => {
	if (!Array.isArray(durations)) return null;
	const pieces = durations.filter(isRecord).map(({ word, startMs, endMs }) => ({
		text: String(word),
		start: Number(startMs) / 1000,
		end: Number(endMs) / 1000,
	}));
	return pieces.every(({ start, end }) => Number.isFinite(start) && Number.isFinite(end)) ? pieces : null;
};
