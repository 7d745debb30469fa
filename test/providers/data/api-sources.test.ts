import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ApiSource } from '../../../src/model/campaign-spec.gen.ts';
import { collect, failureOf, shown } from './records.ts';
import { json, withService, withSources } from './service.ts';

const Api = suite('providers/data/api-sources');

const api = (host: string, more: Partial<ApiSource> & { path?: string } = {}): ApiSource => {
	const { path = '/rows', ...source } = more;
	return { type: 'api', url: `http://${host}${path}`, allowPrivate: [host], fields: { a: { type: 'integer' } }, ...source };
};

/** How a spec writes a variable of the environment. */
const variable = (name: string): string => `\${env.${name}}`;

const pageOf = (path: string, name: string): number => Number(new URL(path, 'http://x').searchParams.get(name) ?? 1);
const PAGES = [[{ a: 1 }, { a: 2 }], [{ a: 3 }], []];

for (const [name, source, answer] of [
	['one answer', { at: 'data.items' }, () => ({ data: { items: PAGES.flat() } })],
	[
		'the address of the next page',
		{ at: 'rows', paging: { next: 'meta.next' } },
		(path: string) => ({
			rows: PAGES[pageOf(path, 'p') - 1],
			meta: { next: pageOf(path, 'p') < 2 ? `/rows?p=${pageOf(path, 'p') + 1}` : null },
		}),
	],
	[
		'a cursor',
		{ at: 'rows', paging: { next: 'cursor', param: 'after' } },
		(path: string) => ({ rows: PAGES[pageOf(path, 'after') - 1], cursor: pageOf(path, 'after') < 3 ? pageOf(path, 'after') + 1 : '' }),
	],
	['pages by number', { paging: { param: 'page' } }, (path: string) => PAGES[pageOf(path, 'page') - 1]],
	['pages by number from 0', { paging: { param: 'page', from: 0 } }, (path: string) => PAGES[pageOf(path, 'page')]],
] as const) {
	Api(`a list is read by ${name}, and asked for once`, () =>
		withService(
			({ path }, response) => json(response, answer(path)),
			({ host, hits }) =>
				withSources({ rows: api(host, source) }, async ({ open }) => {
					const data = open();
					assert.equal(shown(await collect(data.records('rows'))), [{ a: 1 }, { a: 2 }, { a: 3 }]);
					const asked = hits.length;
					assert.is((await collect(data.records('rows'))).length, 3);
					assert.is(hits.length, asked);
				}),
		),
	);
}

Api('a list is read by links in headers, and by a cursor in the body of a POST', () =>
	withService(
		({ path, method, body }, response) => {
			if (method === 'POST') {
				const { after = 1, q } = JSON.parse(body) as { after?: number; q: string };
				assert.is(q, 'all');
				return json(response, { rows: PAGES[after - 1], cursor: after < 3 ? after + 1 : null });
			}
			const page = pageOf(path, 'p');
			json(response, PAGES[page - 1], page < 3 ? { link: `</rows?p=1>; rel="first", </rows?p=${page + 1}>; rel="next"` } : {});
		},
		({ host }) =>
			withSources(
				{
					links: api(host),
					posts: api(host, { method: 'POST', body: { q: 'all' }, at: 'rows', paging: { next: 'cursor', param: 'after' } }),
				},
				async ({ open }) => {
					const data = open();
					for (const name of ['links', 'posts']) assert.is((await collect(data.records(name))).length, 3, name);
				},
			),
	),
);

Api('pages that come again, never end, or lead elsewhere end the source in words', () =>
	withService(
		({ path }, response) => {
			if (path.startsWith('/same')) return json(response, [{ a: 1 }]);
			if (path.startsWith('/endless')) return json(response, [{ a: pageOf(path, 'page') }]);
			if (path.startsWith('/loop')) return json(response, { rows: [], next: '/loop' });
			json(response, { rows: [{ a: 1 }], next: 'http://other.example/rows' });
		},
		({ host, hits }) =>
			withSources(
				{
					same: api(host, { path: '/same', paging: { param: 'page' } }),
					endless: api(host, { path: '/endless', paging: { param: 'page' } }),
					loop: api(host, { path: '/loop', at: 'rows', paging: { next: 'next' } }),
					elsewhere: api(host, { path: '/elsewhere', at: 'rows', paging: { next: 'next' } }),
				},
				async ({ open }) => {
					const data = open();
					assert.match((await failureOf(data.records('same'))) ?? '', 'RF4200');
					assert.match((await failureOf(data.records('loop'))) ?? '', 'RF4200');
					assert.match((await failureOf(data.records('elsewhere'))) ?? '', 'RF4210');
					assert.match((await failureOf(data.records('endless'))) ?? '', 'RF4211');
					assert.is(hits.filter(({ path }) => path.startsWith('/endless')).length, 1000);
				},
			),
	),
);

const DEEP = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
const HOSTILE: Readonly<Record<string, Buffer>> = {
	'/deep': Buffer.from(`[{"a":1},{"a":2,"d":${DEEP}},{"a":3}]`),
	'/latin': Buffer.from('[{"a":1,"name":"J\xfcrgen"}]', 'latin1'),
};

Api('a row with too many levels costs itself; an answer that is no text in UTF-8 is refused, and shows no wrong letters', () =>
	withService(
		({ path }, response) => void response.end(HOSTILE[path]),
		({ host }) =>
			withSources(
				{
					deep: api(host, { path: '/deep' }),
					latin: api(host, { path: '/latin' }),
					each: api(host, { path: '/{id}' }),
					live: { type: 'live', url: `http://${host}/deep`, allowPrivate: [host], fields: {} },
				},
				async ({ open }) => {
					const data = open();
					for (const name of ['deep', 'live']) {
						assert.equal(shown(await collect(data.records(name))), [{ a: 1 }, 'RF4206 2 d', { a: 3 }], name);
					}
					assert.match((await failureOf(data.records('latin'))) ?? '', /^RF4205 .*\/latin answers with bytes that are no text in UTF-8/);
					assert.equal(shown([await data.recordFor('each', { row: 1, values: { id: 'latin' } })]), ['RF4205 1']);
				},
			),
	),
);

Api('every fault of a service costs the recipient that met it, and no other', () =>
	withService(
		({ path }, response, number) => {
			if (path === '/users/429')
				return number % 2 === 1 ? void response.writeHead(429, { 'retry-after': '1' }).end() : json(response, { a: 429 });
			if (path === '/users/500') return void response.writeHead(500).end('secret stack');
			if (path === '/users/404') return void response.writeHead(404).end();
			if (path === '/users/html')
				return void response.writeHead(200, { 'content-type': 'application/json' }).end('<!doctype html><html>login');
			if (path === '/users/broken') return void response.writeHead(200).end('{"a":');
			if (path === '/users/huge') return void response.writeHead(200, { 'content-length': '50000000' }).write('[');
			if (path === '/users/slow') return void response.writeHead(200).write('[');
			if (path === '/users/private') return void response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end();
			if (path === '/users/list') return json(response, [{ a: 1 }, { a: 2 }]);
			if (path === '/users/number') return json(response, 7);
			if (path === '/users/reset') return void response.destroy();
			json(response, { a: 1, path });
		},
		({ host }) =>
			withSources({ user: api(host, { path: '/users/{id}' }) }, async ({ open }) => {
				const data = open();
				const ids = [
					'429',
					'500',
					'404',
					'html',
					'broken',
					'huge',
					'slow',
					'private',
					'list',
					'number',
					'reset',
					'a/../b?c#d é',
					'..',
					'',
					'ok',
				];
				const started = performance.now();
				const records = await Promise.all(ids.map((id, index) => data.recordFor('user', { row: index + 1, values: { id } })));
				assert.ok(performance.now() - started < 8000);
				assert.equal(shown(records), [
					{ a: 429 },
					'RF4209 2',
					'RF4209 3',
					'RF4212 4',
					'RF4212 5',
					'RF4211 6',
					'RF4211 7',
					'RF4210 8',
					'RF4201 9',
					'RF4200 10',
					'RF4200 11',
					{ a: 1, path: '/users/a%2F..%2Fb%3Fc%23d%20%C3%A9' },
					'RF4210 13 id',
					'RF4203 14 id',
					{ a: 1, path: '/users/ok' },
				]);
				assert.not.match(JSON.stringify(records), 'secret');
			}),
	),
);

Api('a request is made once for all who share it, and so many at a time', () => {
	let under = 0;
	let most = 0;
	return withService(
		({ path }, response) => {
			most = Math.max(most, ++under);
			setTimeout(() => {
				under--;
				json(response, { a: path });
			}, 10);
		},
		({ host, hits }) =>
			withSources({ user: api(host, { path: '/u/{id}', concurrency: 3 }) }, async ({ open }) => {
				const data = open();
				const records = await Promise.all(
					Array.from({ length: 40 }, (_, index) => data.recordFor('user', { row: index + 1, values: { id: index % 10 } })),
				);
				assert.equal(
					records.map((record) => record.row),
					Array.from({ length: 40 }, (_, index) => index + 1),
				);
				assert.is(hits.length, 10);
				assert.is(most, 3);
			}),
	);
});

Api('a POST has the fields in its body with their types, and is not made again once it was acted on', () =>
	withService(
		({ body }, response) =>
			body.includes('bad') ? void response.writeHead(500).end() : json(response, { got: JSON.parse(body) as unknown }),
		({ host, hits }) => {
			const source = api(host, { method: 'POST', body: { n: '{deals}', q: ['id is {id}'], 'x{id}': 1 } });
			return withSources({ user: source }, async ({ open }) => {
				const data = open();
				const values = { id: `"}${variable('KEY')}{deals}`, deals: 3 };
				const record = await data.recordFor('user', { row: 1, values });
				assert.equal(shown([record]), [{ got: { n: 3, q: [`id is ${values.id}`], 'x{id}': 1 } }]);
				assert.equal(shown([await data.recordFor('user', { row: 2, values: { id: 'bad', deals: 1 } })]), ['RF4209 2']);
				assert.is(hits.length, 2);
			});
		},
	),
);

const SECRET = 's3cr3t-canary+/=7';
const CANARY = /s3cr3t-canary/;

Api('variables of the environment reach the service and nothing else', () =>
	withService(
		({ path }, response) => (path.startsWith('/bad') ? void response.writeHead(403).end(SECRET) : json(response, [{ a: 1 }])),
		({ host, hits }) => {
			const headers = { Authorization: `Bearer ${variable('KEY')}` };
			const sources = {
				good: api(host, { path: `/rows?key=${variable('KEY')}`, headers, refresh: 'cached' }),
				bad: api(host, { path: `/bad/${variable('KEY')}?key=${variable('KEY')}`, headers }),
				badRow: api(host, { path: `/bad/${variable('KEY')}/{id}`, headers }),
				unset: api(host, { headers: { a: `${variable('NOT_THERE')}` } }),
			} as const;
			return withSources(
				sources,
				async ({ open, cache }) => {
					const data = open();
					await collect(data.records('good'));
					assert.is(hits[0]?.headers.authorization, `Bearer ${SECRET}`);
					assert.is(new URL(hits[0]?.path ?? '', 'http://x').searchParams.get('key'), SECRET);
					const failures = [
						await failureOf(data.records('bad')),
						JSON.stringify(await data.recordFor('badRow', { row: 1, values: { id: 1 } })),
					];
					for (const failure of failures) {
						assert.match(failure ?? '', 'RF4209');
						assert.not.match(failure ?? '', CANARY);
					}
					assert.is(await failureOf(data.records('unset')), 'RF4215 the environment variable NOT_THERE is not set');
					for (const file of readdirSync(cache)) assert.not.match(file + readFileSync(join(cache, file), 'utf8'), CANARY);
				},
				{ environment: { KEY: `${SECRET}\n` } },
			);
		},
	),
);

Api('a kept answer is good for its time and while it is whole; nobody else may read it', () =>
	withService(
		({ path }, response, number) => json(response, path === '/rows' ? [{ a: number }] : { a: number }),
		({ host, hits }) => {
			const kept = { refresh: 'cached', ttl: '2m' } as const;
			return withSources({ list: api(host, kept), user: api(host, { ...kept, path: '/u/{id}' }) }, async ({ open, cache }) => {
				const read = async (now: number) => {
					const data = open(() => now);
					const user = await data.recordFor('user', { row: 5, values: { id: 1 } });
					return [...shown(await collect(data.records('list'))), ...shown([user])];
				};
				const first = await read(1000);
				assert.equal(await read(120_000), first);
				assert.is(hits.length, 2);
				assert.equal(
					readdirSync(cache).map((file) => statSync(join(cache, file)).mode & 0o777),
					[0o600, 0o600, 0o600],
				);
				assert.is(statSync(cache).mode & 0o777, 0o700);
				await read(121_001);
				assert.is(hits.length, 4);
				for (const file of readdirSync(cache))
					writeFileSync(join(cache, file), '{"formatVersion":1,"asked":121001,"sha256":"../../x","text":"{}"}');
				const again = await read(121_002);
				assert.is(hits.length, 6);
				assert.equal(again, [{ a: 6 }, { a: 5 }]);
			});
		},
	),
);

Api.run();
