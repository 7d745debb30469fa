import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createRemotionSource } from '../../src/renderer/remotion-source.ts';
import { serveBundle } from '../../src/renderer/serve-bundle.ts';
import { createStageSource } from '../../src/renderer/stage-source.ts';
import { eventually, processesWith } from '../support/processes.ts';
import { movingBox, sketchSegment } from '../support/reel-fixture.ts';
import { type Listener, listenersOf } from '../support/sockets.ts';
import { sourceOptions, withSource } from '../support/stage.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const Listeners = suite('security/listeners');

const options = await sourceOptions();
const profiles = options.temporaryDirectory;
const isRoot = process.getuid?.() === 0;

const sources = [
	['stage', createStageSource, 0],
	['remotion', createRemotionSource, 1],
] as const;

type Sight = {
	readonly own: readonly Listener[];
	readonly browser: readonly Listener[];
	readonly commands: readonly string[];
	readonly modes: readonly number[];
};

/** What there is to see from outside while a frame source draws. */
const lookWhileDrawing = (create: (typeof sources)[number][1]): Promise<Sight> =>
	withSource(create(options), async (source) => {
		let sight: Sight | undefined;
		const reel = { segments: [sketchSegment({ frames: 8, color: '#6366f1', layers: [movingBox(0, 7)] })] };
		for await (const { frame } of source.draw(reel, new AbortController().signal)) {
			if (frame !== 4) continue;
			const browsers = processesWith(profiles);
			sight = {
				own: listenersOf([process.pid]),
				browser: listenersOf(browsers.map(({ pid }) => pid)),
				commands: browsers.map(({ command }) => command),
				modes: readdirSync(profiles).map((name) => statSync(join(profiles, name)).mode & 0o777),
			};
		}
		if (sight === undefined) throw new Error('nothing was drawn');
		return sight;
	});

for (const [name, create, ports] of sources)
	Listeners(
		`${name}: while it draws, nothing listens beyond this machine: one port serves the page, ${ports} lead to the browser`,
		async () => {
			const { own, browser, commands, modes } = await lookWhileDrawing(create);
			assert.equal(
				[...own, ...browser].filter(({ loopback }) => !loopback),
				[],
			);
			assert.is(own.length, 1);
			assert.is(browser.length, ports);
			assert.ok(commands.length > 0);
			assert.equal(modes, [0o700]);
			if (name === 'stage')
				assert.is(
					commands.some((command) => command.includes('--no-sandbox')),
					isRoot,
				);
		},
	);

Listeners('a port that listens beyond this machine is seen', async () => {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
	try {
		assert.equal(
			listenersOf([process.pid]).map(({ loopback }) => loopback),
			[false],
		);
	} finally {
		server.close();
	}
});

/** Asked in another network namespace: answers `reached` or the error for each port of the near end. */
const STRANGER = `
const { connect } = require('node:net');
const { execFileSync } = require('node:child_process');
const ask = (host, port) => new Promise((done) => {
	const socket = connect({ host, port, timeout: 2000 });
	socket.on('connect', () => { socket.destroy(); done('reached'); });
	socket.on('timeout', () => { socket.destroy(); done('ETIMEDOUT'); });
	socket.on('error', ({ code }) => done(code));
});
process.stdin.once('data', async (data) => {
	const { far, near, ports } = JSON.parse(data);
	execFileSync('ip', ['link', 'set', 'lo', 'up']);
	execFileSync('ip', ['addr', 'add', far.address + '/30', 'dev', far.device]);
	execFileSync('ip', ['link', 'set', far.device, 'up']);
	const answers = [];
	for (const port of ports) answers.push(await ask(near.address, port), await ask('127.0.0.1', port));
	console.log(JSON.stringify(answers));
	process.exit();
});
`;

type Cable = {
	readonly near: { readonly device: string; readonly address: string };
	readonly far: { readonly device: string; readonly address: string };
};

/** From the network for measurements between networks, so that it meets no real one. */
const CABLE: Cable = {
	near: { device: `rf${process.pid % 100_000}a`, address: '198.18.77.1' },
	far: { device: `rf${process.pid % 100_000}b`, address: '198.18.77.2' },
};

const ip = (...list: readonly string[]): boolean => spawnSync('ip', list).status === 0;

/** Lays a cable from here into the namespace of a process. False where that is not permitted. */
const layCable = (pid: number): boolean => {
	const { near, far } = CABLE;
	return (
		ip('link', 'add', near.device, 'type', 'veth', 'peer', 'name', far.device, 'netns', String(pid)) &&
		ip('addr', 'add', `${near.address}/30`, 'dev', near.device) &&
		ip('link', 'set', near.device, 'up')
	);
};

const answersOf = (stranger: ChildProcess, ports: readonly number[]): Promise<readonly string[]> =>
	new Promise((resolve, reject) => {
		let text = '';
		stranger.stdout?.on('data', (chunk) => {
			text += chunk;
		});
		stranger.once('close', () => (text === '' ? reject(new Error('no answer')) : resolve(JSON.parse(text))));
		stranger.stdin?.write(JSON.stringify({ ...CABLE, ports }));
	});

const mayUnshare =
	process.platform === 'linux' &&
	spawnSync('unshare', ['-n', 'ip', 'link', 'add', 'rfa', 'type', 'veth', 'peer', 'name', 'rfb']).status === 0;
const NAMESPACE = 'from another network namespace the port of the page is refused, and an open one is reached';

if (!mayUnshare) Listeners.skip(`${NAMESPACE} (not shown here: this user may make no network namespace)`, () => {});
else
	Listeners(NAMESPACE, async () => {
		const open = createServer((socket) => socket.destroy());
		await new Promise<void>((resolve) => open.listen(0, '0.0.0.0', resolve));
		const { port: openPort } = open.address() as { port: number };
		const page = await serveBundle(temporaryDirectory());
		const stranger = spawn('unshare', ['-n', process.execPath, '-e', STRANGER], { stdio: ['pipe', 'pipe', 'inherit'] });
		try {
			const ownNamespace = spawnSync('readlink', ['/proc/self/ns/net']).stdout.toString();
			await eventually(() => spawnSync('readlink', [`/proc/${stranger.pid}/ns/net`]).stdout.toString() !== ownNamespace);
			assert.ok(layCable(stranger.pid ?? 0), 'a cable into the namespace');
			const answers = await answersOf(stranger, [openPort, Number(new URL(page.origin).port)]);
			assert.equal(answers, ['reached', 'ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED']);
		} finally {
			stranger.kill('SIGKILL');
			ip('link', 'del', CABLE.near.device);
			await page.close();
			open.close();
		}
	});

Listeners.run();
