import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const House = suite('house');

type LockEntry = { version: string; license?: string; optional?: boolean; dev?: boolean; peer?: boolean };
type Manifest = {
	dependencies: Record<string, string>;
	optionalDependencies: Record<string, string>;
	devDependencies: Record<string, string>;
};

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, LockEntry> };
const installed = Object.entries(lock.packages).filter(([path]) => path.startsWith('node_modules/'));

House('every dependency is pinned to an exact version', () => {
	const all = { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies };
	assert.equal(
		Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version)),
		[],
	);
});

House('the whole Remotion family is at one version', () => {
	const family = installed.filter(([path]) => /node_modules\/(remotion|@remotion\/[\w-]+)$/.test(path));
	assert.ok(family.length > 5);
	assert.equal([...new Set(family.map(([, entry]) => entry.version))], ['4.0.520']);
});

House('no package that an install needs is under the GPL or AGPL', () => {
	const required = installed.filter(([, entry]) => !entry.optional && !entry.dev);
	assert.ok(required.length > 100);
	assert.equal(
		required.filter(([, entry]) => /\bA?GPL/.test(entry.license ?? '')).map(([path]) => path),
		[],
	);
});

House('the types of the language are those of the schema', () => {
	const check = spawnSync(process.execPath, ['scripts/generate-types.mjs', '--check'], { encoding: 'utf8' });
	assert.is(check.status, 0, check.stderr);
});

House('no file that git tracks names a path of the machine that wrote it', () => {
	const files = spawnSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' }).stdout.split('\n');
	const text = files.filter(
		(file) => /\.(ts|tsx|mjs|md|json|yaml|yml|svg)$/.test(file) && file !== 'package-lock.json' && file !== 'test/house.test.ts',
	);
	assert.ok(text.length > 50);
	assert.equal(
		text.filter((file) => /\/(work|root|home|Users)\/[a-z]+\//.test(readFileSync(file, 'utf8'))),
		[],
	);
});

House('every test file is named so that the runner finds it', () => {
	const suites = (readdirSync('test', { recursive: true }) as string[]).filter(
		(file) => /\.tsx?$/.test(file) && /^\w+\.run\(\);$/m.test(readFileSync(`test/${file}`, 'utf8')),
	);
	assert.equal(
		suites.filter((file) => !/\.test\.tsx?$/.test(file)),
		[],
	);
});

House.run();
