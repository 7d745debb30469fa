import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { browserEnvironment } from '../../src/renderer/browser-environment.ts';
import { browserFlags } from '../../src/renderer/browser-flags.ts';
import { writeFontconfig } from '../../src/renderer/fontconfig.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const Environment = suite('renderer/browser-environment');

const flagged = { profileDirectory: '/profile', origin: 'http://127.0.0.1:4321' };
const options = { profileDirectory: '/profile', fontconfigFile: '/profile/fonts.conf', libraryPath: null };

Environment('a secret of the host does not get in, under whatever name', () => {
	const host = {
		PATH: '/bin',
		AWS_SECRET_ACCESS_KEY: 's3cr3t',
		LD_PRELOAD: 's3cr3t',
		HTTPS_PROXY: 's3cr3t',
		HOME: 's3cr3t',
		LANG: 's3cr3t',
		TZ: 's3cr3t',
	};
	const environment = browserEnvironment(host, options);
	assert.is(environment['PATH'], '/bin');
	assert.not.match(JSON.stringify(environment), 's3cr3t');
});

Environment('language, time zone and fonts are the same on every machine', () => {
	const environment = browserEnvironment({}, options);
	assert.is(environment['TZ'], 'UTC');
	assert.is(environment['LANG'], 'en_US.UTF-8');
	assert.is(environment['FONTCONFIG_FILE'], '/profile/fonts.conf');
	assert.is(environment['HOME'], '/profile');
});

Environment('libraries are given only when the system lacks them', () => {
	assert.is(browserEnvironment({ LD_LIBRARY_PATH: '/host' }, options)['LD_LIBRARY_PATH'], undefined);
	assert.is(browserEnvironment({}, { ...options, libraryPath: '/lib' })['LD_LIBRARY_PATH'], '/lib');
});

Environment('the sandbox is off only when asked', () => {
	assert.not(browserFlags({ ...flagged, sandbox: true }).includes('--no-sandbox'));
	assert.ok(browserFlags({ ...flagged, sandbox: false }).includes('--no-sandbox'));
});

Environment('one port of this machine may be reached, and no other place', () => {
	const rules = browserFlags({ ...flagged, sandbox: true }).find((flag) => flag.startsWith('--host-resolver-rules='));
	assert.is(rules, '--host-resolver-rules=MAP 127.0.0.1:4321 127.0.0.1:4321, MAP * ~NOTFOUND');
});

Environment('no flag is given twice, since the browser would keep only the last', () => {
	const names = browserFlags({ ...flagged, sandbox: false }).map((flag) => flag.split('=', 1)[0]);
	assert.is(new Set(names).size, names.length);
});

Environment('the font set-up knows no font and keeps its cache to itself', async () => {
	const directory = join(temporaryDirectory(), 'a & b <c>');
	const text = await readFile(await writeFontconfig(directory), 'utf8');
	assert.not.match(text, '<dir');
	assert.match(text, 'a &amp; b &lt;c&gt;/fontconfig-cache</cachedir>');
});

Environment.run();
