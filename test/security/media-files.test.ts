import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RenderFailure } from '../../src/model/failure.ts';
import { decodeSound } from '../../src/renderer/decode-sound.ts';
import { decodeVideo } from '../../src/renderer/decode-video.ts';
import { openCanary } from '../support/canary.ts';
import { testFfmpeg } from '../support/machine.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const Media = suite('security/media-files');

const ffmpeg = await testFfmpeg();
const directory = temporaryDirectory();
const { signal } = new AbortController();

/** Mono, 16 bits, 48,000 a second, silent. */
const wav = (samples: number): Buffer => {
	const header = Buffer.alloc(44);
	header.write('RIFF', 0);
	header.writeUInt32LE(36 + samples * 2, 4);
	header.write('WAVEfmt ', 8);
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20);
	header.writeUInt16LE(1, 22);
	header.writeUInt32LE(48_000, 24);
	header.writeUInt32LE(96_000, 28);
	header.writeUInt16LE(2, 32);
	header.writeUInt16LE(16, 34);
	header.write('data', 36);
	header.writeUInt32LE(samples * 2, 40);
	return Buffer.concat([header, Buffer.alloc(samples * 2)]);
};
const other = join(directory, 'other.wav');
writeFileSync(other, wav(48_000));

/** Text that some players follow to other files, by what it is. `url` is on this machine. */
const PLAYLISTS: Readonly<Record<string, (url: string) => string>> = {
	'an HLS playlist of addresses': (url) => `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${url}a.ts\n#EXT-X-ENDLIST\n`,
	'an HLS playlist of files': () => `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${other}\n#EXT-X-ENDLIST\n`,
	'a list of addresses to join': (url) => `ffconcat version 1.0\nfile '${url}a.wav'\n`,
	'a list of files to join': () => "ffconcat version 1.0\nfile 'other.wav'\n",
	'a DASH manifest': (url) =>
		`<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period><AdaptationSet><Representation id="1" bandwidth="1"><BaseURL>${url}a.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>`,
	'an SDP file': (url) => `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video ${new URL(url).port} RTP/AVP 96\n`,
};

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
	work.then(
		() => 'it succeeded',
		(error: unknown) => error,
	);

const drain = async (frames: AsyncIterable<unknown>): Promise<void> => {
	for await (const _ of frames);
};

for (const [label, write] of Object.entries(PLAYLISTS))
	Media(`${label} in the place of a sound or video is refused, and nothing that it names is opened`, async () => {
		const canary = await openCanary(['player']);
		try {
			const path = join(directory, 'given.mp4');
			writeFileSync(path, write(`http://127.0.0.1:${canary.ports['player']}/`));
			const sound = await failureOf(decodeSound(ffmpeg, { path, seconds: 1 }, signal));
			assert.instance(sound, RenderFailure, String(sound));
			const order = { path, width: 16, height: 16, last: 0 };
			const video = await failureOf(drain(decodeVideo(ffmpeg, order as Parameters<typeof decodeVideo>[1], signal)));
			assert.instance(video, RenderFailure, String(video));
			assert.equal(canary.hits(), []);
		} finally {
			await canary.close();
		}
	});

Media('a sound that is one is decoded, from a file with a name that looks like an address', async () => {
	const path = join(directory, 'http:x%03d.wav');
	writeFileSync(path, wav(48_000));
	const { channels } = await decodeSound(ffmpeg, { path, seconds: 0.5 }, signal);
	assert.is(channels[0]?.length, 24_000);
});

Media.run();
