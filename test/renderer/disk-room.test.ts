import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RenderFailure } from '../../src/model/failure.ts';
import { needOf, type RoomOf, requireRoom, systemRoom } from '../../src/renderer/disk-room.ts';
import { makeCampaign } from '../support/campaign.ts';
import { makeDirectory } from '../support/directory.ts';

const Room = suite('renderer/disk-room');

const places = { store: '/store', outputs: '/out' };
const rooms =
	(free: Readonly<Record<string, { readonly device: number; readonly free: number } | null>>): RoomOf =>
	async (path) =>
		free[path] ?? null;

const GB = 1e9;
const need = { storeBytes: 2 * GB, outputBytes: 4 * GB };

for (const [name, free, refused] of [
	['enough on two disks', { '/store': { device: 1, free: 3 * GB }, '/out': { device: 2, free: 6 * GB } }, null],
	[
		'both on one disk need the sum',
		{ '/store': { device: 1, free: 6 * GB }, '/out': { device: 1, free: 6 * GB } },
		'/out has too little room: about 7,567 MB are needed, 6,000 MB are free',
	],
	[
		'too little for the store',
		{ '/store': { device: 1, free: 2 * GB }, '/out': { device: 2, free: 9 * GB } },
		'/store has too little room: about 2,567 MB are needed, 2,000 MB are free',
	],
	[
		'too little for the outputs',
		{ '/store': { device: 1, free: 3 * GB }, '/out': { device: 2, free: 1 * GB } },
		'/out has too little room: about 5,067 MB are needed, 1,000 MB are free',
	],
	['nothing is known', {}, null],
	['only the outputs are known', { '/out': { device: 2, free: 6 * GB } }, null],
] as const) {
	Room(name, async () => {
		const failure = await requireRoom(need, places, rooms(free)).then(
			() => null,
			(error) => (error instanceof RenderFailure ? error.failure : error),
		);
		assert.is(failure?.message ?? null, refused);
		if (refused !== null) assert.is(failure?.class, 'DISK');
	});
}

Room('nothing to write needs no room', () =>
	requireRoom({ storeBytes: 0, outputBytes: 0 }, places, rooms({ '/store': { device: 1, free: 0 }, '/out': { device: 1, free: 0 } })),
);

Room('what is needed follows the frames, and what the store has measured', () =>
	makeDirectory(async (directory) => {
		const { plan, key } = await makeCampaign(directory, { one: 'a10 s10', two: 's10' });
		const { outputs } = plan.plan;
		const guess = needOf(plan, outputs, new Map());
		assert.is(guess.outputBytes, guess.storeBytes * 1.5);
		const record = { key: key('s10'), sha256: 'x', bytes: 5_000, frames: 10, width: 1000, height: 1000, fps: 10, costMs: 1 };
		const { width, height } = plan.messages[key('a10')]!.canvas;
		const measured = needOf(plan, outputs, new Map([[key('s10'), record]]));
		assert.is(Math.round(measured.storeBytes), Math.round((5_000 * width * height) / 1e6));
		assert.is(Math.round(measured.outputBytes), Math.round(10_000 + measured.storeBytes));
	}),
);

Room('this machine tells its room, also for a folder that is not there yet', () =>
	makeDirectory(async (directory) => {
		const [there, later] = await Promise.all([systemRoom(directory), systemRoom(`${directory}/a/b/c`)]);
		assert.ok(there !== null && there.free > 0);
		assert.is(later?.device, there.device);
	}),
);

Room.run();
