import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { firstSpec } from '../../src/cli/first-spec.ts';
import { inFolder } from '../providers/project-folder.ts';
import { cliFile } from '../support/dist.ts';

const Types = suite('cli/types');

const run = (cwd: string, ...args: readonly string[]) =>
	spawnSync(process.execPath, [cliFile, 'types', ...args], { cwd, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });

const spec = firstSpec('launch', null);

Types('the types are written beside the spec once, and are current after that', async () => {
	await inFolder({ 'specs/launch.campaign.yaml': spec }, async (folder) => {
		const first = run(folder, 'specs/launch.campaign.yaml');
		assert.equal([first.status, first.stdout, first.stderr], [0, 'Wrote specs/reelform.d.ts\n', '']);
		const written = readFileSync(join(folder, 'specs/reelform.d.ts'), 'utf8');
		assert.match(written, 'export type Platform = ');
		const again = run(folder, 'specs/launch.campaign.yaml', '--json');
		assert.equal(JSON.parse(again.stdout), { formatVersion: 1, file: 'specs/reelform.d.ts', state: 'current' });
		assert.is(readFileSync(join(folder, 'specs/reelform.d.ts'), 'utf8'), written);
	});
});

Types('--check writes nothing: a file that is missing or older than the spec is exit 1', async () => {
	await inFolder({ 'launch.campaign.yaml': spec }, async (folder) => {
		const args = ['launch.campaign.yaml', '--out', 'types/own.d.ts'];
		assert.is(run(folder, ...args, '--check').status, 1);
		assert.is(run(folder, ...args).status, 0);
		assert.is(run(folder, ...args, '--check').status, 0);
		writeFileSync(join(folder, 'launch.campaign.yaml'), spec.replace(/durations: .*/, 'durations: [7]'));
		const stale = run(folder, ...args, '--check');
		assert.equal([stale.status, stale.stdout], [1, 'types/own.d.ts is stale: run `reelform types`\n']);
		assert.not.match(readFileSync(join(folder, 'types/own.d.ts'), 'utf8'), 'Duration = 7;');
	});
});

Types('a spec with a fault is reported and gives no types', async () => {
	await inFolder({ 'bad.campaign.yaml': `${spec}\nplatfroms: [tiktok]\n` }, async (folder) => {
		const { status, stderr } = run(folder, 'bad.campaign.yaml');
		assert.is(status, 1);
		assert.match(stderr, 'RF2001');
	});
});

Types.run();
