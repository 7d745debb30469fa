import type { VoiceProvider, VoiceRequest } from '../../ports/voice.ts';
import type { HttpHeaders, HttpProblem } from '../http/contract.ts';
import { brokenAnswer, problemOfCall, type Refusal } from './cloud-problems.ts';
import {
	CALL_TIMEOUT_MS,
	type CloudJob,
	type CloudVoiceOptions,
	checkFactor,
	type Heard,
	MAX_ANSWER_BYTES,
	openCloudVoice,
	playedAt,
	voiceIn,
} from './cloud-voice.ts';
import type { Lanes } from './lanes.ts';
import { matchWords, type TimedPiece } from './match-words.ts';
import { isRecord, readJson } from './read-json.ts';
import { CLOUD } from './services.ts';
import type { Span } from './trim-speech.ts';
import { decodeSamples } from './wave.ts';

const { title } = CLOUD.elevenlabs;
const SAMPLE_RATE = 24_000;
/** Speeds that the service takes. */
const SPEEDS = [0.7, 1.2] as const;
const MOST_AT_ONCE = 8;

/** Sarah, George and Brian of the service's default voices. */
const VOICES: Readonly<Record<string, string>> = {
	default: 'EXAVITQu4vr4xnSDxMaL',
	'professional-female-1': 'EXAVITQu4vr4xnSDxMaL',
	'professional-male-1': 'JBFqnCBsd6RMkjVDRZzb',
	'professional-male-2': 'nPczCjzI2devNBz1zQrb',
};

export const elevenLabsVoice = (name: string): string | undefined => voiceIn(VOICES, /^[A-Za-z0-9]{20}$/, name);

/** ElevenLabs, with the times of every character. Its pitch is made by playing faster what was said slower. */
export const openElevenLabs = (options: CloudVoiceOptions): VoiceProvider =>
	openCloudVoice({
		id: 'elevenlabs',
		title,
		voiceOf: elevenLabsVoice,
		voices: Object.keys(VOICES),
		maxCharacters: 5000,
		concurrency: 2,
		price: options.price,
		checkFactors: (request) => checkFactor(`the rate of a voice of ${title}, divided by its pitch,`, speedOf(request), SPEEDS),
		ask: (job, lanes) => ask(options, job, lanes),
	});

const speedOf = ({ rate, pitch }: Pick<VoiceRequest, 'rate' | 'pitch'>): number => rate / pitch;

const ask = async (options: CloudVoiceOptions, job: CloudJob, lanes: Lanes): Promise<Heard> => {
	const { fetcher, apiKey, baseUrl, variable, timeoutMs = CALL_TIMEOUT_MS } = options;
	const speed = speedOf(job);
	const answer = await fetcher.send({
		url: `${baseUrl}/v1/text-to-speech/${job.voice}/with-timestamps?output_format=pcm_${SAMPLE_RATE}`,
		method: 'POST',
		headers: { 'xi-api-key': apiKey, 'content-type': 'application/json', accept: 'application/json' },
		body: JSON.stringify({
			text: job.text,
			model_id: 'eleven_multilingual_v2',
			// The same words sound the same as far as the service can help it.
			seed: 1,
			...(speed !== 1 && { voice_settings: { speed } }),
		}),
		expect: 'json',
		maxBytes: MAX_ANSWER_BYTES,
		timeoutMs,
		retry: 'unsent',
		signal: job.signal,
	});
	adapt(lanes, answer.ok ? answer.value.headers : (answer.problem.headers ?? {}), !answer.ok && answer.problem.status === 429);
	if (!answer.ok)
		return { ok: false, problem: problemOfCall({ title, variable, voice: job.voice }, answer.problem, refusalIn(answer.problem)) };
	return readAnswer(job, answer.value.bytes, answer.value.headers);
};

/** Takes as much of the account as nobody else uses of it. */
const adapt = (lanes: Lanes, headers: HttpHeaders, refused: boolean): void => {
	const [most, current] = [Number(headers['maximum-concurrent-requests']), Number(headers['current-concurrent-requests'])];
	if (refused) lanes.setLimit(lanes.limit / 2);
	else if (most >= 1) lanes.setLimit(Math.min(MOST_AT_ONCE, most - Math.max(0, (current || 0) - lanes.running)));
};

const readAnswer = (job: CloudJob, bytes: Uint8Array, headers: HttpHeaders): Heard => {
	const answer = readJson(bytes);
	const sound = isRecord(answer) ? answer['audio_base64'] : undefined;
	if (!isRecord(answer) || typeof sound !== 'string')
		return { ok: false, problem: brokenAnswer({ title }, 'its answer has no sound in it') };
	const samples = Buffer.from(sound, 'base64');
	if (samples.length < 2) return { ok: false, problem: brokenAnswer({ title }, 'its sound is empty') };
	const pieces = charactersIn(answer['alignment']);
	const spans = pieces === null ? null : matchWords(job.words, pieces);
	const characters = Number(headers['character-cost'] ?? Number.NaN);
	return {
		ok: true,
		pcm: playedAt(decodeSamples(samples, SAMPLE_RATE), job.pitch),
		spans: spans === null ? null : spans.map((span): Span => ({ start: span.start / job.pitch, end: span.end / job.pitch })),
		characters: Number.isFinite(characters) ? characters : null,
	};
};

const charactersIn = (alignment: unknown): readonly TimedPiece[] | null => {
	if (!isRecord(alignment)) return null;
	const [texts, starts, ends] = ['characters', 'character_start_times_seconds', 'character_end_times_seconds'].map(
		(name) => alignment[name],
	);
	if (!Array.isArray(texts) || !Array.isArray(starts) || !Array.isArray(ends)) return null;
	const pieces = texts.map((text, index) => ({ text: String(text), start: Number(starts[index]), end: Number(ends[index]) }));
	return pieces.every(({ start, end }) => Number.isFinite(start) && Number.isFinite(end)) ? pieces : null;
};

/** The service's own codes. `quota_exceeded` comes with the status of a wrong key. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
	invalid_api_key: 'key',
	missing_api_key: 'key',
	missing_permissions: 'key',
	quota_exceeded: 'payment',
	insufficient_credits: 'payment',
	payment_required: 'payment',
	voice_not_found: 'voice',
	max_character_limit_exceeded: 'text',
	text_too_long: 'text',
	content_against_policy: 'moderation',
	content_moderation: 'moderation',
	content_policy_violation: 'moderation',
};

const refusalIn = ({ body }: HttpProblem): Refusal | null => {
	const answer = readJson(body ?? '');
	const detail = isRecord(answer) ? answer['detail'] : undefined;
	if (!isRecord(detail)) return null;
	const code = [detail['code'], detail['status']].find((name) => typeof name === 'string' && Object.hasOwn(REFUSALS, name));
	return typeof code === 'string' ? (REFUSALS[code] ?? null) : null;
};
