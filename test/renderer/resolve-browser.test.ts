import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type BrowserSearch, installBrowser, resolveBrowser } from '../../src/renderer/resolve-browser.ts';
import type { SystemProbes } from '../../src/renderer/system-probes.ts';

const Browser = suite('renderer/resolve-browser');

type Machine = {
	readonly variable?: string;
	/** Names on the PATH. */
	readonly onPath?: readonly string[];
	/** Absolute paths of executables beside those. */
	readonly files?: readonly string[];
	/** Executables that end with an error. */
	readonly broken?: readonly string[];
	readonly packed?: boolean;
};

const searchOn = (machine: Machine): BrowserSearch => {
	const onPath = (machine.onPath ?? []).map((name) => `/usr/bin/${name}`);
	const probes: SystemProbes = {
		isExecutable: async (path) => [...onPath, ...(machine.files ?? [])].includes(path),
		findOnPath: async (name) => onPath.find((path) => path.endsWith(`/${name}`)) ?? null,
		async run({ executable, arguments: args }) {
			assert.equal(args, ['--version']);
			if (machine.broken?.includes(executable)) throw new Error('it ends with exit code 127: libnss3.so: cannot open shared object file');
			return { stdout: Buffer.from(`Chromium 150.0.1.2 at ${executable}\n`), stderr: '' };
		},
	};
	return {
		probes,
		environment: { ...(machine.variable === undefined ? {} : { REELFORM_BROWSER: machine.variable }) },
		workingDirectory: '/project/campaigns',
		cacheDirectory: '/cache',
		packed: machine.packed ? { version: '147.0.0', directory: '/packed' } : null,
	};
};

const download = '/project/node_modules/.remotion/chrome-headless-shell/linux64/chrome-headless-shell-linux64/chrome-headless-shell';
const everything: Machine = {
	variable: '/opt/shell',
	files: ['/opt/shell', download],
	onPath: ['chromium', 'chrome-headless-shell'],
	packed: true,
};

for (const [title, machine, path] of [
	['the variable comes first', everything, '/opt/shell'],
	['a headless shell on the PATH comes before a whole browser', { ...everything, variable: '' }, '/usr/bin/chrome-headless-shell'],
	[
		'a browser on the PATH comes before a download',
		{ files: [download], onPath: ['google-chrome'], packed: true },
		'/usr/bin/google-chrome',
	],
	["Remotion's download is found in a directory above", { files: [download], packed: true }, download],
	['the package is the last link', { packed: true }, '/cache/chromium-147.0.0/headless_shell'],
	[
		'one that does not run is passed over',
		{ onPath: ['chromium'], broken: ['/usr/bin/chromium'], packed: true },
		'/cache/chromium-147.0.0/headless_shell',
	],
	['nothing anywhere is no browser', {}, undefined],
	['a variable that names nothing ends the search', { ...everything, variable: '/opt/gone' }, undefined],
	['a variable that names something broken ends the search', { ...everything, broken: ['/opt/shell'] }, undefined],
] as const satisfies readonly (readonly [string, Machine, string | undefined])[])
	Browser(title, async () => {
		if (process.platform !== 'linux' || process.arch !== 'x64') return;
		assert.is((await resolveBrowser(searchOn(machine))).chosen?.path, path);
	});

Browser('the report has every link with its reason', async () => {
	const { links } = await resolveBrowser(searchOn({ onPath: ['chromium', 'google-chrome'], broken: ['/usr/bin/chromium'], packed: true }));
	assert.equal(
		links.map(({ name, state }) => `${name}: ${state}`),
		[
			'REELFORM_BROWSER: not-found',
			'chrome-headless-shell: not-found',
			'chromium-headless-shell: not-found',
			'chromium: unusable',
			'chromium-browser: not-found',
			'google-chrome: chosen',
			'google-chrome-stable: not-needed',
			"Remotion's download: not-needed",
			'@sparticuz/chromium: not-needed',
		],
	);
	assert.match(links[3]!.why, /libnss3/);
	assert.is(links[5]!.version, 'Chromium 150.0.1.2 at /usr/bin/google-chrome');
});

Browser('only a headless shell counts as one', async () => {
	assert.is((await resolveBrowser(searchOn({ onPath: ['chromium'] }))).chosen?.headlessShell, false);
	assert.is((await resolveBrowser(searchOn({ onPath: ['chromium-headless-shell'] }))).chosen?.headlessShell, true);
	assert.is((await resolveBrowser(searchOn({ packed: true }))).chosen?.headlessShell, true);
});

Browser('a packed browser has the same version before and after it is unpacked, and none is started to learn it', async () => {
	const search = searchOn({ packed: true });
	const untouched = { ...search, probes: { ...search.probes, run: () => Promise.reject(new Error('started')) } };
	assert.is((await resolveBrowser(untouched)).chosen?.version, '@sparticuz/chromium 147.0.0');
});

Browser('a browser that is installed already is taken as it is', async () => {
	const search = searchOn({ onPath: ['chromium'] });
	const { chosen } = await resolveBrowser(search);
	const { packed, ...browser } = chosen!;
	assert.is(packed, null);
	assert.equal(await installBrowser(chosen!, search), browser);
});

Browser.run();
