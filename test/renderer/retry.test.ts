import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { FailureClass } from '../../src/model/failure.ts';
import type { SegmentKey } from '../../src/model/keys.ts';
import { makeReel, type PackedReel } from '../../src/renderer/pack-reels.ts';
import { isHopeless, lengthen, MAX_ATTEMPTS, NO_STREAK, planRetry } from '../../src/renderer/retry.ts';

const Retry = suite('renderer/retry');

const keys = (text: string): SegmentKey[] => text.split(' ').filter(Boolean) as SegmentKey[];
const reel = (text: string, attempt = 1): PackedReel =>
	makeReel(
		keys(text).map((key) => ({ key, frames: 10 })),
		attempt,
	);
const show = (reels: readonly PackedReel[]): string =>
	reels.map((each) => `${each.segments.map(({ key }) => key).join(' ')} #${each.attempt}`).join(', ');

const rows: readonly (readonly [string, Parameters<typeof ask>, string, string])[] = [
	[
		'a crash: the segment that was being drawn is tried alone, the rest without it',
		['a b c d', 1, 'BROWSER_CRASH', 'a', 'b'],
		'',
		'b #2, c d #1',
	],
	['two segments under suspicion are tried one by one', ['a b c d', 1, 'WORKER', 'a', 'b c'], '', 'b #2, c #2, d #1'],
	['the third break is the last', ['b', 3, 'BROWSER_CRASH', '', 'b'], 'b', ''],
	['the rest keeps its own count', ['b c d', 2, 'ENCODE', '', 'b'], '', 'b #3, c d #2'],
	['a fault of the page is not tried again, and does not touch the rest', ['a b c', 1, 'PAGE', '', 'a'], 'a', 'b c #1'],
	['a page that cannot be opened is halved to find out why', ['a b c', 1, 'PAGE', '', ''], '', 'a b #1, c #1'],
	['a page that cannot be opened for one segment is its fault', ['c', 1, 'PAGE', '', ''], 'c', ''],
	['a crash before the first picture is halved as well', ['a b c d', 2, 'BROWSER_CRASH', '', ''], '', 'a b #2, c d #2'],
	['a crash before the first picture of one segment counts', ['a', 1, 'FRAME_TIMEOUT', '', ''], '', 'a #2'],
	['a browser that does not start has nothing to do with the segments', ['a b c d', 1, 'BROWSER_LAUNCH', '', ''], '', 'a b c d #2'],
	['a browser that does not start three times fails them all', ['a b', 3, 'BROWSER_LAUNCH', '', ''], 'a b', ''],
	['finished segments stay finished', ['a b', 1, 'WORKER', 'a b', ''], '', ''],
];
const ask = (segments: string, attempt: number, failureClass: FailureClass, finished: string, suspects: string) =>
	planRetry({
		reel: reel(segments, attempt),
		finished: new Set(keys(finished)),
		suspects: new Set(keys(suspects)),
		failure: { class: failureClass, message: 'x' },
	});
for (const [name, args, failed, reels] of rows) {
	Retry(name, () => {
		const plan = ask(...args);
		assert.is(plan.failed.join(' '), failed);
		assert.is(show(plan.reels), reels);
	});
}

/** Runs reels against a machine on which some segments always break the reel, in one way or another. */
const play = (
	first: PackedReel,
	poison: ReadonlySet<string>,
	known: boolean,
): { readonly failed: readonly string[]; readonly attempts: number } => {
	const queue = [first];
	const failed: string[] = [];
	let attempts = 0;
	for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
		attempts++;
		const at = next.segments.findIndex(({ key }) => poison.has(key));
		if (at < 0) continue;
		const finished = new Set(next.segments.slice(0, known ? at : 0).map(({ key }) => key));
		const suspects = new Set(known ? next.segments.slice(at, at + 1).map(({ key }) => key) : []);
		const plan = planRetry({ reel: next, finished, suspects, failure: { class: 'WORKER', message: 'x' } });
		failed.push(...plan.failed);
		queue.push(...plan.reels);
	}
	return { failed: failed.sort(), attempts };
};
for (const known of [true, false]) {
	Retry(`only poison segments fail, ${known ? 'when the culprit is known' : 'also when nobody knows the culprit'}`, () => {
		const text = 'a b c d e f g h i j k l m n o p';
		for (const poison of [['a'], ['p'], ['h', 'i'], ['a', 'd', 'p'], text.split(' ')]) {
			const { failed, attempts } = play(reel(text), new Set(poison), known);
			assert.equal(failed, poison);
			assert.ok(attempts <= 4 * 16 * MAX_ATTEMPTS);
		}
	});
}

const streakOf = (...classes: readonly FailureClass[]) =>
	classes.reduce((streak, each) => lengthen(streak, { class: each, message: 'x' }), NO_STREAK);
const repeat = (failureClass: FailureClass, times: number): readonly FailureClass[] => Array.from({ length: times }, () => failureClass);

Retry('a full disk or a browser that never starts ends drawing at the third time in a row', () => {
	for (const each of ['DISK', 'BROWSER_LAUNCH'] as const) {
		assert.not(isHopeless(streakOf(...repeat(each, 2))));
		assert.ok(isHopeless(streakOf(...repeat(each, 3))));
		assert.not(isHopeless(streakOf(each, each, 'PAGE', each)));
	}
});

Retry('faults of segments never end drawing, however many there are', () => {
	assert.not(isHopeless(streakOf(...repeat('PAGE', 100))));
	assert.not(isHopeless(NO_STREAK));
});

Retry('crash after crash without one finished segment ends drawing', () => {
	assert.not(isHopeless(streakOf(...repeat('WORKER', 11))));
	assert.ok(isHopeless(streakOf(...repeat('WORKER', 12))));
});

Retry.run();
