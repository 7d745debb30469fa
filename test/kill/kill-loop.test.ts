import { rm } from 'node:fs/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type FaultAction, type KillLoop, openKillLoop } from '../support/kill-loop.ts';

const Kill = suite('kill/kill-loop');

let loop: KillLoop;
let golden: Readonly<Record<string, string>> = {};
let calls: readonly string[] = [];

Kill.before(async () => {
	loop = await openKillLoop();
	const folder = await loop.makeFolder();
	const end = await loop.run(folder, { action: 'kill', nth: 0 });
	assert.is(end.code, 0, end.output);
	golden = await loop.tree(folder);
	calls = end.calls;
});

Kill.after(async () => {
	await loop.close();
});

Kill('a run without a fault makes two videos of three segments, and every kind of disk call', async () => {
	assert.is(Object.keys(golden).length, 5);
	const kinds = new Set(calls.map((call) => call.split(' ')[0]));
	for (const kind of ['create', 'write', 'fsync', 'rename', 'mkdir']) assert.ok(kinds.has(kind), `${kind} of ${[...kinds].join(', ')}`);
	assert.ok(calls.length > 40, `${calls.length} calls`);
});

/** Every n-th call struck on its own: the run after it ends with the same bytes, and nothing is left over. */
const strikeEach = async (action: FaultAction, step: number): Promise<void> => {
	const wanted = Array.from({ length: Math.ceil((calls.length + 2) / step) }, (_, i) => 1 + i * step);
	const problems: string[] = [];
	const lane = async (): Promise<void> => {
		for (let nth = wanted.shift(); nth !== undefined; nth = wanted.shift()) {
			const folder = await loop.makeFolder();
			const struck = await loop.run(folder, { action, nth });
			const name = `${action} at call ${nth} (${struck.calls[nth - 1] ?? 'never reached'})`;
			if (struck.code === null && struck.signal !== 'SIGKILL') problems.push(`${name}: ended by ${struck.signal}`);
			if (action === 'kill' && struck.calls.length >= nth && struck.signal !== 'SIGKILL') problems.push(`${name}: was not killed`);
			if (/internal error|at .*\(file:/.test(struck.output)) problems.push(`${name}: ${struck.output.slice(0, 300)}`);
			// A file in the making keeps its temporary name; only final names promise anything.
			const partial = Object.entries(await loop.tree(folder)).filter(
				([file, hash]) => golden[file] !== hash && !file.includes('.reelform-'),
			);
			if (partial.length > 0) problems.push(`${name}: left ${partial.map(([file]) => file).join(', ')} with other bytes`);
			const again = await loop.run(folder, { action: 'kill', nth: 0 });
			if (again.code !== 0) problems.push(`${name}: the next run ended with ${again.code}: ${again.output.slice(0, 300)}`);
			const tree = await loop.tree(folder);
			if (JSON.stringify(tree) !== JSON.stringify(golden)) problems.push(`${name}: the next run made other files`);
			const left = await loop.leftovers(folder);
			if (left.length > 0) problems.push(`${name}: left over ${left.join(', ')}`);
			await rm(folder, { recursive: true, force: true });
		}
	};
	await Promise.all([lane(), lane()]);
	assert.equal(problems, []);
};

/** Every call in the long run, spread ones in the short. */
const STEP = process.env['REELFORM_SOAK'] === '1' ? 1 : 4;

for (const action of ['kill', 'EIO', 'ENOSPC'] as const)
	Kill(`after ${action} at the n-th disk call, the next run makes the very same files and leaves nothing`, () =>
		strikeEach(action, action === 'kill' ? Math.max(1, STEP - 1) : STEP * 2 - 1),
	);

Kill.run();
