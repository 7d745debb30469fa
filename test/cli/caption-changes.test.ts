import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCaptionChanges } from '../../src/cli/caption-changes.ts';
import { isClean } from '../../src/cli/views/plan.ts';
import type { CaptionPage } from '../../src/model/audio.ts';
import { samplePlan } from './sample-plan.ts';

const Captions = suite('cli/caption-changes');

const pages: readonly CaptionPage[] = [{ start: 0, end: 1, text: 'Hi', words: [{ text: 'Hi', start: 0, end: 1 }] } as CaptionPage];
const plan = {
	...samplePlan({
		outputs: { 'tall/15s/one/buy': ['111'], 'wide/15s/one/buy': ['111'], 'mute/15s/one/buy': ['111'] },
		stored: ['111'],
		changes: { 'tall/15s/one/buy': 'unchanged', 'wide/15s/one/buy': 'unchanged', 'mute/15s/one/buy': 'unchanged' },
	}),
	captions: { 'tall/15s/one/buy': pages, 'wide/15s/one/buy': pages },
};

Captions('a plan whose captions are all in place is as it was, and nobody looks for captions of outputs without', async () => {
	const asked: string[] = [];
	const found = await withCaptionChanges(plan, async ({ id }, captions) => {
		asked.push(id);
		return captions === pages;
	});
	assert.is(found, plan);
	assert.ok(isClean(found.plan));
	assert.equal(asked, ['tall/15s/one/buy', 'wide/15s/one/buy']);
});

Captions('an output whose captions are not in place is one that changes', async () => {
	const found = await withCaptionChanges(plan, async ({ id }) => id !== 'wide/15s/one/buy');
	assert.not.ok(isClean(found.plan));
	assert.equal(
		found.plan.changes.map(({ id, change }) => [id, change]),
		[
			['tall/15s/one/buy', 'unchanged'],
			['wide/15s/one/buy', 'changed'],
			['mute/15s/one/buy', 'unchanged'],
		],
	);
});

Captions.run();
