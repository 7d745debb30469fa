import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Bundle, bundleEntry } from '../../src/renderer/bundle.ts';
import { userCacheDirectory } from '../../src/renderer/cache-directory.ts';
import { locatePackedChromium } from '../../src/renderer/packed-chromium.ts';
import { type InstalledBrowser, installBrowser, resolveBrowser } from '../../src/renderer/resolve-browser.ts';
import { type InstalledFfmpeg, locateCompositor, locateStaticFfmpeg, resolveFfmpeg } from '../../src/renderer/resolve-ffmpeg.ts';
import { createSystemProbes } from '../../src/renderer/system-probes.ts';

/** The browser of this machine, unpacked if need be. Fails the test that asks when there is none. */
export const testBrowser = async (): Promise<InstalledBrowser> => {
	const search = {
		environment: process.env,
		probes: createSystemProbes(process.env),
		workingDirectory: process.cwd(),
		cacheDirectory: userCacheDirectory(process.env),
		packed: locatePackedChromium(),
	};
	const { chosen, links } = await resolveBrowser(search);
	if (chosen === null) throw new Error(`no browser: ${JSON.stringify(links)}`);
	return installBrowser(chosen, search);
};

/** The encoder of this machine. */
export const testFfmpeg = async (): Promise<InstalledFfmpeg> => {
	const probes = createSystemProbes(process.env);
	const search = { environment: process.env, probes, staticBinary: locateStaticFfmpeg(), compositorDirectory: locateCompositor() };
	const { chosen, links } = await resolveFfmpeg(search);
	if (chosen === null) throw new Error(`no ffmpeg: ${JSON.stringify(links)}`);
	return chosen;
};

export const ENTRY = `import { registerRoot } from 'remotion';
import { createRoot } from 'reelform/runtime';
registerRoot(createRoot({ components: {} }));
`;

/** A bundle of the stand-in runtime. */
export const standInBundle = (cacheDirectory: string): Promise<Bundle> => runtimeBundle('stand-in-runtime.tsx', cacheDirectory);

/** A bundle whose runtime is one of the fixtures. */
export const runtimeBundle = (fixture: string, cacheDirectory: string): Promise<Bundle> => {
	const file = resolve('test/fixtures', fixture);
	const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
	return bundleEntry({ entry: ENTRY, runtime: { file, hash }, componentHashes: [], cacheDirectory });
};
