import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RenderFailure } from '../../src/model/failure.ts';
import { type AssetFile, type BundleOrder, bundleEntry, bundleKey, placeAssets } from '../../src/renderer/bundle.ts';
import { sealBundle } from '../../src/renderer/bundle-seal.ts';
import { ENTRY, standInBundle } from '../support/machine.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const Bundling = suite('renderer/bundle');

const order: BundleOrder = {
	entry: ENTRY,
	runtime: { file: '/runtime/index.js', hash: 'a' },
	componentHashes: ['b', 'c'],
	cacheDirectory: '/cache',
};

for (const [title, changed, version] of [
	['the entry', { ...order, entry: `${ENTRY} ` }, '4.0.1'],
	['the runtime', { ...order, runtime: { ...order.runtime, hash: 'd' } }, '4.0.1'],
	['a component', { ...order, componentHashes: ['b', 'd'] }, '4.0.1'],
	['where one component ends', { ...order, componentHashes: ['bc'] }, '4.0.1'],
	['the version of Remotion', order, '4.0.2'],
] as const)
	Bundling(`another bundle is made when ${title} changes`, () => assert.is.not(bundleKey(changed, version), bundleKey(order, '4.0.1')));

Bundling('where things lie on the machine makes no other bundle', () => {
	const moved = { ...order, runtime: { ...order.runtime, file: '/elsewhere' }, cacheDirectory: '/elsewhere' };
	assert.is(bundleKey(moved, '4.0.1'), bundleKey(order, '4.0.1'));
});

Bundling('a bundle is whole, made once, found again, and made where there are no packages', async () => {
	const cache = join(temporaryDirectory(), 'bundles');
	const directory = process.cwd();
	const made = await standInBundle(cache);
	assert.not(made.reused);
	assert.is(process.cwd(), directory);
	assert.equal(await readdir(cache), [made.key]);
	for (const file of ['index.html', 'bundle.js']) assert.ok((await readdir(made.directory)).includes(file));
	assert.equal(await standInBundle(cache), { ...made, reused: true });
	const html = await readFile(join(made.directory, 'index.html'), 'utf8');
	assert.not.match(html, /(src|href)=["']?(https?:)?\/\//);
});

Bundling('a bundle that is there is used without looking into the code', async () => {
	const cacheDirectory = temporaryDirectory();
	const version = JSON.parse(await readFile('node_modules/remotion/package.json', 'utf8')).version;
	const key = bundleKey(order, version);
	await mkdir(join(cacheDirectory, key));
	await writeFile(join(cacheDirectory, key, 'index.html'), '');
	await sealBundle(join(cacheDirectory, key));
	assert.equal(await bundleEntry({ ...order, cacheDirectory }), { directory: join(cacheDirectory, key), key, reused: true });
});

for (const [title, damage] of [
	['lost bytes', (bundle) => truncate(join(bundle, 'bundle.js'), 1000)],
	['has other code', (bundle) => writeFile(join(bundle, 'bundle.js'), 'window.other = 1;')],
	['lost a file', (bundle) => rm(join(bundle, 'bundle.js'))],
	['lost its seal', (bundle) => rm(join(bundle, 'seal'))],
] as const satisfies readonly (readonly [string, (bundle: string) => Promise<void>])[])
	Bundling(`a bundle that ${title} is made anew, and its assets are put there again`, async () => {
		const cache = join(temporaryDirectory(), 'bundles');
		const made = await standInBundle(cache);
		await damage(made.directory);
		assert.equal(await standInBundle(cache), { ...made, reused: false });
		assert.match(await readFile(join(made.directory, 'bundle.js'), 'utf8'), 'remotion_setFrame');
		assert.equal(await readdir(cache), [made.key]);
		assert.ok((await standInBundle(cache)).reused);
	});

Bundling('code that cannot be bundled is a failure that names it, and leaves nothing', async () => {
	const cacheDirectory = temporaryDirectory();
	const entry = `import { registerRoot } from 'remotion';\nimport { x } from './missing-file.ts';\nregisterRoot(x);\n`;
	const error = await bundleEntry({ ...order, entry, cacheDirectory }).catch((e: unknown) => e);
	assert.instance(error, RenderFailure);
	const { failure } = error as RenderFailure;
	assert.is(failure.class, 'BUNDLE');
	assert.match(failure.message + failure.detail, 'missing-file');
	assert.equal(await readdir(cacheDirectory), []);
});

const makeAsset = async (directory: string, content: string): Promise<AssetFile> => {
	const path = join(directory, 'source.svg');
	await writeFile(path, content);
	return { sha256: createHash('sha256').update(content).digest('hex'), extension: 'svg', path };
};

Bundling('assets are placed by content, again and again, by several at once', async () => {
	const directory = temporaryDirectory();
	const asset = await makeAsset(directory, '<svg/>');
	await Promise.all([1, 2, 3].map(() => placeAssets(directory, [asset, asset])));
	await placeAssets(directory, [asset]);
	const placed = join(directory, 'public', 'assets');
	assert.equal(await readdir(placed), [`${asset.sha256}.svg`]);
	await writeFile(asset.path, 'edited in place');
	assert.is(await readFile(join(placed, `${asset.sha256}.svg`), 'utf8'), '<svg/>');
});

Bundling('an asset that is damaged in the bundle is placed anew', async () => {
	const directory = temporaryDirectory();
	const asset = await makeAsset(directory, '<svg/>');
	await placeAssets(directory, [asset]);
	const placed = join(directory, 'public', 'assets', `${asset.sha256}.svg`);
	await writeFile(placed, 'damaged');
	await placeAssets(directory, [asset]);
	assert.is(await readFile(placed, 'utf8'), '<svg/>');
});

Bundling('a read-only or linked source is copied all the same', async () => {
	const directory = temporaryDirectory();
	const asset = await makeAsset(directory, '<svg/>');
	await chmod(asset.path, 0o444);
	const link = join(directory, 'link.svg');
	await symlink(asset.path, link);
	await placeAssets(directory, [{ ...asset, path: link }]);
	await placeAssets(directory, [asset]);
	assert.equal(await readdir(join(directory, 'public', 'assets')), [`${asset.sha256}.svg`]);
});

for (const [title, edit, failureClass] of [
	['a file that has changed since it was planned is never drawn', async ({ path }: AssetFile) => writeFile(path, 'other'), 'INPUT_CHANGED'],
	['a file that is gone is a failure', async (asset: AssetFile) => void Object.assign(asset, { path: '/gone/file' }), 'DISK'],
] as const)
	Bundling(title, async () => {
		const directory = temporaryDirectory();
		const asset = await makeAsset(directory, '<svg/>');
		await edit(asset);
		const error = await placeAssets(directory, [asset]).catch((e: unknown) => e);
		assert.is((error as RenderFailure).failure.class, failureClass);
		assert.equal(await readdir(join(directory, 'public', 'assets')), []);
	});

Bundling.run();
