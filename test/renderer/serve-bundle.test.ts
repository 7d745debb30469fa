import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type BundleServer, serveBundle } from '../../src/renderer/serve-bundle.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const Serve = suite('renderer/serve-bundle');

type Answer = { readonly status: number; readonly body: string; readonly headers: NodeJS.Dict<string | string[]> };

/** The path goes out as it is written: `fetch` would resolve dots. */
const ask = ({ origin }: BundleServer, path: string, options: { method?: string; host?: string } = {}): Promise<Answer> =>
	new Promise((resolve, reject) => {
		const { hostname, port } = new URL(origin);
		const headers = options.host === undefined ? {} : { host: options.host };
		const sent = request({ hostname, port, path, method: options.method ?? 'GET', headers }, (response) => {
			let body = '';
			response.on('data', (chunk) => {
				body += chunk;
			});
			response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
		});
		sent.on('error', reject).end();
	});

const withServer = async (work: (server: BundleServer, directory: string) => Promise<void>): Promise<void> => {
	const directory = temporaryDirectory();
	const bundle = join(directory, 'bundle');
	await mkdir(join(bundle, 'public', 'assets'), { recursive: true });
	await writeFile(join(bundle, 'index.html'), '<html>');
	await writeFile(join(bundle, 'bundle.js'), 'run()');
	await writeFile(join(bundle, 'public', 'assets', 'a b.woff2'), 'font');
	await writeFile(join(directory, 'secret.txt'), 'secret');
	await mkdir(join(directory, 'bundle-other'));
	await writeFile(join(directory, 'bundle-other', 'file.txt'), 'secret');
	await symlink(join(directory, 'secret.txt'), join(bundle, 'link.txt'));
	const server = await serveBundle(bundle);
	try {
		await work(server, directory);
	} finally {
		await server.close();
	}
};

for (const [path, type] of [
	['/', 'text/html; charset=utf-8'],
	['/index.html', 'text/html; charset=utf-8'],
	['/bundle.js?x=1', 'text/javascript; charset=utf-8'],
	['/public/assets/a%20b.woff2', 'font/woff2'],
] as const)
	Serve(`${path} is served as ${type}`, () =>
		withServer(async (server) => {
			const { status, headers } = await ask(server, path);
			assert.is(status, 200);
			assert.is(headers['content-type'], type);
			assert.is(headers['x-content-type-options'], 'nosniff');
		}),
	);

for (const path of [
	'/../secret.txt',
	'/%2e%2e/secret.txt',
	'/..%2fsecret.txt',
	'/public/../../secret.txt',
	'/..%5csecret.txt',
	'/../bundle-other/file.txt',
	'/link.txt',
	'/public',
	'/index.html%00.png',
	'/%',
	'//evil/secret.txt',
	'/missing.js',
])
	Serve(`${path} is not found`, () =>
		withServer(async (server) => {
			const { status, body } = await ask(server, path);
			assert.is(status, 404);
			assert.is(body, '');
		}),
	);

Serve('a request in the name of another host is refused', () =>
	withServer(async (server) => {
		const { port } = new URL(server.origin);
		for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1.evil.example:${port}`])
			assert.is((await ask(server, '/', { host })).status, 403, host);
		assert.is((await ask(server, '/', { host: `localhost:${port}` })).status, 200);
	}),
);

Serve('nothing can be written', () =>
	withServer(async (server) => {
		for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) assert.is((await ask(server, '/', { method })).status, 405);
		assert.is((await ask(server, '/', { method: 'HEAD' })).status, 200);
	}),
);

Serve('the page may load from its own origin only', () =>
	withServer(async (server) => {
		const policy = String((await ask(server, '/')).headers['content-security-policy']);
		assert.match(policy, "default-src 'none'");
		assert.not.match(policy, /https?:|\*/);
	}),
);

Serve('no other machine can connect', () =>
	withServer(async (server) => {
		const address = Object.values(networkInterfaces())
			.flat()
			.find((facts) => facts && !facts.internal && facts.family === 'IPv4')?.address;
		const { hostname, port } = new URL(server.origin);
		assert.is(hostname, '127.0.0.1');
		if (address === undefined) return;
		const error = await ask({ ...server, origin: `http://${address}:${port}` }, '/').catch((e: Error) => e);
		assert.instance(error, Error);
	}),
);

Serve.run();
