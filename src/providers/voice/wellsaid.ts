import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pcm } from '../../model/sound.ts';
import type { VoiceProvider, VoiceRequest } from '../../ports/voice.ts';
import { brokenAnswer, problemOfCall } from './cloud-problems.ts';
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
import { CLOUD } from './services.ts';
import { decodeWave } from './wave.ts';

const { title } = CLOUD.wellsaid;

/** Reads a sound file of any common format. Rejects when it cannot. */
export type DecodeSound = (file: string) => Promise<Pcm>;

export type WellSaidOptions = CloudVoiceOptions & {
	readonly decode: DecodeSound;
	/** Where a file waits to be read. */
	readonly directory: string;
};

/** Alana B., Jeremy G. and Tobin A., in their narration styles. */
const VOICES: Readonly<Record<string, string>> = {
	default: '3',
	'professional-female-1': '3',
	'professional-male-1': '13',
	'professional-male-2': '16',
};

export const wellSaidVoice = (name: string): string | undefined => voiceIn(VOICES, /^[1-9][0-9]{0,5}$/, name);

/** WellSaid. It tells no times, so those of the words are estimated. Its pitch is made by playing faster what was said slower. */
export const openWellSaid = (options: WellSaidOptions): VoiceProvider =>
	openCloudVoice({
		id: 'wellsaid',
		title,
		voiceOf: wellSaidVoice,
		voices: Object.keys(VOICES),
		// The service takes 1,000, with the marks of the tempo.
		maxCharacters: 900,
		concurrency: 2,
		price: options.price,
		checkFactors: (request) => checkFactor(`the rate of a voice of ${title}, divided by its pitch,`, tempoOf(request), [0.5, 2]),
		ask: (job, lanes) => ask(options, job, lanes),
	});

const tempoOf = ({ rate, pitch }: Pick<VoiceRequest, 'rate' | 'pitch'>): number => Number((rate / pitch).toFixed(3));

const ask = async (options: WellSaidOptions, job: CloudJob, lanes: Lanes): Promise<Heard> => {
	const { fetcher, apiKey, baseUrl, variable, directory, timeoutMs = CALL_TIMEOUT_MS } = options;
	const file = join(directory, `${randomBytes(8).toString('hex')}.incoming`);
	try {
		const answer = await fetcher.download(
			{
				url: `${baseUrl}/v1/tts/stream`,
				method: 'POST',
				headers: { 'x-api-key': apiKey, 'content-type': 'application/json', accept: 'audio/mpeg' },
				body: JSON.stringify({ text: markedText(job), speaker_id: Number(job.voice), model: 'caruso' }),
				expect: 'audio',
				maxBytes: MAX_ANSWER_BYTES,
				timeoutMs,
				retry: 'unsent',
				signal: job.signal,
			},
			file,
		);
		if (answer.ok) return await readSound(options, job, file);
		if (answer.problem.status === 429) lanes.setLimit(lanes.limit / 2);
		return { ok: false, problem: problemOfCall({ title, variable, voice: job.voice }, answer.problem, null) };
	} finally {
		await rm(file, { force: true });
	}
};

/** Text as it is, but where a tempo makes it markup. */
const markedText = (job: CloudJob): string => {
	const tempo = tempoOf(job);
	if (tempo === 1) return job.text;
	const escaped = job.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
	return `<tempo value="${tempo}">${escaped}</tempo>`;
};

const readSound = async ({ decode }: WellSaidOptions, job: CloudJob, file: string): Promise<Heard> => {
	const pcm = decodeWave(await readFile(file)) ?? (await decode(file).catch(() => null));
	if (pcm === null || (pcm.channels[0]?.length ?? 0) === 0)
		return { ok: false, problem: brokenAnswer({ title }, 'its file cannot be read') };
	return { ok: true, pcm: playedAt(pcm, job.pitch), spans: null, characters: null };
};
