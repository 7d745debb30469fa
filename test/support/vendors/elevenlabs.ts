import type { Seen } from '../fault-server.ts';
import { sayTones, toneWave } from './tone-voice.ts';
import { serveVendor, type VendorScript, type VoiceVendor } from './voice-vendor.ts';

export const ELEVENLABS_KEY = 'sk_0123456789abcdef0123456789abcdef0123456789abcdef';

/** `POST /v1/text-to-speech/{voice_id}/with-timestamps`. */
export const serveElevenLabs = (script: VendorScript = {}): Promise<VoiceVendor> => {
	const rules = {
		isPaid: () => true,
		check,
		answer: ({ body }: Seen, mood: 'well' | 'empty' | 'silent') => {
			const { text } = JSON.parse(body) as { text: string };
			return { type: 'application/json', body: JSON.stringify(answerOf(text, mood)) };
		},
	};
	return serveVendor(rules, { headers: { 'request-id': 'r1', 'character-cost': '10' }, ...script });
};

const check = ({ method, url, headers, body }: Seen): string | null => {
	const parsed = new URL(url, 'http://vendor');
	if (method !== 'POST') return `method ${method}`;
	if (!/^\/v1\/text-to-speech\/[A-Za-z0-9]{20}\/with-timestamps$/.test(parsed.pathname)) return `path ${parsed.pathname}`;
	if (parsed.search !== '?output_format=pcm_24000') return `query ${parsed.search}`;
	if (headers['xi-api-key'] !== ELEVENLABS_KEY) return 'key';
	if (headers['content-type'] !== 'application/json') return `content-type ${headers['content-type']}`;
	const sent = JSON.parse(body) as Record<string, unknown>;
	const known = ['text', 'model_id', 'seed', 'voice_settings'];
	const unknown = Object.keys(sent).filter((name) => !known.includes(name));
	if (unknown.length > 0) return `fields ${unknown}`;
	if (typeof sent['text'] !== 'string' || sent['text'] === '') return 'text';
	if (sent['model_id'] !== 'eleven_multilingual_v2') return `model ${sent['model_id']}`;
	const speed = (sent['voice_settings'] as { speed?: number } | undefined)?.speed ?? 1;
	return speed >= 0.7 && speed <= 1.2 ? null : `speed ${speed}`;
};

const answerOf = (text: string, mood: 'well' | 'empty' | 'silent'): unknown => {
	const { words } = sayTones(text);
	const characters = [...text];
	const starts: number[] = [];
	const ends: number[] = [];
	let word = 0;
	let inWord = 0;
	for (const character of characters) {
		const { text: own, start, end } = words[word]!;
		const step = (end - start) / [...own].length;
		const space = /\s/.test(character);
		starts.push(space ? end : start + inWord * step);
		ends.push(space ? (words[word + 1]?.start ?? end) : start + (inWord + 1) * step);
		inWord = space ? 0 : inWord + 1;
		if (space) word++;
	}
	return {
		audio_base64: Buffer.from(toneWave(text, mood)).subarray(44).toString('base64'),
		alignment: { characters, character_start_times_seconds: starts, character_end_times_seconds: ends },
		normalized_alignment: null,
	};
};
