import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PictureFinding } from '../../src/model/media.ts';
import type { SegmentRecord } from '../../src/ports/segment-store.ts';
import { assemble } from '../../src/renderer/assemble.ts';
import type { PictureCheck } from '../../src/renderer/check-pictures.ts';
import { nodeFileSystem } from '../../src/renderer/file-system.ts';
import { compareWithParts } from '../../src/renderer/look-at-segments.ts';
import { anyKey } from '../fakes/segments.ts';
import { makeCampaign } from '../support/campaign.ts';
import { makeDirectory } from '../support/directory.ts';
import { plantSegment } from '../support/plant-segment.ts';
import { makeSegmentFile } from '../support/segment-files.ts';

const Look = suite('renderer/look-at-segments');

const three = { one: 'a12 s7 b9', two: 'c5 s7 d8', three: 's7 a12' } as const;
const finding = { frame: 3, measured: 'all of it is #000000', expected: 'something' } as const;

/** Finds something in one segment, as many times as it is looked at. */
const blind = (segment: string, kind: PictureFinding['kind'], times = Number.POSITIVE_INFINITY): PictureCheck => {
	const seen: string[] = [];
	return {
		look: async ({ key }) => (key === segment && seen.push(key) <= times ? [{ ...finding, kind, segment: key }] : []),
		accept: async () => {},
	};
};

Look('a segment with wrong pictures is drawn again, and when it is right then, every output is made', () =>
	makeDirectory(async (directory) => {
		const campaign = await makeCampaign(directory, three);
		const { events, summary } = await campaign.run({ pictures: blind(campaign.key('b9'), 'flat', 1) });
		assert.equal(summary.outputs, { finished: 3, unchanged: 0, failed: 0 });
		const [failed] = events.flatMap((event) => (event.type === 'segment-failed' ? [event] : []));
		assert.equal([failed?.segment, failed?.willRetry, failed?.failure.class], [campaign.key('b9'), true, 'OUTPUT']);
		assert.is(await campaign.picturesDrawn(), 41 + 9);
	}),
);

Look('a file that an earlier run made of the wrong pictures is made again by the next run', () =>
	makeDirectory(async (directory) => {
		const earlier = await makeCampaign(directory, { one: 'a4 b4', two: 'c4' });
		await earlier.run();
		const right = await earlier.published();
		await plantSegment(earlier, earlier.key('c4'), earlier.key('a4'));
		await rm(join(directory, 'out'), { recursive: true });
		await earlier.run();
		assert.not.equal((await earlier.published())['one.mp4'], right['one.mp4']);

		const later = await makeCampaign(directory, { one: 'a4 b4', two: 'c4', three: 'a4' });
		const { summary } = await later.run({ pictures: blind(later.key('a4'), 'flat', 1) });
		assert.equal(summary.outputs, { finished: 1, unchanged: 2, failed: 0 });
		assert.equal((await earlier.run()).summary.outputs, { finished: 1, unchanged: 1, failed: 0 });
		assert.is((await earlier.published())['one.mp4'], right['one.mp4']);
	}),
);

Look('one that stays wrong costs its outputs, which are kept aside with what was seen; the others are made', () =>
	makeDirectory(async (directory) => {
		const campaign = await makeCampaign(directory, three);
		const { events, summary } = await campaign.run({ pictures: blind(campaign.key('b9'), 'missing-text') });
		assert.equal(summary.outputs, { finished: 2, unchanged: 0, failed: 1 });
		assert.equal(Object.keys(await campaign.published()), ['three.mp4', 'two.mp4']);
		const [failed] = events.flatMap((event) => (event.type === 'output-failed' ? [event] : []));
		assert.equal([failed?.output, failed?.failure.class], ['one', 'OUTPUT']);
		assert.match(failed?.failure.message ?? '', /a text is missing at frame 22 \(frame 3 of segment [0-9a-f]{12}\): all of it is #000000/);
		const folder = join(directory, '.reelform/rejected');
		const names = (await readdir(folder)).sort();
		assert.is(names.length, 2);
		const report = JSON.parse(await readFile(join(folder, names.find((name) => name.endsWith('.json'))!), 'utf8'));
		assert.is(report.output, 'one.mp4');
		assert.equal(report.pictures, [{ ...finding, kind: 'missing-text', segment: campaign.key('b9'), outputFrame: 22 }]);
	}),
);

Look('an image of one colour that is drawn the same again is what it is', () =>
	makeDirectory(async (directory) => {
		const campaign = await makeCampaign(directory, { one: 'b9' });
		const { summary } = await campaign.run({ pictures: blind(campaign.key('b9'), 'no-image') });
		assert.equal(summary.outputs, { finished: 1, unchanged: 0, failed: 0 });
	}),
);

Look('what may move unseen and is drawn the same again is accepted once and for all', () =>
	makeDirectory(async (directory) => {
		const campaign = await makeCampaign(directory, { one: 'b9', two: 'b9 c4' });
		const accepted: string[] = [];
		const unsure = blind(campaign.key('b9'), 'standstill');
		const pictures: PictureCheck = {
			look: async (segment, signal) => (accepted.includes(segment.sha256) ? [] : unsure.look(segment, signal)),
			accept: async (sha256) => void accepted.push(sha256),
		};
		const { summary } = await campaign.run({ pictures });
		assert.equal(summary.outputs, { finished: 2, unchanged: 0, failed: 0 });
		assert.is(new Set(accepted).size, 1);
		assert.is(await campaign.picturesDrawn(), 9 + 4 + 9);
	}),
);

Look('segments of equal length that changed places are found', () =>
	makeDirectory(async (directory) => {
		const paths = await Promise.all(['#a00000', '#00a000'].map((color) => makeSegmentFile(directory, { frames: 8, color })));
		const parts = paths.map((path, i) => {
			const key = anyKey(i === 0 ? 'a' : 'b');
			return { path, frames: 8, record: { key, sha256: path } as SegmentRecord };
		});
		const join2 = async (name: string, order: readonly number[]) => {
			const file = join(directory, name);
			await assemble(nodeFileSystem, { parts: order.map((i) => parts[i]!), fps: 10, file }, new AbortController().signal);
			return compareWithParts({ fs: nodeFileSystem, digests: new Map() }, file, parts);
		};
		assert.equal(await join2('right.mp4', [0, 1]), []);
		const found = await join2('swapped.mp4', [1, 0]);
		assert.equal(
			found.map(({ kind, segment }) => [kind, segment]),
			[
				['other-segment', anyKey('a')],
				['other-segment', anyKey('b')],
			],
		);
		assert.match(found[1]?.measured ?? '', /the packets of segment aaaaaaaaaaaa/);
	}),
);

Look.run();
