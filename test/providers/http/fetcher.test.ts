import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sha256Hex } from '../../../src/model/keys.ts';
import {
	type Fetcher,
	type FetcherOptions,
	type HttpAnswer,
	HttpFailure,
	type HttpProblem,
	type HttpRequest,
	type HttpResult,
	openFetcher,
} from '../../../src/providers/http/fetcher.ts';
import { type Seen, serve, type TestServer } from '../../support/fault-server.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const Fetching = suite('providers/http/fetcher');

type Answering = (response: ServerResponse, before: number, request: Seen) => void;
type World = {
	readonly fetcher: Fetcher;
	readonly server: TestServer;
	readonly waits: readonly number[];
	get(wishes?: Wishes): HttpRequest;
};
type Wishes = Partial<Omit<HttpRequest, 'url'>> & { readonly path?: string };

/** A fetcher that may reach one server and waits in no time. */
const between = async (answering: Answering, test: (world: World) => Promise<void>, options: FetcherOptions = {}): Promise<void> => {
	const server = await serve((request, response, before) => answering(response, before, request));
	const waits: number[] = [];
	const sleep = async (ms: number) => waits.push(ms);
	const fetcher = openFetcher({ allowPrivate: [server.host], sleep, ...options });
	const get = ({ path = '/rows?key=hunter2', ...wishes }: Wishes = {}): HttpRequest => ({
		url: `${server.origin}${path}`,
		expect: 'json',
		maxBytes: 100_000,
		timeoutMs: 60_000,
		retry: 'safe',
		...wishes,
	});
	try {
		await test({ fetcher, server, waits, get });
	} finally {
		await fetcher.close();
		await server.close();
	}
};

const textOf = (result: HttpResult<HttpAnswer>): string => {
	assert.ok(result.ok, JSON.stringify(result));
	return result.ok ? Buffer.from(result.value.bytes).toString() : '';
};

const problemOf = (result: HttpResult<unknown>): HttpProblem => {
	assert.not(result.ok, 'it was answered');
	const { problem } = result as Extract<typeof result, { ok: false }>;
	assert.not.match(problem.summary + problem.hint, 'hunter2');
	return problem;
};

Fetching('an answer has its status, headers, address and bytes', () =>
	between(
		(response) => response.writeHead(200, { 'x-total': '3', 'set-cookie': ['a=1', 'b=2'] }).end('[1, 2]'),
		async ({ fetcher, server, get }) => {
			const result = await fetcher.send(get({ headers: { Authorization: 'Bearer hunter2' } }));
			assert.is(textOf(result), '[1, 2]');
			if (!result.ok) return;
			assert.is(result.value.status, 200);
			assert.is(result.value.headers['x-total'], '3');
			assert.is(result.value.headers['set-cookie'], 'a=1,b=2');
			assert.is(result.value.url, `${server.origin}/rows?key=hunter2`);
			assert.is(server.seen[0]?.headers['authorization'], 'Bearer hunter2');
		},
	),
);

Fetching('a body is posted as it is given, and sent again when the service was busy', () =>
	between(
		(response, before) => (before === 0 ? response.writeHead(503).end() : response.end('{}')),
		async ({ fetcher, server, get, waits }) => {
			const body = JSON.stringify({ name: 'Zoë' });
			textOf(await fetcher.send(get({ method: 'POST', body, headers: { 'content-type': 'application/json' }, retry: 'unsent' })));
			assert.equal(
				server.seen.map((seen) => [seen.method, seen.body, seen.headers['content-type']]),
				[0, 1].map(() => ['POST', body, 'application/json']),
			);
			assert.equal(waits, [500]);
		},
	),
);

Fetching('429 is tried again after the seconds that Retry-After says', () =>
	between(
		(response, before) =>
			before < 2 ? response.writeHead(429, { 'retry-after': String(before + 7) }).end('slow down') : response.end('[]'),
		async ({ fetcher, get, waits }) => {
			assert.is(textOf(await fetcher.send(get())), '[]');
			assert.equal(waits, [7000, 8000]);
		},
	),
);

Fetching('Retry-After may be a date, and is never followed for more than a minute', () =>
	between(
		(response, before) => {
			const after = [new Date(1_800_000_004_000).toUTCString(), '86400', 'soon'][before];
			after === undefined ? response.end('[]') : response.writeHead(429, { 'retry-after': after }).end();
		},
		async ({ fetcher, get, waits }) => {
			assert.is(textOf(await fetcher.send(get({ timeoutMs: 600_000 }))), '[]');
			assert.equal(waits, [4000, 60_000, 2000]);
		},
		{ now: () => 1_800_000_000_000 },
	),
);

Fetching('a wait past the end of the time is not begun', () =>
	between(
		(response) => response.writeHead(429, { 'retry-after': '30' }).end('later'),
		async ({ fetcher, server, get, waits }) => {
			const problem = problemOf(await fetcher.send(get({ timeoutMs: 5000 })));
			assert.equal([problem.kind, problem.code, problem.status, problem.body], ['status', 'RF4209', 429, 'later']);
			assert.is(problem.headers?.['retry-after'], '30');
			assert.equal([server.seen.length, waits.length], [1, 0]);
		},
	),
);

Fetching('500 and then an answer is an answer', () =>
	between(
		(response, before) => (before === 0 ? response.writeHead(500).end('oops') : response.end('[]')),
		async ({ fetcher, get, waits }) => {
			assert.is(textOf(await fetcher.send(get())), '[]');
			assert.equal(waits, [500]);
		},
	),
);

for (const [status, retry, asked] of [
	[500, 'safe', 4],
	[500, 'unsent', 1],
	[500, 'never', 1],
	[502, 'safe', 4],
	[503, 'safe', 4],
	[503, 'unsent', 4],
	[503, 'never', 1],
	[429, 'unsent', 4],
	[429, 'never', 1],
	[408, 'unsent', 1],
	[400, 'safe', 1],
	[401, 'safe', 1],
	[404, 'safe', 1],
	[501, 'safe', 1],
] as const) {
	Fetching(`${status} for good is asked ${asked} times when retrying is ${retry}, and told with the service's own words`, () =>
		between(
			(response) => response.writeHead(status).end('x'.repeat(9000)),
			async ({ fetcher, server, get }) => {
				const problem = problemOf(await fetcher.send(get({ retry })));
				assert.equal([problem.kind, problem.code, problem.status], ['status', 'RF4209', status]);
				assert.is(problem.summary, `${server.origin}/rows answers with status ${status}`);
				assert.is(problem.body, 'x'.repeat(4096));
				assert.is(server.seen.length, asked);
			},
		),
	);
}

Fetching('a service that never answers is given up when the time is up', () =>
	between(
		() => undefined,
		async ({ fetcher, server, get }) => {
			const problem = problemOf(await fetcher.send(get({ timeoutMs: 200 })));
			assert.equal([problem.kind, problem.code], ['time', 'RF4211']);
			assert.is(problem.summary, `${server.origin}/rows has not answered in full for 0.2 s`);
			assert.is(server.seen.length, 1);
		},
	),
);

Fetching('an answer that drips is given up when the time is up, however many bytes came', () => {
	const drips: NodeJS.Timeout[] = [];
	return between(
		(response) => {
			response.writeHead(200).write('[');
			drips.push(setInterval(() => response.write('1,'), 20));
		},
		async ({ fetcher, get }) => {
			assert.is(problemOf(await fetcher.send(get({ timeoutMs: 300 }))).kind, 'time');
		},
	).finally(() => drips.forEach(clearInterval));
});

Fetching('an answer that stops in the middle is given up after a pause, and asked for again', () =>
	between(
		(response, before) => (before === 0 ? response.writeHead(200).write('[1,') : response.end('[1,2]')),
		async ({ fetcher, get }) => assert.is(textOf(await fetcher.send(get())), '[1,2]'),
		{ idleMs: 100 },
	),
);

Fetching('a caller may give up, before and while it waits', () =>
	between(
		() => undefined,
		async ({ fetcher, server, get }) => {
			const before = problemOf(await fetcher.send(get({ signal: AbortSignal.abort() })));
			assert.is(before.kind, 'aborted');
			assert.is(server.seen.length, 0);
			const controller = new AbortController();
			setTimeout(() => controller.abort(), 50);
			assert.is(problemOf(await fetcher.send(get({ signal: controller.signal }))).kind, 'aborted');
		},
	),
);

Fetching('closing the fetcher ends what is under way', () =>
	between(
		() => undefined,
		async ({ fetcher, get }) => {
			const pending = fetcher.send(get());
			setTimeout(() => fetcher.close(), 50);
			assert.is(problemOf(await pending).kind, 'aborted');
		},
	),
);

const big = `[${'1,'.repeat(100_000)}1]`;
const bomb = gzipSync(Buffer.alloc(50_000_000, '1'));
const packedNoise = gzipSync(randomBytes(200_000));

for (const [name, answer] of [
	['announced', (response: ServerResponse) => response.writeHead(200, { 'content-length': big.length }).end(big)],
	['not announced', (response: ServerResponse) => response.writeHead(200).write(big)],
	['a gzip bomb', (response: ServerResponse) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)],
	[
		'a brotli bomb',
		(response: ServerResponse) =>
			response.writeHead(200, { 'content-encoding': 'br' }).end(brotliCompressSync(Buffer.alloc(5_000_000, '1'))),
	],
	['too large as it is sent', (response: ServerResponse) => response.writeHead(200, { 'content-encoding': 'gzip' }).write(packedNoise)],
] as const) {
	Fetching(`a body over the limit is refused: ${name}`, () =>
		between(
			(response) => void answer(response),
			async ({ fetcher, server, get }) => {
				const problem = problemOf(await fetcher.send(get()));
				assert.equal([problem.kind, problem.code], ['size', 'RF4211']);
				assert.is(problem.summary, `${server.origin}/rows answers with more than 100 KB`);
				assert.is(server.seen.length, 1);
			},
		),
	);
}

Fetching('a body of exactly the limit is taken, and one byte more is not', () =>
	between(
		(response) => response.end('[12345678]'),
		async ({ fetcher, get }) => {
			assert.is(textOf(await fetcher.send(get({ maxBytes: 10 }))), '[12345678]');
			assert.is(problemOf(await fetcher.send(get({ maxBytes: 9 }))).kind, 'size');
		},
	),
);

for (const [encoding, packed, damaged] of [
	['gzip', gzipSync('[1]'), Buffer.concat([gzipSync('[1]').subarray(0, 2), Buffer.from('rubbish')])],
	['br', brotliCompressSync('[1]'), 'rubbish'],
] as const) {
	Fetching(`${encoding} is unpacked`, () =>
		between(
			(response) => response.writeHead(200, { 'content-encoding': encoding }).end(packed),
			async ({ fetcher, get }) => assert.is(textOf(await fetcher.send(get())), '[1]'),
		),
	);
	Fetching(`${encoding} that is cut off or damaged is a broken answer`, () =>
		between(
			(response, before) =>
				response.writeHead(200, { 'content-encoding': encoding }).end(before % 2 === 0 ? packed.subarray(0, packed.length - 3) : damaged),
			async ({ fetcher, server, get }) => {
				assert.is(problemOf(await fetcher.send(get())).kind, 'network');
				assert.is(server.seen.length, 4);
			},
		),
	);
}

Fetching('an encoding that was not asked for is refused', () =>
	between(
		(response) => response.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end(gzipSync(gzipSync('[1]'))),
		async ({ fetcher, get }) => assert.is(problemOf(await fetcher.send(get())).kind, 'type'),
	),
);

Fetching('fewer bytes than announced are a broken answer', () =>
	between(
		(response) => {
			response.writeHead(200, { 'content-length': 1000 }).write('[1');
			setTimeout(() => response.socket?.end(), 20);
		},
		async ({ fetcher, server, get }) => {
			const problem = problemOf(await fetcher.send(get()));
			assert.equal([problem.kind, problem.code], ['network', 'RF4200']);
			assert.is(server.seen.length, 4);
		},
	),
);

Fetching('bytes that are not packed as gzip as they say are told as such, and are not asked for again', () =>
	between(
		(response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('{"price": 3}'),
		async ({ fetcher, server, get }) => {
			const problem = problemOf(await fetcher.send(get()));
			assert.equal([problem.kind, problem.code], ['type', 'RF4212']);
			assert.is(problem.summary, `${server.origin}/rows says that its answer is packed as gzip, and it is not`);
			assert.is(server.seen.length, 1);
		},
	),
);

Fetching('more bytes than announced do not get in', () =>
	between(
		(response) => void response.socket?.end('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n[1],2,3]'),
		async ({ fetcher, get }) => {
			const result = await fetcher.send(get({ retry: 'never' }));
			if (result.ok) assert.is(textOf(result), '[1]');
			else assert.is(result.problem.kind, 'network');
		},
	),
);

for (const [retry, asked] of [
	['safe', 4],
	['unsent', 1],
] as const) {
	Fetching(`a connection that is reset after the request is asked ${asked} times when retrying is ${retry}`, () =>
		between(
			(response) => void response.socket?.destroy(),
			async ({ fetcher, server, get }) => {
				assert.is(problemOf(await fetcher.send(get({ method: 'POST', body: '{}', retry }))).kind, 'network');
				assert.is(server.seen.length, asked);
			},
		),
	);
}

Fetching('a connection that is refused is tried again even for a paid call, as nothing was sent', () =>
	between(
		(response) => response.end(),
		async ({ fetcher, server, get, waits }) => {
			await server.close();
			const problem = problemOf(await fetcher.send(get({ method: 'POST', body: '{}', retry: 'unsent' })));
			assert.equal([problem.kind, problem.code], ['network', 'RF4200']);
			assert.match(problem.summary, 'refuses the connection');
			assert.equal(waits, [500, 1000, 2000]);
		},
	),
);

Fetching('a name that does not exist is told at once', async () => {
	const lookup = async () => {
		throw Object.assign(new Error('no'), { code: 'ENOTFOUND' });
	};
	const fetcher = openFetcher({ lookup, sleep: async () => assert.unreachable() });
	const problem = problemOf(
		await fetcher.send({ url: 'https://nowhere.example/', expect: 'json', maxBytes: 9, timeoutMs: 900, retry: 'safe' }),
	);
	assert.equal([problem.kind, problem.summary], ['network', 'https://nowhere.example/ is on a host that does not exist']);
	await fetcher.close();
});

Fetching('a service without TLS says so', () =>
	between(
		(response) => response.end('[]'),
		async ({ fetcher, server, get }) => {
			const problem = problemOf(await fetcher.send({ ...get(), url: `https://${server.host}/` }));
			assert.equal([problem.kind, problem.summary], ['network', `https://${server.host}/ does not speak TLS`]);
		},
	),
);

const png = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
const page = '<!doctype html><html><body>Please log in</body></html>';

for (const [name, expect, body, looksLike] of [
	['HTML for JSON', 'json', page, 'an HTML page'],
	['HTML behind a comment', 'json', `<!-- login -->\n${page}`, 'an HTML page'],
	['nothing for JSON', 'json', '', 'nothing'],
	['spaces for JSON', 'json', '  \n', 'nothing but blanks'],
	['words for JSON', 'json', 'Service unavailable', 'text that is no JSON'],
	['XML for JSON', 'json', '<?xml version="1.0"?><rows/>', 'XML or HTML'],
	['HTML for a table', 'text', page, 'an HTML page'],
	['a picture for a table', 'text', png, 'a picture'],
	['a spreadsheet for a table', 'text', Buffer.from('PK\x03\x04xl/'), 'a ZIP or Office file'],
	['HTML for a picture', 'image', page, 'an HTML page'],
	['JSON for a picture', 'image', '{"error": 1}', 'JSON'],
	['nothing for a picture', 'image', '', 'nothing'],
	['HTML for sound', 'audio', page, 'an HTML page'],
	['JSON for sound', 'audio', '{"detail": "quota"}', 'JSON'],
	['a picture for a video', 'video', png, 'a picture'],
	['a playlist for a video', 'video', '#EXTM3U\nhttp://127.0.0.1/x.ts', 'text'],
] as const) {
	Fetching(`${name} is refused by what it is, whatever its header says`, () =>
		between(
			(response) => response.writeHead(200, { 'content-type': 'application/json' }).end(body),
			async ({ fetcher, server, get }) => {
				const problem = problemOf(await fetcher.send(get({ expect })));
				assert.equal([problem.kind, problem.code], ['type', 'RF4212']);
				assert.match(problem.summary, `answers with ${looksLike}, not with`);
				assert.is(server.seen.length, 1);
			},
		),
	);
}

for (const [name, expect, body] of [
	['JSON with a mark and spaces', 'json', '\uFEFF \n{"a": 1}'],
	['a bare number', 'json', '-3'],
	['no text', 'text', ''],
	['a table that begins with a bracket', 'text', '<name>,b\n1,2\n'],
	['anything', 'bytes', page],
	['a picture', 'image', png],
	['an SVG', 'image', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
	['WAV', 'audio', 'RIFF\x10\0\0\0WAVEfmt '],
	['MP3 with a tag', 'audio', 'ID3\x04\0\0\0\0\0\0\0\0\0'],
	['MP3 without one', 'audio', Buffer.from('fffb90640000000000000000', 'hex')],
	['an MP4', 'video', '\0\0\0\x18ftypisom\0\0\0\0isomiso2'],
] as const) {
	Fetching(`${name} is taken for ${expect}`, () =>
		between(
			(response) => response.writeHead(200, { 'content-type': 'text/html' }).end(body),
			async ({ fetcher, get }) => {
				const result = await fetcher.send(get({ expect }));
				assert.ok(result.ok, JSON.stringify(result));
				if (result.ok) assert.equal(Buffer.from(result.value.bytes), Buffer.from(body));
			},
		),
	);
}

Fetching('304 is an answer to a conditional request only', () =>
	between(
		(response) => response.writeHead(304).end(),
		async ({ fetcher, get }) => {
			const result = await fetcher.send(get({ headers: { 'If-None-Match': '"x"' } }));
			assert.ok(result.ok && result.value.status === 304 && result.value.bytes.length === 0);
			assert.is(problemOf(await fetcher.send(get())).status, 304);
		},
	),
);

const redirecting =
	(location: (request: Seen) => string | null, status = 302): Answering =>
	(response, _before, request) => {
		const to = location(request);
		to === null ? response.end('[]') : response.writeHead(status, { location: to }).end();
	};

Fetching('three redirects are followed, and no fourth', () =>
	between(
		redirecting(({ url }) => (url === '/0' ? null : `/${Number(url.slice(1)) - 1}`)),
		async ({ fetcher, server, get }) => {
			const result = await fetcher.send(get({ path: '/3' }));
			assert.is(result.ok ? result.value.url : '', `${server.origin}/0`);
			const problem = problemOf(await fetcher.send(get({ path: '/4' })));
			assert.equal([problem.kind, problem.status], ['status', 302]);
		},
	),
);

Fetching('a redirect loop ends', () =>
	between(
		redirecting(() => '/loop'),
		async ({ fetcher, server, get }) => {
			assert.is(problemOf(await fetcher.send(get())).code, 'RF4209');
			assert.is(server.seen.length, 4);
		},
	),
);

const SECRETS = {
	authorization: 'Bearer hunter2',
	cookie: 'sid=hunter2',
	'X-Api-Key': 'hunter2',
	'xi-token': 'hunter2',
	accept: 'application/json',
};

Fetching('secrets follow a redirect within an origin, and none to another', async () => {
	const other = await serve((_request, response) => response.end('[]'));
	await between(
		redirecting(({ url }) => (url === '/away' ? `${other.origin}/x` : url === '/near' ? '/here' : null)),
		async ({ server, get }) => {
			const fetcher = openFetcher({ allowPrivate: [server.host, other.host] });
			textOf(await fetcher.send(get({ path: '/near', headers: SECRETS })));
			assert.is(server.seen[1]?.headers['x-api-key'], 'hunter2');
			textOf(await fetcher.send(get({ path: '/away', headers: SECRETS })));
			assert.is(other.seen[0]?.headers['accept'], 'application/json');
			assert.not.match(JSON.stringify(other.seen), 'hunter2');
			await fetcher.close();
		},
	);
	await other.close();
});

for (const [status, method, body] of [
	[301, 'GET', ''],
	[302, 'GET', ''],
	[303, 'GET', ''],
	[307, 'POST', '{}'],
	[308, 'POST', '{}'],
] as const) {
	Fetching(`what is posted goes on as ${method} after ${status}`, () =>
		between(
			redirecting(({ url }) => (url === '/end' ? null : '/end'), status),
			async ({ fetcher, server, get }) => {
				textOf(await fetcher.send(get({ method: 'POST', body: '{}' })));
				assert.equal([server.seen[1]?.method, server.seen[1]?.body], [method, body]);
			},
		),
	);
}

Fetching('what is posted is not posted to another origin', async () => {
	const other = await serve((_request, response) => response.end('[]'));
	await between(
		redirecting(() => `${other.origin}/x`, 307),
		async ({ server, get }) => {
			const fetcher = openFetcher({ allowPrivate: [server.host, other.host] });
			assert.is(problemOf(await fetcher.send(get({ method: 'POST', body: 'hunter2' }))).kind, 'address');
			assert.is(other.seen.length, 0);
			await fetcher.close();
		},
	);
	await other.close();
});

Fetching('a header with a line break, or one that says how a message travels, is refused unsent', () =>
	between(
		(response) => response.end('[]'),
		async ({ fetcher, server, get }) => {
			for (const headers of [{ 'x-key': 'hunter2\r\nhost: evil' }, { 'a b': 'x' }, { Host: 'evil' }, { 'content-length': '0' }] as const) {
				assert.is(problemOf(await fetcher.send(get({ headers: { ...headers } }))).kind, 'address');
			}
			assert.is(server.seen.length, 0);
		},
	),
);

const home = temporaryDirectory();

Fetching('a download is at its place whole, with its hash', () =>
	between(
		(response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('a,b\n1,2\n')),
		async ({ fetcher, get }) => {
			const folder = join(home, 'new', 'folder');
			const result = await fetcher.download(get({ expect: 'text' }), join(folder, 'rows.csv'));
			assert.ok(result.ok);
			if (result.ok) assert.equal([result.value.sha256, result.value.bytes], [sha256Hex(Buffer.from('a,b\n1,2\n')), 8]);
			assert.is(readFileSync(join(folder, 'rows.csv'), 'utf8'), 'a,b\n1,2\n');
			assert.equal(readdirSync(folder), ['rows.csv']);
		},
	),
);

Fetching('a download that fails leaves what was there, and nothing beside it', () =>
	between(
		(response) => {
			response.writeHead(200, { 'content-length': 1000 }).write('half');
			setTimeout(() => response.socket?.destroy(), 20);
		},
		async ({ fetcher, get }) => {
			const folder = temporaryDirectory();
			writeFileSync(join(folder, 'rows.csv'), 'old');
			assert.is(problemOf(await fetcher.download(get({ expect: 'text' }), join(folder, 'rows.csv'))).kind, 'network');
			assert.is(readFileSync(join(folder, 'rows.csv'), 'utf8'), 'old');
			assert.equal(readdirSync(folder), ['rows.csv']);
		},
	),
);

Fetching('a download that cannot be written rejects: that is no fault of the service', () =>
	between(
		(response) => response.end('[]'),
		async ({ fetcher, get }) => {
			const folder = temporaryDirectory();
			writeFileSync(join(folder, 'file'), '');
			const error = await fetcher.download(get(), join(folder, 'file', 'rows.csv')).catch((thrown: unknown) => thrown);
			assert.match(String((error as NodeJS.ErrnoException).code), /^(ENOTDIR|EEXIST)$/);
		},
	),
);

Fetching('a stream gives the body as it comes', () =>
	between(
		(response) => {
			response.write('data: 1\n');
			setTimeout(() => response.end('data: 2\n'), 30);
		},
		async ({ fetcher, get }) => {
			const result = await fetcher.stream(get({ expect: 'text' }));
			assert.ok(result.ok);
			const parts: string[] = [];
			if (result.ok) for await (const part of result.value.body) parts.push(Buffer.from(part).toString());
			assert.equal(parts, ['data: 1\n', 'data: 2\n']);
		},
	),
);

for (const [name, answer, kind] of [
	['breaks', (response: ServerResponse) => setTimeout(() => response.socket?.destroy(), 20), 'network'],
	['grows over the limit', (response: ServerResponse) => setTimeout(() => response.write('1'.repeat(200_000)), 20), 'size'],
	['never ends', () => undefined, 'time'],
] as const) {
	Fetching(`a stream that ${name} throws while it is read`, () =>
		between(
			(response) => {
				response.write('[1,');
				answer(response);
			},
			async ({ fetcher, get }) => {
				const result = await fetcher.stream(get({ timeoutMs: 400 }));
				assert.ok(result.ok);
				if (!result.ok) return;
				try {
					for await (const _part of result.value.body);
					assert.unreachable();
				} catch (error) {
					assert.instance(error, HttpFailure);
					assert.is((error as HttpFailure).problem.kind, kind);
				}
			},
		),
	);
}

Fetching('a stream that is left early lets go of its connection', () => {
	let closed = () => {};
	const gone = new Promise<void>((resolve) => {
		closed = resolve;
	});
	return between(
		(response) => {
			response.on('close', closed);
			response.write('[1,');
		},
		async ({ fetcher, get }) => {
			const result = await fetcher.stream(get());
			if (result.ok) for await (const _part of result.value.body) break;
			await gone;
		},
	);
});

Fetching.run();
