import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { NO_COLORS } from '../../../src/cli/terminal.ts';
import { failureText, interruptedText, resultLine } from '../../../src/cli/views/render-result.ts';
import type { RunSummary } from '../../../src/model/events.ts';

const Result = suite('cli/views/render-result');

const summary = (finished: number, unchanged: number, failed: number): RunSummary => ({
	outputs: { finished, unchanged, failed },
	segments: { rendered: 3, reused: 6, failed },
	frames: { total: 3240, rendered: 360, held: 12, reused: 2880 },
	durationMs: 41_200,
	interrupted: false,
});

for (const [given, expected] of [
	[summary(12, 0, 0), '12 videos in out/quickstart/  360 frames rendered, 2,880 shared, 41s'],
	[summary(0, 12, 0), '12 videos in out/quickstart/  unchanged  360 frames rendered, 2,880 shared, 41s'],
	[summary(1, 9, 2), '10 videos in out/quickstart/  2 failed, 9 unchanged  360 frames rendered, 2,880 shared, 41s'],
	[
		{ ...summary(12, 0, 0), mixes: { mixed: 3, reused: 1, failed: 0 } },
		'12 videos in out/quickstart/  360 frames rendered, 2,880 shared, 3 mixes made, 41s',
	],
	[
		{ ...summary(0, 12, 0), mixes: { mixed: 0, reused: 4, failed: 0 } },
		'12 videos in out/quickstart/  unchanged  360 frames rendered, 2,880 shared, 41s',
	],
	[summary(1, 0, 0), '1 video in out/quickstart/  360 frames rendered, 2,880 shared, 41s'],
] as const)
	Result(`reads ${expected}`, () => {
		assert.is(resultLine(given, 'out/quickstart', 3240), expected);
		assert.is(resultLine(given, 'out/quickstart/', 3240), expected);
	});

Result('a failure names the output, the reason and the end of what the tool said, and lets no control character through', () => {
	const detail = Array.from({ length: 20 }, (_, index) => `line ${index}`).join('\n');
	const text = failureText('a/b.mp4', { class: 'ENCODE', message: 'ffmpeg \u001b[31mstopped', detail }, NO_COLORS);
	assert.match(text, /^error\[RF6005\] a\/b\.mp4: ffmpeg ␛\[31mstopped\n {2}line 12\n/);
	assert.ok(text.endsWith('  line 19\n'));
});

Result('an interruption says what is kept and how to go on', () => {
	assert.match(interruptedText(1), '1 finished segment of this run is kept in .reelform/store; run the same command again');
	assert.match(interruptedText(7), '7 finished segments of this run are kept');
});

Result.run();
