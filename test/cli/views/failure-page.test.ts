import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Colors } from '../../../src/cli/terminal.ts';
import { failurePage, gatherFailures } from '../../../src/cli/views/failure-page.ts';
import type { RenderEvent } from '../../../src/model/events.ts';
import type { Failure } from '../../../src/model/failure.ts';

const Page = suite('cli/views/failure-page');

const plain = new Proxy({}, { get: () => (text: string) => text }) as Colors;
const lost = (path: string, failure: Failure): RenderEvent => ({ type: 'output-failed', output: path, path, failure });

Page('failures of one cause are one block, the largest first, with code, cause, cure and journal', () => {
	const failures = gatherFailures();
	failures.add(lost('one.mp4', { class: 'PAGE', message: 'no picture' }));
	for (const name of ['a', 'b', 'c', 'd']) failures.add(lost(`${name}.mp4`, { class: 'OOM', message: 'the memory is used up' }));
	failures.add(lost('cut.mp4', { class: 'ABORTED', message: 'interrupted' }));
	assert.is(
		failurePage(failures.groups(), '.reelform/runs/1.ndjson', plain),
		[
			'5 videos could not be made:',
			'RF6011 OOM  4 videos',
			'  cause: the memory is used up',
			'  which: a.mp4, b.mp4, c.mp4 and 1 more',
			'  cure:  lower --concurrency or --max-memory, or give the machine more',
			'RF6004 PAGE  1 video',
			'  cause: no picture',
			'  which: one.mp4',
			'  cure:  mend the component or the picture that is named, then run it again',
			'The whole story: .reelform/runs/1.ndjson',
			'',
		].join('\n'),
	);
});

Page('what rows cost is grouped by class and code with examples, and what was made without a picture comes last', () => {
	const failures = gatherFailures();
	for (const row of [1, 2, 3, 4]) {
		const failure: Failure = { class: 'NETWORK', code: 'RF4213', message: `logo: https://example.com/${row}.png answers with status 503` };
		failures.add({ type: 'picture-replaced', source: 'recipients', row, key: `k${row}`, failure });
	}
	for (const row of [7, 8])
		failures.add({
			...{ type: 'row-skipped', source: 'recipients', row, key: row === 7 ? null : 'h' },
			failure: { class: 'DATA', code: 'RF4204', message: `deals: "${row}x" is no number` },
		});
	failures.add(lost('a.mp4', { class: 'USER', code: 'RF3014', message: 'the text does not fit' }));
	failures.add({ type: 'rows-cut', failure: { class: 'DATA', code: 'RF4200', message: 'the file cannot be read: EIO' } });
	assert.is(
		failurePage(failures.groups(), 'journal', plain),
		[
			'1 video could not be made, 2 rows left out, rows not read to their end, 4 pictures replaced:',
			'RF4204 DATA  2 rows',
			'  cause: deals: "7x" is no number',
			'  which: recipients row 7, recipients row 8 (key h)',
			'  cure:  mend the row, then run `reelform retry`',
			'RF3014 USER  1 video',
			'  cause: the text does not fit',
			'  which: a.mp4',
			'  cure:  mend the spec where it is named, then run it again',
			'RF4200 DATA  rows not reached',
			'  cause: the file cannot be read: EIO',
			'  which: all rows after those that were rendered',
			'  cure:  mend the source, then run it again',
			'RF4213 NETWORK  4 pictures',
			'  cause: logo: https://example.com/1.png answers with status 503',
			'  which: recipients row 1 (key k1), recipients row 2 (key k2), recipients row 3 (key k3) and 1 more',
			'  cure:  the videos are there, without it: mend the row, or run `reelform render` again when the picture can be had',
			'The whole story: journal',
			'',
		].join('\n'),
	);
});

for (const [what, failure] of [
	['causes', (i: number): Failure => ({ class: 'PAGE', message: `cause ${i}` })],
	['rows of one code', (i: number): Failure => ({ class: 'DATA', code: 'RF4204', message: `deals: "${i}x" is no number` })],
] as const)
	Page(`ten thousand ${what} are still one page, and no failure is lost`, () => {
		const failures = gatherFailures();
		for (let i = 0; i < 10_000; i++) failures.add(lost(`${i}.mp4`, failure(i)));
		const page = failurePage(failures.groups(), 'journal', plain);
		assert.ok(page.split('\n').length < 60);
		assert.match(page, /^10,000 videos could not be made:/);
	});

Page.run();
