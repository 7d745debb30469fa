import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readAssetSettings, withKeys } from '../../../src/providers/assets/resolve-settings.ts';
import { inFolder } from '../project-folder.ts';

const Settings = suite('providers/assets/resolve-settings');

Settings('a folder without the file has no settings', () =>
	inFolder({}, async (folder) => assert.equal(await readAssetSettings(folder), { ok: true, value: {} })),
);

Settings('what the file exports is checked and given back', () =>
	inFolder({ 'reelform.assets.mjs': 'export default { maxCost: 2 };' }, async (folder) =>
		assert.equal(await readAssetSettings(folder), { ok: true, value: { maxCost: 2 } }),
	),
);

for (const [title, text, why] of [
	['a file without a default', 'export const maxCost = 2;', /it has no default export/],
	['a file that fails', 'throw new Error("s3cr3t");', /it fails when it is read/],
	['a file that is no module', 'export default (;', /it is no JavaScript module: Unexpected token/],
	['a file that imports what is not there', 'import "@nobody/nothing-s3cr3t";', /what it imports is not installed/],
	['a file with an unknown setting', 'export default { maxCosts: 2 };', /maxCosts/],
] as const) {
	Settings(`${title} is RF4246`, () =>
		inFolder({ 'reelform.assets.mjs': text }, async (folder) => {
			const read = await readAssetSettings(folder);
			assert.ok(!read.ok);
			assert.is(read.problem.code, 'RF4246');
			assert.match(read.problem.summary, why);
			assert.not.match(JSON.stringify(read), /s3cr3t/);
		}),
	);
}

Settings('keys of the settings stand in for those that the environment lacks', () => {
	const keys = withKeys({ PEXELS_API_KEY: 'own' }, { providers: { pexels: { apiKey: 'a' }, unsplash: { apiKey: 'b' } } });
	assert.equal(keys, { PEXELS_API_KEY: 'own', UNSPLASH_ACCESS_KEY: 'b' });
});

Settings.run();
