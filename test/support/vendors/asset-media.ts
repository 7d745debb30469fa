import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { findFfmpeg } from '../ffmpeg.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { makeVideo } from '../video.ts';

/** Files as vendors send them. */
export type AssetMedia = Readonly<Record<'image' | 'video' | 'sound' | 'icon', Buffer>>;

export const makeAssetMedia = async (): Promise<AssetMedia> => {
	const file = join(temporaryDirectory(), 'footage.mp4');
	await makeVideo(await findFfmpeg(), file, { frames: 24, fps: 24 });
	return { image: await photo(), video: await readFile(file), sound: wave(0.5), icon: Buffer.from(ICON) };
};

const ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="100" height="100"><path d="M10 10h80v80h-80z"/></svg>';

const photo = (): Promise<Buffer> => {
	const pixels = Buffer.from(Array.from({ length: 96 * 54 * 3 }, (_, at) => (at * 7919) % 256));
	return sharp(pixels, { raw: { width: 96, height: 54, channels: 3 } })
		.jpeg({ quality: 95 })
		.toBuffer();
};

/** A tone as 16-bit WAV. */
export const wave = (seconds: number): Buffer => {
	const samples = Math.round(seconds * 8000);
	const head = Buffer.alloc(44);
	head.write('RIFF', 0);
	head.writeUInt32LE(36 + samples * 2, 4);
	head.write('WAVEfmt ', 8);
	head.writeUInt32LE(16, 16);
	head.writeUInt16LE(1, 20);
	head.writeUInt16LE(1, 22);
	head.writeUInt32LE(8000, 24);
	head.writeUInt32LE(16000, 28);
	head.writeUInt16LE(2, 32);
	head.writeUInt16LE(16, 34);
	head.write('data', 36);
	head.writeUInt32LE(samples * 2, 40);
	const body = Buffer.alloc(samples * 2);
	for (let at = 0; at < samples; at++) body.writeInt16LE(Math.round(8000 * Math.sin(at / 5)), at * 2);
	return Buffer.concat([head, body]);
};
