import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nodeFileSystem } from '../../src/renderer/file-system.ts';
import { openPartLeases } from '../../src/renderer/part-leases.ts';
import { makeCampaign } from '../support/campaign.ts';
import { makeDirectory } from '../support/directory.ts';
import { makeAudioMessage, makeCue, music } from '../support/mixes.ts';

const Await = suite('renderer/await-others');

const storeIn = (directory: string): string => join(directory, '.reelform', 'store');
/** A run that lives and holds leases, and draws nothing. */
const idleHolder = (directory: string) => openPartLeases({ fs: nodeFileSystem, directory: storeIn(directory), beatMs: 20 });

Await('what another run holds for too long, living and finishing nothing, is told and drawn here', () =>
	makeDirectory(async (directory) => {
		const campaign = await makeCampaign(directory, { 'one.mp4': 'a8 b8', 'two.mp4': 'c8' }, 1);
		const other = await idleHolder(directory);
		await other.take([campaign.key('a8')]);
		const { events, summary } = await campaign.run({ leases: { patienceMs: 400 } });
		assert.equal(summary.outputs, { finished: 2, unchanged: 0, failed: 0 });
		assert.is(summary.segments.rendered, 3);
		assert.is(events.filter(({ type }) => type === 'segments-awaited').length, 1);
		const failures = events.flatMap((event) =>
			event.type === 'segment-failed' ? [[event.segment, event.failure.class, event.willRetry]] : [],
		);
		assert.equal(failures, [[campaign.key('a8'), 'LOCK', true]]);
		assert.is((await other.take([campaign.key('a8')])).size, 0, 'the lease is still the other run’s');
		await other.close();
		assert.equal(await readdir(join(storeIn(directory), 'leases')), []);
	}),
);

Await('a run that gives back what it held within the patience is not overtaken', () =>
	makeDirectory(async (directory) => {
		const campaign = await makeCampaign(directory, { 'one.mp4': 'a8 b8' }, 1);
		const other = await idleHolder(directory);
		await other.take([campaign.key('a8'), campaign.key('b8')]);
		const types: string[] = [];
		for await (const event of await campaign.start({ leases: { patienceMs: 600_000 } })) {
			types.push(event.type);
			if (event.type === 'segments-awaited') await other.close();
		}
		assert.not(types.includes('segment-failed'));
		assert.ok(types.includes('output-finished'));
	}),
);

const SOUND = { sounds: { 'one.mp4': makeAudioMessage(1.6, [makeCue('music', music(1))], { frames: 16, fps: 10 }) } };

Await('a mix that another run holds for too long, living and finishing nothing, is told and made here', () =>
	makeDirectory(async (directory) => {
		const campaign = await makeCampaign(directory, { 'one.mp4': 'a8 b8', 'two.mp4': 'c8' }, 1, SOUND);
		const other = await idleHolder(directory);
		await other.take([campaign.audio('one.mp4')]);
		const { events, summary } = await campaign.run({ leases: { patienceMs: 400 } });
		assert.equal(summary.outputs, { finished: 2, unchanged: 0, failed: 0 });
		assert.equal(summary.mixes, { mixed: 1, reused: 0, failed: 0 });
		assert.is(events.filter(({ type }) => type === 'mix-awaited').length, 1);
		const failures = events.flatMap((event) => (event.type === 'mix-failed' ? [[event.mix, event.failure.class, event.willRetry]] : []));
		assert.equal(failures, [[campaign.audio('one.mp4'), 'LOCK', true]]);
		await other.close();
		assert.equal(await readdir(join(storeIn(directory), 'leases')), []);
	}),
);

Await('two runs at once mix what both play once', () =>
	makeDirectory(async (directory) => {
		const runs = await Promise.all([1, 2].map(() => makeCampaign(directory, { 'one.mp4': 'a8 b8' }, 1, SOUND)));
		const ends = await Promise.all(runs.map((campaign) => campaign.run()));
		for (const { summary } of ends) assert.is(summary.outputs.failed, 0);
		assert.is(
			ends.reduce((sum, { summary }) => sum + (summary.mixes?.mixed ?? 0), 0),
			1,
		);
		assert.equal(await readdir(join(storeIn(directory), 'leases')), []);
	}),
);

Await.run();
