import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { overlap } from '../../../src/compiler/design/geometry.ts';
import { frameOf, layOut, type Stack } from '../../../src/compiler/design/layout.ts';
import type { StackRole } from '../../../src/compiler/design/mood.ts';
import { moodOf } from '../../../src/compiler/design/moods.ts';
import type { Align, StackItem } from '../../../src/compiler/design/stack.ts';
import type { RegionName } from '../../../src/model/campaign-spec.gen.ts';
import { MOODS, PLATFORMS } from '../../support/scene-requests.ts';
import { seededNumbers } from '../../support/seeded-numbers.ts';

const Layout = suite('compiler/design/layout');

const block = (width: number, height: number, role: StackRole = 'body', align: Align = 'left'): StackItem<string> => ({
	role,
	align,
	stretch: null,
	measure: (room) =>
		width * room.scale > room.width
			? null
			: { width: width * room.scale, height: height * room.scale, overhang: 0, typeSize: null, fitted: role },
});

const stack = (region: Stack<string>['region'], ...items: StackItem<string>[]): Stack<string> => ({ region, items });

const [phone, wide] = [PLATFORMS[0]!, PLATFORMS[1]!];
const calm = moodOf('calm');

Layout('margins are the larger of the safe area and the margin of the mood', () => {
	const { safe } = frameOf(phone, calm);
	assert.is(safe.x, 86.4);
	assert.is(Math.round(safe.x + safe.width), Math.round(1080 * 0.86));
	assert.is(safe.y, 1920 * 0.08);
	assert.is(Math.round(safe.y + safe.height), Math.round(1920 * 0.77));
});

Layout('what is centred stands on the axis of the canvas, whatever the platform covers at one side', () => {
	const { placed } = layOut([stack('center', block(300, 100, 'headline', 'center'))], frameOf(phone, calm), calm);
	const { x, width } = placed[0]!.box;
	assert.is(Math.round(x + width / 2), 540);
});

Layout('a block in the middle sits a little above it', () => {
	const frame = frameOf(wide, calm);
	const { box } = layOut([stack('center', block(300, 100))], frame, calm).placed[0]!;
	const lift = frame.safe.y + frame.safe.height / 2 - (box.y + box.height / 2);
	assert.ok(lift > frame.safe.height * 0.02 && lift < frame.safe.height * 0.03);
});

Layout('stacks of different regions never overlap and stay in the safe area', () => {
	const next = seededNumbers(5);
	const names: readonly RegionName[] = [
		'center',
		'top',
		'bottom',
		'left',
		'right',
		'top-left',
		'top-right',
		'bottom-left',
		'bottom-right',
		'full',
	];
	let placedStacks = 0;
	for (let round = 0; round < 400; round++) {
		const platform = PLATFORMS[Math.floor(next() * PLATFORMS.length)]!;
		const mood = moodOf(MOODS[round % MOODS.length]!);
		const frame = frameOf(platform, mood);
		const regions = names.filter((name) => next() < 0.4 && name !== 'full');
		const stacks = regions.map((name) =>
			stack(
				name,
				...Array.from({ length: 1 + Math.floor(next() * 3) }, () =>
					block(80 + next() * 600, 20 + next() * 400, 'body', next() < 0.5 ? 'left' : 'center'),
				),
			),
		);
		const { placed, failures } = layOut(stacks, frame, mood);
		placedStacks += placed.length;
		assert.ok(placed.length + failures.length > 0 || stacks.length === 0);
		for (const [index, { box }] of placed.entries()) {
			assert.ok(
				box.y >= frame.safe.y - 0.01 && box.y + box.height <= frame.safe.y + frame.safe.height + 0.01,
				`${platform.name} ${regions}`,
			);
			assert.ok(box.x >= frame.safe.x - 0.01 && box.x + box.width <= frame.safe.x + frame.safe.width + 0.01, `${platform.name} ${regions}`);
			for (const other of placed.slice(index + 1)) assert.not(overlap(box, other.box), `${platform.name}: ${regions}`);
		}
	}
	assert.ok(placedStacks > 500);
});

Layout('left and right are columns in landscape', () => {
	const { placed } = layOut([stack('left', block(300, 100)), stack('right', block(300, 100))], frameOf(wide, calm), calm);
	assert.is(placed[0]!.box.y, placed[1]!.box.y);
	assert.ok(placed[0]!.box.x + 300 < placed[1]!.box.x);
});

Layout('left and right are one column in portrait', () => {
	const { placed } = layOut([stack('right', block(300, 100)), stack('left', block(200, 100))], frameOf(phone, calm), calm);
	assert.is(placed.length, 1);
	const [upper, lower] = placed[0]!.items;
	assert.is(upper!.box.width, 200);
	assert.ok(upper!.box.y + 100 < lower!.box.y);
});

Layout('a side that is alone keeps its half in landscape and has the width in portrait', () => {
	const alone = [stack('right', block(300, 100))];
	const frame = frameOf(wide, calm);
	assert.ok(layOut(alone, frame, calm).placed[0]!.box.x > frame.width / 2);
	assert.is(layOut(alone, frameOf(phone, calm), calm).placed[0]!.box.x, frameOf(phone, calm).safe.x);
});

Layout('a box is where it was written, in percent of the safe area', () => {
	const frame = frameOf(wide, calm);
	const region = { x: '50%', y: '0%', width: '50%', height: '50%' };
	const { box } = layOut([stack(region, block(100, 50))], frame, calm).placed[0]!;
	assert.is(box.x, frame.safe.x + frame.safe.width / 2);
	assert.ok(box.y + box.height <= frame.safe.y + frame.safe.height / 2);
});

Layout('a stack that cannot fit names the member in the way', () => {
	const huge: StackItem<string> = {
		...block(100, 100),
		measure: () => ({ width: 100, height: 5000, overhang: 0, typeSize: null, fitted: 'huge' }),
	};
	const { failures } = layOut([stack('center', block(100, 100), huge)], frameOf(wide, calm), calm);
	assert.is(failures.length, 1);
	assert.is(failures[0]!.item, 1);
});

Layout.run();
