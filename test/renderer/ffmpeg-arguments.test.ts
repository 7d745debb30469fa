import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeArguments } from '../../src/renderer/ffmpeg-arguments.ts';
import { FAST_PROFILE, SMALL_CANVAS } from '../support/reel-fixture.ts';

const Arguments = suite('renderer/ffmpeg-arguments');

const order = { canvas: SMALL_CANVAS, profile: FAST_PROFILE, colorFilter: 'zscale', output: 'file:/tmp/a.mp4' } as const;

/** The value after an option. */
const valueAfter = (list: readonly string[], option: string): string | undefined => list[list.indexOf(option) + 1];

Arguments('the profile decides how it is encoded', () => {
	const list = encodeArguments({ ...order, profile: { codec: 'h264', preset: 'medium', crf: 17, threads: 3, jpegQuality: 90 } });
	const output = list.slice(list.indexOf('-i'));
	assert.is(valueAfter(output, '-preset'), 'medium');
	assert.is(valueAfter(output, '-crf'), '17');
	assert.is(valueAfter(output, '-threads'), '3');
});

for (const fps of [24, 25, 30, 50, 60])
	Arguments(`at ${fps} frames a second a frame is a whole number of ticks`, () => {
		const list = encodeArguments({ ...order, canvas: { ...SMALL_CANVAS, fps } });
		assert.is(valueAfter(list, '-framerate'), String(fps));
		assert.is(Number(valueAfter(list, '-video_track_timescale')) % fps, 0);
	});

for (const fps of [29.97, 0, Number.NaN])
	Arguments(`${fps} frames a second is a bug of the caller`, () =>
		assert.throws(
			() => encodeArguments({ ...order, canvas: { ...SMALL_CANVAS, fps } }),
			(error: unknown) => error instanceof RangeError,
		),
	);

Arguments('it reads a pipe and writes a file: nothing else may be opened', () => {
	const list = encodeArguments(order);
	assert.is(valueAfter(list, '-protocol_whitelist'), 'file,pipe');
	assert.ok(list.indexOf('-protocol_whitelist') < list.indexOf('-i'));
	assert.is(valueAfter(list, '-i'), 'pipe:0');
	assert.ok(list.includes('-nostdin'));
	assert.is(list.at(-1), 'file:/tmp/a.mp4');
});

Arguments('an argument is one argument, whatever is in a path', () => {
	const output = 'file:/tmp/a b;$(c)"%03d\'.mp4';
	assert.is(encodeArguments({ ...order, output }).at(-1), output);
});

Arguments.run();
