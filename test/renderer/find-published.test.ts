import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RenderFailure } from '../../src/model/failure.ts';
import type { SegmentKey } from '../../src/model/keys.ts';
import { openFileStore } from '../../src/renderer/file-store.ts';
import { nodeFileSystem } from '../../src/renderer/file-system.ts';
import { openOutputDoubts } from '../../src/renderer/output-records.ts';
import { type Campaign, makeCampaign } from '../support/campaign.ts';
import { makeDirectory } from '../support/directory.ts';
import { plantSegment } from '../support/plant-segment.ts';

const Published = suite('renderer/find-published');

const inCampaign = (title: string, test: (campaign: Campaign) => Promise<void>): void => {
	Published(title, () => makeDirectory(async (directory) => test(await makeCampaign(directory, { one: 'a4 b4', two: 'b4 c4' }))));
};

const storeOf = ({ directory }: Campaign) => openFileStore(join(directory, '.reelform/store'));
const doubtsOf = ({ directory }: Campaign, fs = nodeFileSystem) => openOutputDoubts({ fs, folder: join(directory, '.reelform/outputs') });

inCampaign('an output of a segment that was wrong is made again, with the right bytes, and the others are left alone', async (campaign) => {
	await campaign.run();
	const right = await campaign.published();
	await plantSegment(campaign, campaign.key('c4'), campaign.key('a4'));
	await rm(join(campaign.directory, 'out'), { recursive: true });
	await campaign.run();
	assert.not.equal((await campaign.published())['one.mp4'], right['one.mp4'], 'the planted segment is seen');

	await storeOf(campaign).distrust(campaign.key('a4'));
	assert.is((await campaign.run()).summary.outputs.unchanged, 2, 'a segment that is gone says nothing about the files that it was in');
	assert.equal(await doubtsOf(campaign).doubt(campaign.key('a4')), [join(campaign.directory, 'out/one.mp4')]);
	const { summary } = await campaign.run();
	assert.equal(summary.outputs, { finished: 1, unchanged: 1, failed: 0 });
	assert.equal(await campaign.published(), right);
	assert.is((await campaign.run()).summary.outputs.unchanged, 2, 'the file that was made again is beyond doubt');
});

inCampaign('files that are gone are not named', async (campaign) => {
	await campaign.run();
	await rm(join(campaign.directory, 'out/one.mp4'));
	assert.equal(await doubtsOf(campaign).doubt(campaign.key('b4')), [join(campaign.directory, 'out/two.mp4')]);
	assert.equal(await doubtsOf(campaign).doubt(campaign.key('b4').replace(/^./, 'x') as SegmentKey), []);
});

inCampaign('a doubt that cannot be written down is a failure', async (campaign) => {
	await campaign.run();
	const full = { ...nodeFileSystem, rename: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })) };
	const error = await doubtsOf(campaign, full)
		.doubt(campaign.key('b4'))
		.catch((error: unknown) => error);
	assert.instance(error, RenderFailure);
	assert.is((error as RenderFailure).failure.class, 'DISK');
});

Published.run();
