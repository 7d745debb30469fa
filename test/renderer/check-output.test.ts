import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { MediaExpectation, MediaFacts } from '../../src/model/media.ts';
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
	color: 'bt709 limited',
	keyFrames: [0, 90, 120, 200],
	fastStart: true,
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

Check.run();
