import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findSpecs } from '../../src/cli/find-specs.ts';
import { makeDirectory } from '../support/directory.ts';

const Find = suite('cli/find-specs');

Find('every campaign spec of the project is found, sorted, and none of packages, videos, hidden folders or links', () =>
	makeDirectory(async (directory) => {
		const specs = ['b.campaign.yaml', 'specs/a/z.campaign.yaml', 'specs/a.campaign.yaml'];
		const others = [
			...['node_modules/p/p.campaign.yaml', 'specs/node_modules/p.campaign.yaml', 'out/launch/o.campaign.yaml'],
			...['.reelform/h.campaign.yaml', 'specs/.old/h.campaign.yaml', 'specs/notes.yaml', 'specs/a.campaign.lock.yaml'],
		];
		for (const file of [...specs, ...others]) {
			await mkdir(dirname(join(directory, file)), { recursive: true });
			await writeFile(join(directory, file), '');
		}
		await symlink(directory, join(directory, 'specs/loop'));
		assert.equal(await findSpecs(directory), [...specs].sort());
		assert.equal(await findSpecs(join(directory, 'nowhere')), []);
	}),
);

Find.run();
