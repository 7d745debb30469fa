import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openProgress } from '../../../src/cli/progress-display.ts';
import { NO_COLORS, type OutputStream } from '../../../src/cli/terminal.ts';
import { advance, framesPerSecond, NO_PROGRESS, type Progress } from '../../../src/cli/views/progress.ts';
import { progressBar, progressText } from '../../../src/cli/views/progress-bar.ts';
import type { AudioKey } from '../../../src/model/audio.ts';
import type { RenderEvent } from '../../../src/model/events.ts';
import type { SegmentKey } from '../../../src/model/keys.ts';

const ProgressViews = suite('cli/views/progress');

const key = (name: string): SegmentKey => name as SegmentKey;
const started: RenderEvent = { type: 'run-started', outputs: 12, segments: 9, framesToRender: 360, framesReused: 2880 };
const reel: RenderEvent = { type: 'reel-started', reel: 0, segments: 3, frames: 90, attempt: 1 };
const frames = (segment: string, count: number): RenderEvent => ({
	type: 'frames-rendered',
	reel: 0,
	segment: key(segment),
	frames: count,
	held: 0,
});
const failed = (segment: string): RenderEvent => ({
	type: 'segment-failed',
	segment: key(segment),
	failure: { class: 'BROWSER_CRASH', message: 'gone' },
	willRetry: true,
});

const after = (...events: readonly (readonly [number, RenderEvent])[]): Progress =>
	events.reduce((progress, [atMs, event]) => advance(progress, event, atMs), NO_PROGRESS);

const half = after([0, started], [1000, reel], [3000, frames('a', 60)], [7000, frames('b', 120)]);

ProgressViews('the bar shows share, frames, rate, time left, videos and what is reused', () => {
	assert.is(
		progressBar(half, { nowMs: 7000, columns: 120, colors: NO_COLORS }),
		'━━━━━━━━━━━━────────────   50 %  180/360 frames  30.0 frames/s  6s left  0/12 videos  2,880 reused',
	);
});

ProgressViews('the bar never wraps: what does not fit is left out from the right', () => {
	for (let columns = 1; columns <= 120; columns++)
		assert.ok(progressBar(half, { nowMs: 7000, columns, colors: NO_COLORS }).length <= Math.max(0, columns - 1), `${columns} columns`);
});

ProgressViews('a log line holds the same facts', () => {
	assert.is(progressText(half, 7000).trim(), '50 %, 180/360 frames, 30.0 frames/s, 6s left, 0/12 videos, 2,880 reused');
});

const mixed = (reused: boolean): RenderEvent => ({ type: 'mix-finished', mix: 'm' as AudioKey, reused, costMs: 900 });

ProgressViews('mixes are counted behind the frames, and in their place while nothing is drawn', () => {
	const drawn = after(
		[0, { ...started, mixesToMake: 3 }],
		[1000, reel],
		[3000, frames('a', 180)],
		[4000, mixed(false)],
		[5000, mixed(true)],
	);
	assert.is(progressText(drawn, 5000).trim(), '50 %, 180/360 frames, 45.0 frames/s, 4s left, 0/12 videos, 1/3 mixes, 2,880 reused');
	const heard = after([0, { ...started, outputs: 2, framesToRender: 0, mixesToMake: 2 }], [1000, mixed(false)]);
	assert.is(progressText(heard, 1000).trim(), '25 %, 1/2 mixes, 0/2 videos, 2,880 reused');
	const batch: RenderEvent = { ...started, outputs: 2, framesToRender: 0, mixesToMake: 1 };
	assert.equal(after([0, batch], [1, mixed(false)], [2, batch]).mixes, { toMake: 2, made: 1 });
});

ProgressViews('frames of a segment that failed are taken back, and count once when it is tried again', () => {
	const retried = after([0, started], [0, reel], [1000, frames('a', 60)], [2000, failed('a')], [3000, reel], [4000, frames('a', 90)]);
	assert.is(after([0, started], [0, reel], [1000, frames('a', 60)], [2000, failed('a')]).frames.rendered, 0);
	assert.is(retried.frames.rendered, 90);
	const done = advance(retried, { type: 'segment-rendered', segment: key('a'), frames: 90, costMs: 1 }, 5000);
	assert.is(advance(done, failed('a'), 6000).frames.rendered, 90, 'a finished segment stays counted');
});

ProgressViews('the rate is that of the last seconds', () => {
	let progress = after([0, started], [0, reel]);
	for (let second = 1; second <= 20; second++) progress = advance(progress, frames('slow', 1), second * 1000);
	for (let second = 21; second <= 35; second++) progress = advance(progress, frames('fast', 10), second * 1000);
	assert.is(Math.round(framesPerSecond(progress, 35_000) ?? 0), 10);
	assert.is(framesPerSecond(NO_PROGRESS, 0), null);
});

ProgressViews('a run without frames to render is measured by its videos', () => {
	const report = { ok: true } as unknown as Extract<RenderEvent, { type: 'output-finished' }>['report'];
	const progress = after(
		[0, { ...started, outputs: 2, framesToRender: 0 }],
		[1, { type: 'output-finished', output: 'a', path: 'a.mp4', report }],
		[2, { type: 'output-failed', output: 'b', path: 'b.mp4', failure: { class: 'DISK', message: 'full' } }],
	);
	assert.is(progressText(progress, 3).trim(), '100 %, 1/2 videos, 1 failed, 2,880 reused');
});

const recorder = (isTerminal: boolean): OutputStream & { readonly written: string[] } => {
	const written: string[] = [];
	return { written, write: (text) => written.push(text), drained: async () => {}, isTerminal, columns: () => 100, colors: NO_COLORS };
};

ProgressViews('a terminal is redrawn at most ten times a second', () => {
	const stream = recorder(true);
	let now = 0;
	const display = openProgress(stream, () => now);
	for (const event of [started, reel, ...Array.from({ length: 1000 }, () => frames('a', 1))]) {
		display.show(event);
		now += 1;
	}
	display.close();
	const drawn = stream.written.filter((text) => text.includes('frames')).length;
	assert.ok(drawn >= 9 && drawn <= 11, `${drawn} times in a second`);
	assert.ok(stream.written.every((text) => text.startsWith('\r\u001b[2K')));
	assert.is(stream.written.at(-1), '\r\u001b[2K');
});

ProgressViews('a log gets a line every thirty seconds, and no control characters', () => {
	const stream = recorder(false);
	let now = 0;
	const display = openProgress(stream, () => now);
	for (const event of [started, reel, ...Array.from({ length: 100 }, () => frames('a', 1))]) {
		display.show(event);
		now += 1000;
	}
	display.note('error: x\n');
	display.close();
	assert.is(stream.written.length, 4);
	assert.is(stream.written.at(-1), 'error: x\n');
	assert.not(stream.written.some((text) => /[\r\u001b]/.test(text)));
});

ProgressViews.run();
