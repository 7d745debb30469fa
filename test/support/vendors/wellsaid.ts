import { readFile } from 'node:fs/promises';
import type { Pcm } from '../../../src/model/sound.ts';
import { decodeWave } from '../../../src/providers/voice/wave.ts';
import type { Seen } from '../fault-server.ts';
import { toneWave } from './tone-voice.ts';
import { serveVendor, type VendorScript, type VoiceVendor } from './voice-vendor.ts';

export const WELLSAID_KEY = '01234567-89ab-cdef-0123-456789abcdef';
/** Stands for a compressed file: this tag, then what only `decodeTagged` reads. */
const TAG = Buffer.from('ID3\x04\x00\x00\x00\x00\x00\x00', 'latin1');

/** `POST /v1/tts/stream`, answered with a file that needs a decoder. */
export const serveWellSaid = (script: VendorScript = {}): Promise<VoiceVendor> =>
	serveVendor(
		{
			isPaid: () => true,
			check,
			answer: ({ body }, mood) => {
				const text = (JSON.parse(body) as { text: string }).text.replace(/<[^>]*>/g, '');
				return { type: 'audio/mpeg', body: mood === 'empty' ? '' : Buffer.concat([TAG, toneWave(text, mood)]) };
			},
		},
		script,
	);

export const decodeTagged = async (file: string): Promise<Pcm> => {
	const pcm = decodeWave((await readFile(file)).subarray(TAG.length));
	if (pcm === null) throw new Error('no sound');
	return pcm;
};

const check = ({ method, url, headers, body }: Seen): string | null => {
	if (method !== 'POST') return `method ${method}`;
	if (url !== '/v1/tts/stream') return `path ${url}`;
	if (headers['x-api-key'] !== WELLSAID_KEY) return 'key';
	if (headers['content-type'] !== 'application/json') return `content-type ${headers['content-type']}`;
	const sent = JSON.parse(body) as Record<string, unknown>;
	const unknown = Object.keys(sent).filter((name) => !['text', 'speaker_id', 'model'].includes(name));
	if (unknown.length > 0) return `fields ${unknown}`;
	if (typeof sent['text'] !== 'string' || sent['text'].length === 0 || sent['text'].length > 1000) return 'text';
	if (!Number.isInteger(sent['speaker_id'])) return `speaker ${sent['speaker_id']}`;
	return sent['model'] === 'caruso' ? null : `model ${sent['model']}`;
};
