import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Pcm } from '../../src/model/sound.ts';

export const RATE = 48_000;

export const tone = (seconds: number, hz: number, level: number, sampleRate = RATE): Float32Array =>
	Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, index) => level * Math.sin((2 * Math.PI * hz * index) / sampleRate));

/** White noise, the same every time. */
export const noise = (seconds: number, level: number, sampleRate = RATE): Float32Array => {
	let state = 1;
	return Float32Array.from({ length: Math.round(seconds * sampleRate) }, () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
		return (level * state) / 2 ** 31;
	});
};

export const mono = (channel: Float32Array, sampleRate = RATE): Pcm => ({ sampleRate, channels: [channel] });
export const stereo = (left: Float32Array, right: Float32Array = left, sampleRate = RATE): Pcm => ({ sampleRate, channels: [left, right] });

export const joined = (...parts: readonly Float32Array[]): Float32Array => Float32Array.from(parts.flatMap((part) => [...part]));

export const peak = (channel: Float32Array): number => channel.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Root mean square between two times, in dB; -Infinity for silence. */
export const levelDb = (channel: Float32Array, from = 0, to = channel.length / RATE): number => {
	const part = channel.subarray(Math.round(from * RATE), Math.round(to * RATE));
	return 10 * Math.log10(part.reduce((sum, value) => sum + value * value, 0) / part.length);
};

/** Largest difference between neighbouring samples, silence before and after included: what a click is. */
export const largestStep = (channel: Float32Array): number => {
	let most = Math.max(Math.abs(channel[0] ?? 0), Math.abs(channel.at(-1) ?? 0));
	for (let index = 1; index < channel.length; index++) most = Math.max(most, Math.abs(channel[index]! - channel[index - 1]!));
	return most;
};

export const floatWav = ({ channels, sampleRate }: Pcm): Buffer => {
	const samples = channels[0]!.length;
	const bytes = Buffer.alloc(44 + samples * channels.length * 4);
	bytes.write('RIFF', 0);
	bytes.writeUInt32LE(bytes.length - 8, 4);
	bytes.write('WAVEfmt ', 8);
	bytes.writeUInt32LE(16, 16);
	bytes.writeUInt16LE(3, 20);
	bytes.writeUInt16LE(channels.length, 22);
	bytes.writeUInt32LE(sampleRate, 24);
	bytes.writeUInt32LE(sampleRate * channels.length * 4, 28);
	bytes.writeUInt16LE(channels.length * 4, 32);
	bytes.writeUInt16LE(32, 34);
	bytes.write('data', 36);
	bytes.writeUInt32LE(bytes.length - 44, 40);
	channels.forEach((channel, number) => {
		channel.forEach((value, index) => {
			bytes.writeFloatLE(value, 44 + (index * channels.length + number) * 4);
		});
	});
	return bytes;
};

/** What the ffmpeg inside the Remotion package measures; null where that package has no build for this machine. */
export const ffmpegLoudness = (pcm: Pcm): { readonly integrated: number; readonly truePeak: number } | null => {
	const require = createRequire(join(process.cwd(), 'package.json'));
	const tools = (() => {
		try {
			return dirname(require.resolve('@remotion/compositor-linux-x64-gnu/package.json'));
		} catch {
			return null;
		}
	})();
	if (tools === null) return null;
	const directory = mkdtempSync(join(tmpdir(), 'reelform-sound-'));
	try {
		const file = join(directory, 'sound.wav');
		writeFileSync(file, floatWav(pcm));
		const command = `"${join(tools, 'ffmpeg')}" -hide_banner -nostdin -i "${file}" -af loudnorm=print_format=json -f null - 2>&1`;
		const said = execFileSync('sh', ['-c', command], { env: { ...process.env, LD_LIBRARY_PATH: tools } }).toString();
		const figure = (name: string): number => Number(new RegExp(`"${name}" : "(.*?)"`).exec(said)?.[1]);
		return { integrated: figure('input_i'), truePeak: figure('input_tp') };
	} finally {
		rmSync(directory, { recursive: true, force: true });
	}
};
