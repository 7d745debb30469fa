import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type KillLoop, openKillLoop } from '../support/kill-loop.ts';
import { type CalmRun, runCalmly, strikeEach } from '../support/strike-each.ts';

const Kill = suite('kill/kill-loop');

let loop: KillLoop;
let calm: CalmRun;

Kill.before(async () => {
	loop = await openKillLoop({ source: 'test/support/run-small-campaign.ts', arguments: [], limitMs: 30_000 });
	calm = await runCalmly(loop);
});

Kill.after(async () => {
	await loop.close();
});

Kill('a run without a fault makes two videos of three segments, and every kind of disk call', async () => {
	assert.is(Object.keys(calm.tree).length, 5);
	const kinds = new Set(calm.calls.map((call) => call.split(' ')[0]));
	for (const kind of ['create', 'write', 'fsync', 'rename', 'mkdir']) assert.ok(kinds.has(kind), `${kind} of ${[...kinds].join(', ')}`);
	assert.ok(calm.calls.length > 40, `${calm.calls.length} calls`);
});

/** Every call in the long run, spread ones in the short. */
const STEP = process.env['REELFORM_SOAK'] === '1' ? 1 : 4;

for (const action of ['kill', 'EIO', 'ENOSPC'] as const)
	Kill(`after ${action} at the n-th disk call, the next run makes the very same files and leaves nothing`, async () => {
		assert.equal(await strikeEach(loop, calm, { action, step: action === 'kill' ? Math.max(1, STEP - 1) : STEP * 2 - 1 }), []);
	});

Kill.run();
