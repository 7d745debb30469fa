import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AudioExpectation, AudioFacts, MediaExpectation, MediaFacts } from '../../src/model/media.ts';
import { checkOutput } from '../../src/renderer/check-output.ts';

const Check = suite('renderer/check-output');

const good: MediaFacts = {
	container: 'mp4',
	codec: 'h264',
	profile: 'High',
	width: 1080,
	height: 1920,
	fps: 30,
	frames: 300,
	seconds: 10,
	pixelFormat: 'yuv420p',
	pixelAspect: '1:1',
	leadBytes: 512,
	color: 'bt709 limited',
	keyFrames: [0, 90, 120, 200],
	fastStart: true,
	audio: null,
	bytes: 1_000,
};
const expected: MediaExpectation = { width: 1080, height: 1920, fps: 30, frames: 300, joins: [0, 90, 200] };

Check('a file that is what it has to be has no problem', () => {
	assert.equal(checkOutput(good, expected), []);
});

const rows: readonly (readonly [Partial<MediaFacts>, RegExp])[] = [
	[{ container: 'mov' }, /container is mov, expected mp4/],
	[{ codec: 'hev1' }, /codec is hev1, expected h264/],
	[{ width: 1082 }, /size is 1082x1920, expected 1080x1920/],
	[{ height: 1080 }, /size is 1080x1080/],
	[{ fps: 29.97 }, /frame rate is 29.97, expected 30/],
	[{ fps: 0 }, /not evenly spaced/],
	[{ frames: 299 }, /number of frames is 299, expected 300/],
	[{ seconds: 9.9 }, /length is 9.900 s, expected 10.000 s/],
	[{ pixelFormat: 'yuv444p' }, /pixel format is yuv444p/],
	[{ profile: 'High 4:4:4 Predictive' }, /profile is High 4:4:4 Predictive, expected High or Main or Baseline/],
	[{ pixelAspect: '4:3' }, /shape of a pixel is 4:3, expected 1:1/],
	[{ leadBytes: 300_000 }, /first frame comes after 300000 bytes of media/],
	[{ color: null }, /colour is not stated, expected bt709 limited/],
	[{ color: 'smpte170m full' }, /colour is smpte170m full/],
	[{ keyFrames: [0, 200] }, /no key frame where a segment begins: frame 90/],
	[{ keyFrames: [] }, /frame 0, 90, 200/],
	[{ fastStart: false }, /index comes after the media/],
];
for (const [change, sentence] of rows) {
	Check(`${JSON.stringify(change)} is one problem`, () => {
		const problems = checkOutput({ ...good, ...change }, expected);
		assert.is(problems.length, 1);
		assert.match(problems[0] ?? '', sentence);
	});
}

Check('every problem is told', () => {
	assert.is(checkOutput({ ...good, codec: 'vp09', frames: 1, fastStart: false }, expected).length, 3);
});

const heard: AudioFacts = { codec: 'aac', sampleRate: 48_000, channels: 2, seconds: 10, packets: 'abc' };
const mixed: AudioExpectation = {
	...{ sampleRate: 48_000, channels: 2, packets: 'abc' },
	...{ target: -14, limit: -1, loudness: -14.3, truePeak: -1.1 },
};

Check('a file with the sound that was mixed has no problem', () => {
	assert.equal(checkOutput({ ...good, audio: heard }, { ...expected, audio: mixed }), []);
	assert.equal(
		checkOutput({ ...good, audio: heard }, { ...expected, audio: { ...mixed, target: null, loudness: null, truePeak: null } }),
		[],
	);
});

const soundRows: readonly (readonly [AudioFacts | null, AudioExpectation | null, RegExp])[] = [
	[null, mixed, /there is no sound/],
	[heard, null, /there is sound, expected none/],
	[{ ...heard, codec: 'opus' }, mixed, /sound is opus, expected aac/],
	[{ ...heard, sampleRate: 44_100 }, mixed, /44100 Hz, expected 48000/],
	[{ ...heard, channels: 1 }, mixed, /1 channel\(s\), expected 2/],
	[{ ...heard, seconds: 9.96 }, mixed, /length of the sound is 9.960 s, expected 10.000 s/],
	[{ ...heard, packets: 'other' }, mixed, /not the one that was mixed/],
	[heard, { ...mixed, loudness: -14.6 }, /loudness is -14.6 LUFS, expected -14 LUFS/],
	[heard, { ...mixed, loudness: null }, /loudness is that of silence, expected -14 LUFS/],
	[heard, { ...mixed, truePeak: -0.94 }, /true peak is -0.94 dBTP, over the limit of -1/],
];
for (const [audio, wanted, sentence] of soundRows) {
	Check(`a file is refused: ${sentence.source}`, () => {
		const problems = checkOutput({ ...good, audio }, { ...expected, audio: wanted });
		assert.is(problems.length, 1);
		assert.match(problems[0] ?? '', sentence);
	});
}

Check.run();
