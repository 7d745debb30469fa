import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadThrough } from '../../src/data/document-cache.ts';
import { loadDocument, parseTable } from '../../src/data/load-document.ts';
import { takeSnapshot } from '../../src/data/snapshot.tsx';

const Load = suite('data/load-document');

for (const [what, text, rows] of [
	['a table', 'name,size\nAnn,1\n', [{ name: 'Ann', size: '1' }]],
	[
		'a byte order mark, CRLF, quotes and a line break',
		'\ufeffname,note\r\n"Ann ""A"" B","a\r\nb, c"\r\n',
		[{ name: 'Ann "A" B', note: 'a\r\nb, c' }],
	],
	['semicolons', 'name;size\nAnn, B;1', [{ name: 'Ann, B', size: '1' }]],
	['tabs', 'a\tb\n1\t2', [{ a: '1', b: '2' }]],
	['a separator in a quoted name', '"a;b;c",d\n1,2', [{ 'a;b;c': '1', d: '2' }]],
	['nothing but a header', 'a,b', []],
] as const) {
	Load(`${what} is read`, () => assert.equal(parseTable(text), rows));
}

const request = { kind: 'api', url: 'https://example.com/a?token=secret', headers: { 'x-key': '1' } } as const;
const answering =
	(body: string, init: ResponseInit = {}) =>
	async (): Promise<Response> =>
		new Response(body, init);

for (const [what, fetcher, kind, message] of [
	['a refusal', answering('no', { status: 403 }), 'api', /https:\/\/example\.com\/a answered 403$/],
	['a page', answering('<html>'), 'json', /answered with something that is no JSON/],
	['a ragged table', answering('a,b\n1'), 'csv', /a table with a fault: .*line 2/],
	['too much', answering('x', { headers: { 'content-length': '999999999' } }), 'api', /is too large/],
	['a dead host', async () => Promise.reject(new TypeError('Failed to fetch')), 'api', /could not be reached: Failed to fetch/],
] as const) {
	Load(`${what} is an error that names the address, without its secrets`, () =>
		loadDocument({ ...request, kind }, fetcher).then(
			() => assert.unreachable('loaded'),
			(error: Error) => {
				assert.match(error.message, message);
				assert.not.match(error.message, 'secret');
			},
		),
	);
}

Load('a document is asked for once with its headers, again when it is to be fresh, and again after a failure', async () => {
	const calls: unknown[] = [];
	const cache = new Map<string, Promise<unknown>>();
	const fetcher = async (url: string, { headers }: RequestInit): Promise<Response> => {
		calls.push([url, headers]);
		return new Response(calls.length === 3 ? 'broken' : `{"n":${calls.length}}`);
	};
	const load = (fresh: boolean): Promise<unknown> => loadThrough(cache, { request, fresh, fetcher });
	assert.equal(await Promise.all([load(false), load(false)]), [{ n: 1 }, { n: 1 }]);
	assert.equal([await load(true), await load(false)], [{ n: 2 }, { n: 2 }]);
	await load(true).then(
		() => assert.unreachable('loaded'),
		() => undefined,
	);
	assert.equal(await load(false), { n: 4 });
	assert.equal(calls[0], [request.url, request.headers]);
	await loadThrough(cache, { request: { ...request, headers: { 'x-key': '2' } }, fresh: false, fetcher });
	assert.is(calls.length, 5, 'other headers, another document');
});

Load('a snapshot has what every source says, by its address', async () => {
	const server = createServer((request, response) =>
		response.end(request.url === '/rows' ? 'name\nAnn' : `{"key":"${request.headers['x-key']}"}`),
	);
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	try {
		const snapshot = await takeSnapshot([
			{ url: `${base}/rows`, type: 'csv' },
			{ url: `${base}/user`, headers: { 'x-key': 'k' } },
		]);
		assert.equal(snapshot, { [`${base}/rows`]: [{ name: 'Ann' }], [`${base}/user`]: { key: 'k' } });
	} finally {
		server.closeAllConnections();
		server.close();
	}
});

Load.run();
