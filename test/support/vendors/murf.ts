import type { Seen } from '../fault-server.ts';
import { sayTones, toneWave } from './tone-voice.ts';
import { serveVendor, type VendorScript, type VoiceVendor } from './voice-vendor.ts';

export const MURF_KEY = 'ap2_01234567-89ab-cdef-0123-456789abcdef';

/** `POST /v1/speech/generate`, whose answer links to the sound. */
export const serveMurf = (script: VendorScript = {}): Promise<VoiceVendor> => {
	const sounds: Uint8Array[] = [];
	return serveVendor(
		{
			isPaid: ({ method }) => method === 'POST',
			check: (request) => (request.method === 'POST' ? checkCall(request) : checkLink(request)),
			answer: ({ method, url, body }, mood, origin) => {
				if (method === 'GET') return { type: 'audio/wav', body: sounds[Number(/(\d+)\.wav/.exec(url)?.[1])] ?? '' };
				const { text } = JSON.parse(body) as { text: string };
				sounds.push(toneWave(text, mood));
				return {
					type: 'application/json',
					body: JSON.stringify(answerOf(text, `${origin}/user-upload/${sounds.length - 1}.wav?X-Amz-Signature=secret`)),
				};
			},
		},
		script,
	);
};

const checkLink = ({ method, url, headers }: Seen): string | null => {
	if (method !== 'GET' || !url.startsWith('/user-upload/')) return `${method} ${url}`;
	return headers['api-key'] === undefined ? null : 'the key was sent to the storage';
};

const checkCall = ({ url, headers, body }: Seen): string | null => {
	if (url !== '/v1/speech/generate') return `path ${url}`;
	if (headers['api-key'] !== MURF_KEY) return 'key';
	if (headers['content-type'] !== 'application/json') return `content-type ${headers['content-type']}`;
	const sent = JSON.parse(body) as Record<string, unknown>;
	const known = ['text', 'voiceId', 'modelVersion', 'format', 'sampleRate', 'channelType', 'rate', 'pitch', 'wordDurationsAsOriginalText'];
	const unknown = Object.keys(sent).filter((name) => !known.includes(name));
	if (unknown.length > 0) return `fields ${unknown}`;
	if (typeof sent['text'] !== 'string' || sent['text'] === '') return 'text';
	if (!/^[a-z]{2,3}-[A-Z]{2}-[a-z]+$/.test(String(sent['voiceId']))) return `voice ${sent['voiceId']}`;
	if (sent['format'] !== 'WAV' || ![8000, 24_000, 44_100, 48_000].includes(Number(sent['sampleRate']))) return 'format';
	const inRange = ['rate', 'pitch'].every((name) => Number.isInteger(sent[name]) && Math.abs(Number(sent[name])) <= 50);
	return inRange ? null : `rate ${sent['rate']}, pitch ${sent['pitch']}`;
};

const answerOf = (text: string, audioFile: string): unknown => {
	const { words, seconds } = sayTones(text);
	return {
		audioFile,
		audioLengthInSeconds: seconds,
		consumedCharacterCount: text.length,
		remainingCharacterCount: 1000,
		wordDurations: words.map(({ text: word, start, end }, sourceWordIndex) => ({
			word,
			startMs: Math.round(start * 1000),
			endMs: Math.round(end * 1000),
			sourceWordIndex,
			pitchScaleMinimum: 0,
			pitchScaleMaximum: 0,
		})),
	};
};
