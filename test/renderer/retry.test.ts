import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Failure, FailureClass } from '../../src/model/failure.ts';
import type { SegmentKey } from '../../src/model/keys.ts';
import { makeReel, type PackedReel } from '../../src/renderer/pack-reels.ts';
import { isHopeless, lengthen, MAX_ATTEMPTS, MAX_LOSSES, NO_STREAK, planRetry } from '../../src/renderer/retry.ts';

const Retry = suite('renderer/retry');

const keys = (text: string): SegmentKey[] => text.split(' ').filter(Boolean) as SegmentKey[];
const reel = (text: string, attempt = 1, losses = 0): PackedReel =>
	makeReel(
		keys(text).map((key) => ({ key, frames: 10 })),
		{ attempt, losses },
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

const showLosses = (reels: readonly PackedReel[]): string =>
	reels.map(({ segments, attempt, losses }) => `${segments.map(({ key }) => key).join(' ')} #${attempt} lost ${losses}`).join(', ');
const killed = (failureClass: FailureClass = 'BROWSER_CRASH'): Failure => ({ class: failureClass, message: 'x', blameless: true });

const lossRows: readonly (readonly [string, Parameters<typeof lose>, string, string])[] = [
	['what is ended from outside is drawn again as it was', ['a b c d', 1, 0, 'a', 'b', killed()], '', 'b c d #1 lost 1'],
	['with two under suspicion as well', ['a b c d', 2, 1, '', 'a b', killed()], '', 'a b c d #2 lost 2'],
	['a finished segment starts the count anew', ['a b c d', 2, 5, 'a', 'b', killed()], '', 'b c d #2 lost 1'],
	['a browser killed at its start is no attempt', ['a b', 3, 0, '', '', killed('BROWSER_LAUNCH')], '', 'a b #3 lost 1'],
	['an encoder that was killed is none either', ['a b', 3, 2, '', 'a', killed('ENCODE')], '', 'a b #3 lost 3'],
	['the last loss that is free', ['a', 3, MAX_LOSSES - 1, '', 'a', killed()], '', `a #3 lost ${MAX_LOSSES}`],
	[
		'from then on a loss is an attempt of its suspects, each alone, and the rest starts anew',
		['a b c', 1, MAX_LOSSES, '', 'a b', killed()],
		'',
		`a #2 lost ${MAX_LOSSES}, b #2 lost ${MAX_LOSSES}, c #1 lost 0`,
	],
	['and the last attempt is the last', ['a', MAX_ATTEMPTS, MAX_LOSSES, '', 'a', killed()], 'a', ''],
	['nobody under suspicion: halves', ['a b c', 1, MAX_LOSSES, '', '', killed()], '', `a b #1 lost ${MAX_LOSSES}, c #1 lost ${MAX_LOSSES}`],
	['a break that is to blame counts at once', ['a', 1, 2, '', 'a', { class: 'BROWSER_CRASH', message: 'x' }], '', 'a #2 lost 2'],
	['what no second attempt mends is not tried again, whoever ended it', ['a b', 1, 0, '', 'a', killed('PAGE')], 'a', 'b #1 lost 0'],
	['all were finished', ['a b', 1, 0, 'a b', '', killed()], '', ''],
];
const lose = (segments: string, attempt: number, losses: number, finished: string, suspects: string, failure: Failure) =>
	planRetry({ reel: reel(segments, attempt, losses), finished: new Set(keys(finished)), suspects: new Set(keys(suspects)), failure });
for (const [name, args, failed, reels] of lossRows) {
	Retry(`killed: ${name}`, () => {
		const plan = lose(...args);
		assert.is(plan.failed.join(' '), failed);
		assert.is(showLosses(plan.reels), reels);
	});
}

Retry('a segment whose browser is always killed fails in the end, before drawing ends for all', () => {
	let streak = NO_STREAK;
	let next: PackedReel | undefined = reel('a');
	for (let breaks = 1; next !== undefined; breaks++) {
		const plan = planRetry({ reel: next, finished: new Set(), suspects: new Set(keys('a')), failure: killed() });
		streak = lengthen(streak, killed());
		assert.not(isHopeless(streak), `${breaks} breaks`);
		assert.equal(plan.failed, plan.reels.length === 0 ? ['a'] : []);
		next = plan.reels[0];
	}
	assert.is(streak.length, MAX_LOSSES + MAX_ATTEMPTS);
});

/** Runs reels against a machine on which some segments always break the reel, in one way or another. */
const play = (
	first: PackedReel,
	poison: ReadonlySet<string>,
	{ known, failure }: { readonly known: boolean; readonly failure: Failure },
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
		const plan = planRetry({ reel: next, finished, suspects, failure });
		failed.push(...plan.failed);
		queue.push(...plan.reels);
	}
	return { failed: failed.sort(), attempts };
};
for (const [known, failure] of [
	[true, { class: 'WORKER', message: 'x' }],
	[false, { class: 'WORKER', message: 'x' }],
	[true, killed()],
	[false, killed()],
] as const) {
	const way = `${known ? 'when the culprit is known' : 'also when nobody knows the culprit'}${failure.class === 'WORKER' ? '' : ', and is killed'}`;
	Retry(`only poison segments fail, ${way}`, () => {
		const text = 'a b c d e f g h i j k l m n o p';
		for (const poison of [['a'], ['p'], ['h', 'i'], ['a', 'd', 'p'], text.split(' ')]) {
			const { failed, attempts } = play(reel(text), new Set(poison), { known, failure });
			assert.equal(failed, poison);
			assert.ok(attempts <= 4 * 16 * (MAX_ATTEMPTS + (failure.class === 'WORKER' ? 0 : MAX_LOSSES)));
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
