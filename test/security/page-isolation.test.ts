import { createSocket } from 'node:dgram';
import { createReadStream, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RenderFailure } from '../../src/model/failure.ts';
import { launchBrowser } from '../../src/renderer/browser-process.ts';
import { openPageSession } from '../../src/renderer/page-session.ts';
import { reelComposition } from '../../src/renderer/reel-composition.ts';
import { createRemotionSource } from '../../src/renderer/remotion-source.ts';
import { captureFrame, loadReel } from '../../src/renderer/stage-page.ts';
import { createStageSource, DEFAULT_TIME_LIMITS, type FrameSourceOptions } from '../../src/renderer/stage-source.ts';
import { type EscapeOrder, type Outcome, WAY_NAMES } from '../fixtures/escape-runtime.tsx';
import { type Canary, openCanary } from '../support/canary.ts';
import { runtimeBundle, testBrowser } from '../support/machine.ts';
import { eventually } from '../support/processes.ts';
import { line, sketchSegment } from '../support/reel-fixture.ts';
import { drawAll, withSource } from '../support/stage.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const Isolation = suite('security/page-isolation');

const directory = temporaryDirectory();
const profiles = join(directory, 'profiles');
mkdirSync(profiles);
const localPicture = join(directory, 'local.png');
await sharp({ create: { width: 4, height: 4, channels: 3, background: '#f00' } }).toFile(localPicture);

const options: FrameSourceOptions = {
	browser: await testBrowser(),
	bundleDirectory: (await runtimeBundle('escape-runtime.tsx', join(directory, 'bundles'))).directory,
	temporaryDirectory: profiles,
	environment: process.env,
	sandbox: process.getuid?.() !== 0,
	timeLimits: DEFAULT_TIME_LIMITS,
	notice: () => {},
};

const WAIT_MS = 2_000;
/** Ways that a headless shell does not go even when it may. They are tried all the same: another browser may. */
const INERT = ['preconnect', 'icon', 'manifest', 'svgInDataUrl'];
const QUIET_WAYS = WAY_NAMES.filter((way) => way !== 'navigation');

const withCanary = async (names: readonly string[], host: string, work: (canary: Canary) => Promise<void>): Promise<void> => {
	const canary = await openCanary(names, host);
	try {
		await work(canary);
	} finally {
		await canary.close();
	}
};

/** One frame of a page that tries to get out. */
const escapee = (canary: Canary, host: string) => {
	const order: EscapeOrder = { host, ports: canary.ports, localPicture: pathToFileURL(localPicture).href, waitMs: WAIT_MS };
	return sketchSegment({ frames: 1, color: '#000000', layers: [line(JSON.stringify(order))] });
};

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
	work.then(
		() => null,
		(error: unknown) => error,
	);

/** What the page says of its own tries. */
const outcomesIn = (error: unknown): Readonly<Record<string, Outcome>> => {
	const text = error instanceof RenderFailure ? error.failure.message : String(error);
	const [, outcomes] = /^outcomes (\{.*\})$/.exec(text) ?? [];
	if (outcomes === undefined) throw new Error(`the page did not try: ${text}`);
	return JSON.parse(outcomes);
};

const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));
const HOSTS = ['127.0.0.1', ...(hasIpv6 ? ['[::1]'] : [])];

const sources = [
	['stage', createStageSource],
	['remotion', createRemotionSource],
] as const;

for (const [name, create] of sources) {
	for (const host of HOSTS)
		Isolation(`${name}: no way leads a page to another port of ${host}`, () =>
			withCanary(QUIET_WAYS, host.replace(/[[\]]/g, ''), async (canary) => {
				const error = await withSource(create(options), (source) => failureOf(drawAll(source, [escapee(canary, host)])));
				const outcomes = outcomesIn(error);
				assert.equal(canary.hits(), []);
				for (const way of ['fetch', 'metadata', 'fileFetch', 'fileImage', 'moduleImport', 'fontFace'])
					assert.is(outcomes[way], 'refused', way);
			}),
		);

	Isolation(`${name}: a page cannot leave for another port`, () =>
		withCanary(['navigation'], '127.0.0.1', async (canary) => {
			const limits = { ...options.timeLimits, navigationMs: 6_000, frameMs: 3_000 };
			await withSource(create({ ...options, timeLimits: limits }), (source) => failureOf(drawAll(source, [escapee(canary, '127.0.0.1')])));
			assert.equal(canary.hits(), []);
		}),
	);
}

/** The bundle as another server would give it, without a word on what the page may do. */
const serveOpenly = async (): Promise<{ readonly origin: string; close(): void }> => {
	const server = createServer(({ url = '/' }, response) => {
		const file = join(options.bundleDirectory, new URL(url, 'http://x').pathname);
		if (!existsSync(file)) return void response.writeHead(404).end();
		response.writeHead(200, { 'content-type': file.endsWith('.html') ? 'text/html' : 'text/javascript' });
		createReadStream(file).pipe(response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const close = (): void => {
		server.close();
		server.closeAllConnections();
	};
	return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
};

/** A browser that may do what browsers may: of a flag that is given twice the last counts. */
const openBrowser = async (executable: string) => {
	const path = join(directory, 'open-browser');
	const flags = [
		'--host-resolver-rules=MAP none.invalid 127.0.0.1',
		'--force-webrtc-ip-handling-policy=default',
		'--webrtc-ip-handling-policy=default',
	];
	writeFileSync(path, `#!/bin/sh\nexec '${executable}' "$@" ${flags.map((flag) => `'${flag}'`).join(' ')}\n`, { mode: 0o755 });
	const { libraryPath } = options.browser;
	const { environment, temporaryDirectory: at, sandbox, notice } = options;
	const launch = {
		executable: path,
		libraryPath,
		temporaryDirectory: at,
		environment,
		sandbox,
		notice,
		timeLimitMs: 25_000,
		origin: 'http://127.0.0.1:1',
	};
	return launchBrowser(launch, new AbortController().signal);
};

Isolation('without the defences the same page gets out: the ways are real, and what listens hears them', () =>
	withCanary(WAY_NAMES, '127.0.0.1', async (canary) => {
		const [server, browser] = await Promise.all([serveOpenly(), openBrowser(options.browser.path)]);
		try {
			const { navigation, ...quiet } = canary.ports;
			const composition = reelComposition({ segments: [escapee({ ...canary, ports: quiet }, '127.0.0.1')] });
			const page = await openPageSession(browser, composition);
			const drawing = (async () => {
				await loadReel(page, { origin: server.origin, composition, delayRenderMs: 20_000 });
				await captureFrame(page, composition, { position: 0, always: true });
			})();
			outcomesIn(await failureOf(drawing));
			await page.evaluate(`location.href = 'http://127.0.0.1:${navigation}/'`);
			await eventually(() => canary.hits().includes('navigation'));
			assert.equal(
				WAY_NAMES.filter((way) => !canary.hits().includes(way) && !INERT.includes(way)),
				[],
			);
		} finally {
			await browser.close();
			server.close();
		}
	}),
);

Isolation('the ports that listen are reached from Node, by connection and by datagram', () =>
	withCanary(['tcp', 'someUdp'], '127.0.0.1', async (canary) => {
		await new Promise<void>((resolve) =>
			connect(canary.ports['tcp'] ?? 0, '127.0.0.1', resolve)
				.on('data', () => {})
				.end('x'),
		);
		const socket = createSocket('udp4');
		await new Promise((resolve) => socket.send('x', canary.ports['someUdp'] ?? 0, '127.0.0.1', resolve));
		await new Promise((resolve) => setTimeout(resolve, 100));
		socket.close();
		assert.equal(canary.hits(), ['someUdp', 'tcp']);
	}),
);

Isolation.run();
