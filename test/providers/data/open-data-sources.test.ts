import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { WebSocketServer } from 'ws';
import type { DataSource, LiveSource } from '../../../src/model/campaign-spec.gen.ts';
import { type LiveMoment, SourceFailure } from '../../../src/ports/data-sources.ts';
import { collect, failureOf, shown } from './records.ts';
import { json, withService, withSources } from './service.ts';

const Open = suite('providers/data/open-data-sources');

const fields = { a: { type: 'integer' } } as const;

Open('files and rows of the spec are read anew with each call, and the files are known', () => {
	const sources: Readonly<Record<string, DataSource>> = {
		table: { type: 'csv', path: 'rows.csv', fields },
		document: { type: 'json', path: './rows.json', at: 'rows', fields },
		lines: { type: 'json', path: 'rows.ndjson', fields },
		named: { type: 'json', path: 'rows.txt', lines: true, fields },
		inline: { type: 'inline', rows: [{ a: 1 }, { a: 2 }], fields },
	};
	const files = {
		'rows.csv': 'a\n1\n2',
		'rows.json': '{"rows":[{"a":1},{"a":2}]}',
		'rows.ndjson': '{"a":1}\n{"a":2}',
		'rows.txt': '{"a":1}\n{"a":2}',
	};
	return withSources(
		sources,
		async ({ open }) => {
			const data = open();
			for (const name of Object.keys(sources)) {
				const rows = name === 'table' ? [{ a: '1' }, { a: '2' }] : [{ a: 1 }, { a: 2 }];
				assert.equal(shown(await collect(data.records(name))), rows, name);
				assert.equal(shown(await collect(data.records(name))), rows, name);
			}
			assert.equal(
				data.files.map((file) => file.split('/').at(-1)),
				Object.keys(files),
			);
			assert.is(data.snapshots().size, 0);
		},
		{ files },
	);
});

Open('a file that is not there, or lies outside of the project, is a failure of its source', () =>
	withSources(
		{ gone: { type: 'csv', path: 'recipient.csv', fields }, outside: { type: 'json', path: '../../etc/passwd', fields } },
		async ({ open }) => {
			const data = open();
			const failure = await collect(data.records('gone')).catch((error: unknown) => error);
			assert.instance(failure, SourceFailure);
			assert.equal([(failure as SourceFailure).source, (failure as SourceFailure).hint], ['gone', 'did you mean "recipients.csv"?']);
			assert.is((failure as SourceFailure).key, 'path');
			assert.match((await failureOf(data.records('gone'))) ?? '', 'RF4001');
			assert.match((await failureOf(data.records('outside'))) ?? '', 'RF4006');
		},
		{ files: { 'recipients.csv': 'a\n1' } },
	),
);

Open('tables, documents and lines at an address are asked for once; a page or a private address is refused', () =>
	withService(
		({ path }, response) => {
			if (path.endsWith('.csv')) return void response.end('a\n1\n2');
			if (path.endsWith('.json')) return json(response, [{ a: 1 }]);
			if (path.endsWith('.ndjson')) return void response.end('{"a":1}\n{"a":2}');
			response.end('<!doctype html><html>');
		},
		({ host, hits }) => {
			const at = (path: string) => ({ url: `http://${host}${path}`, allowPrivate: [host], fields });
			return withSources(
				{
					table: { type: 'csv', ...at('/a.csv') },
					document: { type: 'json', ...at('/a.json') },
					lines: { type: 'json', ...at('/a.ndjson') },
					page: { type: 'csv', ...at('/page') },
					inside: { type: 'csv', url: `http://${host}/a.csv`, fields },
				},
				async ({ open }) => {
					const data = open();
					for (const [name, count] of [
						['table', 2],
						['document', 1],
						['lines', 2],
					] as const) {
						assert.is((await collect(data.records(name))).length, count);
						assert.is((await collect(data.records(name))).length, count);
					}
					assert.is(hits.length, 3);
					assert.match((await failureOf(data.records('page'))) ?? '', 'RF4212');
					assert.match((await failureOf(data.records('inside'))) ?? '', 'RF4210');
					assert.is(hits.length, 4);
				},
			);
		},
	),
);

const live = (host: string, more: Partial<LiveSource>): LiveSource => ({
	type: 'live',
	url: `http://${host}/`,
	allowPrivate: [host],
	fields,
	...more,
});

Open('a live source is what it was when it was first asked, by each way of asking', () => {
	let value = 0;
	return withService(
		({ path }, response) => {
			value++;
			if (path === '/poll') return json(response, { now: [{ a: value }] });
			response.writeHead(200, { 'content-type': 'text/event-stream' });
			response.write(': hello\r\n\r\nevent: x\r\nid: 1\r\n\r\n');
			response.write(`data: {"now":\r\ndata:  {"a": ${value}, "é": "😀"}}\r\n\r\ndata: {}\r\n\r\n`);
		},
		({ host, server }) => {
			const sockets = new WebSocketServer({ server });
			sockets.on('connection', (socket, { url }) => {
				if (url === '/silent') return;
				if (url === '/close') return socket.close();
				if (url === '/large') return socket.send(JSON.stringify({ now: 'x'.repeat(2e6) }));
				if (url === '/text') return socket.send('hello');
				socket.send(JSON.stringify({ now: { a: ++value } }));
				socket.send('{}');
			});
			const socket = (path: string, more = {}) => live(host, { url: `ws://${host}${path}`, at: 'now', ...more });
			return withSources(
				{
					poll: live(host, { url: `http://${host}/poll`, at: 'now' }),
					sse: live(host, { url: `http://${host}/sse`, transport: 'sse', at: 'now' }),
					socket: socket('/'),
					large: socket('/large'),
					closing: socket('/close'),
					text: socket('/text'),
					inside: socket('/', { allowPrivate: ['other.example'] }),
				},
				async ({ open }) => {
					const data = open();
					for (const [name, expected] of [
						['poll', { a: 1 }],
						['sse', { a: 2, é: '😀' }],
						['socket', { a: 3 }],
					] as const) {
						assert.equal(shown(await collect(data.records(name))), [expected], name);
						assert.equal(shown(await collect(data.records(name))), [expected], name);
						assert.match(data.snapshots().get(name)?.sha256 ?? '', /^[0-9a-f]{64}$/);
					}
					assert.is(value, 3);
					assert.match((await failureOf(data.records('large'))) ?? '', 'RF4211');
					assert.match((await failureOf(data.records('closing'))) ?? '', 'RF4211');
					assert.match((await failureOf(data.records('text'))) ?? '', 'RF4212');
					assert.match((await failureOf(data.records('inside'))) ?? '', 'RF4210');
					sockets.close();
				},
			);
		},
	);
});

Open('a web socket on a port that browsers refuse is told as such', () =>
	withSources({ price: live('127.0.0.1:6667', { url: 'ws://127.0.0.1:6667/' }) }, async ({ open }) => {
		assert.match((await failureOf(open().records('price'))) ?? '', /RF4200 .*has a port that web sockets must not be opened on/);
	}),
);

Open('a run replays what its live sources gave it, and neither what others saw since nor what another run took', () => {
	const state: { price: number | null } = { price: 1 };
	const answer = (_: unknown, response: ServerResponse): void => {
		if (state.price === null) response.writeHead(404).end();
		else json(response, { a: state.price });
	};
	return withService(answer, ({ host, hits }) =>
		withSources({ price: live(host, {}) }, async ({ open }) => {
			const seen = async (moment: LiveMoment, run = 'mail') => {
				const data = open(Date.now, { moment, run });
				const failure = await failureOf(data.records('price'));
				return failure === null ? shown(await collect(data.records('price'))) : failure;
			};
			assert.match(String(await seen('replay')), /RF4200 no render has kept what http:.* gave/);
			assert.is(hits.length, 0);
			assert.equal(await seen('replay-if-kept'), [{ a: 1 }]);
			assert.equal(await seen('take'), [{ a: 1 }]);
			state.price = 2;
			assert.equal(await seen('look'), [{ a: 2 }]);
			assert.equal(await seen('take', 'other'), [{ a: 2 }]);
			state.price = null;
			const asked = hits.length;
			for (const moment of ['replay', 'replay-if-kept'] as const) assert.equal(await seen(moment), [{ a: 1 }]);
			assert.equal(await seen('replay', 'other'), [{ a: 2 }]);
			assert.is(hits.length, asked);
			assert.match(String(await seen('take')), /RF4209 .*status 404/);
		}),
	);
});

Open('a watched source gives a snapshot when it changed, and the last one stands where it cannot be asked', () => {
	const answers = [1, 1, null, 2] as const;
	return withService(
		(_, response, number) => {
			const value = answers[number - 1] ?? 2;
			if (answers[number - 1] === null) return void response.writeHead(404).end();
			json(response, { a: value });
		},
		({ host, hits }) =>
			withSources({ price: live(host, { interval: 1 }) }, async ({ open }) => {
				const data = open();
				assert.equal(shown(await collect(data.records('price'))), [{ a: 1 }]);
				const stop = new AbortController();
				const seen: unknown[] = [];
				const watching = (async () => {
					for await (const _ of data.watchLive('price', stop.signal)) {
						seen.push(...shown(await collect(data.records('price'))));
						stop.abort();
					}
				})();
				await Promise.race([watching, pause(8000)]);
				assert.equal(seen, [{ a: 2 }]);
				assert.is(hits.length, 4);
			}),
	);
});

Open.run();
