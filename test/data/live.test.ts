import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { WebSocket, WebSocketServer } from 'ws';
import { openStream } from '../../src/data/open-stream.ts';
import { distDirectory } from '../support/dist.ts';
import { testBrowser } from '../support/machine.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const Live = suite('data/live');

/** A page outside of any render, as a preview is: it tells the server all that it shows. */
const PAGE = `
import { createRoot } from 'react-dom/client';
import { DataProvider, DataSource, LiveData, RefreshInterval } from 'reelform/data';
const told = new Set();
const Tell = ({ what }) => {
	if (!told.has(what)) fetch('/seen', { method: 'POST', body: what });
	told.add(what);
	return what;
};
createRoot(document.body.appendChild(document.createElement('div'))).render(
	<DataProvider value={{ id: 'a/b' }}>
		<LiveData source={'ws://' + location.host + '/stream/{id}'} type="websocket" snapshot={{ n: 0 }}>{({ n }) => <Tell what={'socket ' + n} />}</LiveData>
		<LiveData source="/events" type="sse">{({ n }) => <Tell what={'events ' + n} />}</LiveData>
		<RefreshInterval seconds={0.1}>
			<DataSource url="/metrics/{id}">{({ n }) => <Tell what={'metrics ' + n} />}</DataSource>
		</RefreshInterval>
		<DataSource type="csv" url="/people.csv" row={1}>{({ name }) => <Tell what={'row ' + name} />}</DataSource>
	</DataProvider>,
);
`;

const WANTED = ['socket 0', 'socket 1', 'socket 2', 'socket 3', 'events 1', 'metrics 1', 'metrics 2', 'metrics 4', 'row Bo'];

const startServer = async (page: string) => {
	const seen = new Set<string>();
	const asked = { metrics: 0, sockets: 0 };
	const state = { done: (): void => undefined };
	const all = new Promise<void>((resolve) => {
		state.done = resolve;
	});
	const server = createServer(async (request, response) => {
		const answer = (body: string, type: string, status = 200): unknown => response.writeHead(status, { 'content-type': type }).end(body);
		if (request.method === 'POST') {
			request.setEncoding('utf8');
			for await (const chunk of request) seen.add(chunk as string);
			if (WANTED.every((what) => seen.has(what))) state.done();
			return answer('', 'text/plain');
		}
		switch (request.url) {
			case '/':
				return answer(`<body><script type="module">${page}</script>`, 'text/html; charset=utf-8');
			case '/events':
				return response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: nonsense\n\ndata: {"n":1}\n\n');
			case '/metrics/a%2Fb':
				asked.metrics += 1;
				return answer(`{"n":${asked.metrics}}`, 'application/json', asked.metrics === 3 ? 500 : 200);
			case '/people.csv':
				return answer('name\r\nAnn\r\nBo\r\n', 'text/csv');
			default:
				return answer('', 'text/plain', 404);
		}
	});
	new WebSocketServer({ server }).on('connection', (socket, request) => {
		asked.sockets += 1;
		if (request.url !== '/stream/a%2Fb') return socket.close();
		for (const message of asked.sockets === 1 ? ['{"n":1}', 'nonsense', '{"n":2}'] : ['{"n":3}']) socket.send(message);
		if (asked.sockets === 1) setTimeout(() => socket.terminate(), 100);
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const close = (): void => {
		server.closeAllConnections();
		server.close();
	};
	return { port: (server.address() as AddressInfo).port, seen, asked, all, close };
};

Live('a preview streams, opens lost streams again, refreshes, and keeps what it has through a failure', async () => {
	const { outputFiles } = await build({
		stdin: { contents: PAGE, loader: 'jsx', resolveDir: process.cwd() },
		alias: { 'reelform/data': join(distDirectory, 'data/index.js') },
		bundle: true,
		write: false,
		format: 'esm',
		jsx: 'automatic',
		define: { 'process.env.NODE_ENV': '"production"' },
		logLevel: 'error',
	});
	const server = await startServer(outputFiles[0]!.text.replaceAll('</script', '<\\/script'));
	const { path, libraryPath } = await testBrowser();
	const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--remote-debugging-port=0', `--user-data-dir=${temporaryDirectory()}`];
	const browser = spawn(path, [...flags, `http://127.0.0.1:${server.port}/`], {
		stdio: 'ignore',
		env: { ...process.env, ...(libraryPath === null ? {} : { LD_LIBRARY_PATH: libraryPath }) },
	});
	const patience = new Promise<void>((resolve) => setTimeout(resolve, 20_000).unref());
	try {
		await Promise.race([server.all, patience]);
		assert.equal(
			WANTED.filter((what) => !server.seen.has(what)),
			[],
			`shown: ${[...server.seen].join(', ')}`,
		);
		assert.not(server.seen.has('metrics 3'));
	} finally {
		browser.kill('SIGKILL');
		await once(browser, 'close');
		server.close();
	}
});

Live('a stream that is closed is not opened again, and says nothing more', async () => {
	const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
	await once(server, 'listening');
	let connections = 0;
	server.on('connection', (socket) => {
		connections += 1;
		socket.send('{"n":1}');
	});
	const source = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const later: (() => void)[] = [];
	const tools = { WebSocket: WebSocket as never, setTimeout: (work: () => void) => later.push(work) };
	const got: unknown[] = [];
	await new Promise<void>((resolve) => {
		const close = openStream({ source, type: 'websocket' }, tools, (data) => {
			got.push(data);
			for (const client of server.clients) client.on('close', () => resolve());
			close();
		});
	});
	await new Promise((resolve) => setTimeout(resolve, 50));
	for (const work of later) work();
	assert.equal([got, connections], [[{ n: 1 }], 1]);
	server.close();
});

Live('what cannot be opened is said', () => {
	assert.throws(
		() => openStream({ source: 'https://example.com', type: 'websocket' }, { setTimeout, WebSocket: WebSocket as never }, () => undefined),
		/ws:\/\//,
	);
	assert.throws(
		() => openStream({ source: '/events', type: 'sse' }, { setTimeout }, () => undefined),
		/nothing here opens a stream of events/,
	);
});

Live.run();
