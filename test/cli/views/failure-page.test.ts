import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Colors } from '../../../src/cli/terminal.ts';
import { failurePage, gatherFailures } from '../../../src/cli/views/failure-page.ts';

const Page = suite('cli/views/failure-page');

const plain = new Proxy({}, { get: () => (text: string) => text }) as Colors;

Page('failures of one cause are one block, the largest first, with code, cause, cure and journal', () => {
	const failures = gatherFailures();
	failures.add('one.mp4', { class: 'PAGE', message: 'no picture' });
	for (const name of ['a', 'b', 'c', 'd']) failures.add(`${name}.mp4`, { class: 'OOM', message: 'the memory is used up' });
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

Page('ten thousand causes are still one page, and no failure is lost', () => {
	const failures = gatherFailures();
	for (let i = 0; i < 10_000; i++) failures.add(`${i}.mp4`, { class: 'PAGE', message: `cause ${i}` });
	const page = failurePage(failures.groups(), 'journal', plain);
	assert.ok(page.split('\n').length < 60);
	assert.match(page, /^10,000 videos could not be made:/);
});

Page.run();
