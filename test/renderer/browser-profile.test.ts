import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeProfile, sweepProfiles } from '../../src/renderer/browser-profile.ts';
import { makeDirectory } from '../support/directory.ts';

const Profile = suite('renderer/browser-profile');

/** The number of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

Profile('a profile is its owner’s alone, and is gone when it is removed', () =>
	makeDirectory(async (parent) => {
		const profile = await makeProfile(parent);
		assert.is((await stat(profile.directory)).mode & 0o777, 0o700);
		assert.ok(existsSync(profile.fontconfigFile));
		await profile.remove();
		await profile.remove();
		assert.equal(await readdir(parent), []);
	}),
);

Profile('profiles of processes that are gone are swept, those of living ones and everything else stays', () =>
	makeDirectory(async (parent) => {
		const { directory } = await makeProfile(parent);
		const abandoned = join(parent, `reelform-profile-${deadPid()}-abCD12`);
		const others = ['reelform-profile-notes', `else-${deadPid()}-abCD12`, `reelform-profile-${process.ppid}-abCD12`];
		for (const folder of [abandoned, ...others.map((name) => join(parent, name))]) await mkdir(folder);
		await writeFile(join(abandoned, 'Local State'), '{}');
		await sweepProfiles(parent);
		assert.not.ok(existsSync(abandoned));
		assert.ok(existsSync(directory));
		for (const name of others) assert.ok(existsSync(join(parent, name)), name);
	}),
);

Profile('a folder that is not there has nothing to sweep', () => makeDirectory((parent) => sweepProfiles(join(parent, 'nowhere'))));

Profile.run();
