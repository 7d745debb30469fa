import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type KillLoop, openKillLoop } from '../support/kill-loop.ts';
import { standInBundle } from '../support/machine.ts';
import { type CalmRun, runCalmly, strikeEach } from '../support/strike-each.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const Kill = suite('kill/real-browser');

let loop: KillLoop;
let calm: CalmRun;

Kill.before(async () => {
	const { directory } = await standInBundle(join(temporaryDirectory(), 'bundles'));
	loop = await openKillLoop({ source: 'test/support/run-drawn-campaign.ts', arguments: [directory], limitMs: 120_000 });
	calm = await runCalmly(loop);
});

Kill.after(async () => {
	await loop.close();
});

Kill('a run without a fault makes two videos of three segments, and calls the disk for the profile of its browser too', async () => {
	assert.is(Object.keys(calm.tree).length, 5);
	assert.ok(
		calm.calls.some((call) => call.includes('reelform-profile-')),
		calm.calls.join('\n'),
	);
});

/** Which calls are struck: every fifth, or what the variable says, in the long run; two of each kind of fault in the short. */
const stepOf = (calls: number): number =>
	process.env['REELFORM_SOAK'] === '1' ? Number(process.env['REELFORM_SOAK_STEP'] ?? 5) : Math.ceil((calls + 2) / 2);

for (const action of ['kill', 'EIO', 'ENOSPC'] as const)
	Kill(`after ${action} at the n-th disk call, the next run makes the very same files, and leaves no browser and no profile`, async () => {
		assert.equal(await strikeEach(loop, calm, { action, step: stepOf(calm.calls.length) }), []);
	});

Kill.run();
