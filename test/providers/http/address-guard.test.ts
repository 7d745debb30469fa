import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AddressRefused, isPublicAddress, type Lookup, publicAddresses } from '../../../src/providers/http/address-guard.ts';
import { type FetcherOptions, type HttpRequest, type HttpResult, openFetcher } from '../../../src/providers/http/fetcher.ts';
import { serve, type TestServer } from '../../support/fault-server.ts';

const Guard = suite('providers/http/address-guard');

for (const [address, isPublic] of [
	['8.8.8.8', true],
	['2606:4700::1111', true],
	['127.0.0.1', false],
	['10.1.2.3', false],
	['172.16.0.1', false],
	['192.168.1.1', false],
	['100.64.0.1', false],
	['169.254.169.254', false],
	['0.0.0.0', false],
	['224.0.0.1', false],
	['255.255.255.255', false],
	['198.18.0.1', false],
	['::1', false],
	['::', false],
	['::ffff:10.0.0.1', false],
	['::7f00:1', false],
	['::ffff:0:7f00:1', false],
	['64:ff9b::7f00:1', false],
	['2002:7f00:1::', false],
	['fd00:ec2::254', false],
	['fe80::1', false],
	['fe80::1%eth0', false],
	['fec0::1', false],
	['4000::1', false],
	['ff02::1', false],
	['localhost', false],
	['', false],
] as const) {
	Guard(`"${address}" is ${isPublic ? '' : 'not '}a public address`, () => assert.is(isPublicAddress(address), isPublic));
}

const request = (url: string): HttpRequest => ({ url, expect: 'bytes', maxBytes: 1000, timeoutMs: 2000, retry: 'never' });
const private4: Lookup = async () => [{ address: '127.0.0.1', family: 4 }];

const withCanary = async (test: (canary: TestServer) => Promise<void>): Promise<void> => {
	const canary = await serve((_request, response) => response.end('secret'));
	try {
		await test(canary);
	} finally {
		await canary.close();
	}
};

const ask = async (url: string, options: FetcherOptions): Promise<HttpResult<unknown>> => {
	const fetcher = openFetcher(options);
	try {
		return await fetcher.send(request(url));
	} finally {
		await fetcher.close();
	}
};

const kindOf = (result: HttpResult<unknown>): string => (result.ok ? 'answered' : `${result.problem.kind} ${result.problem.code}`);

const probes: readonly (readonly [name: string, host: string, lookup?: Lookup])[] = [
	['localhost', 'localhost'],
	['localhost with a dot', 'LOCALHOST.'],
	['127.0.0.1', '127.0.0.1'],
	['127.1', '127.1'],
	['hexadecimal', '0x7f000001'],
	['decimal', '2130706433'],
	['octal', '017700000001'],
	['IPv4 in IPv6', '[::ffff:127.0.0.1]'],
	['IPv6 loopback', '[::1]'],
	['link-local metadata', '169.254.169.254'],
	['a private network', '10.0.0.1'],
	['the unspecified address', '0.0.0.0'],
	['a name for a private address', 'canary.example', private4],
	[
		'a name for a public and a private address',
		'canary.example',
		async () => [
			{ address: '8.8.8.8', family: 4 },
			{ address: '127.0.0.1', family: 4 },
		],
	],
	['a name for a mapped address', 'canary.example', async () => [{ address: '::ffff:127.0.0.1', family: 6 }]],
	['a name for nothing', 'canary.example', async () => []],
];

for (const [name, host, lookup] of probes) {
	Guard(`${name} is refused, and what listens there hears nothing`, () =>
		withCanary(async (canary) => {
			const result = await ask(`http://${host}:${canary.port}/`, lookup ? { lookup } : {});
			assert.is(kindOf(result), 'address RF4210');
			assert.is(canary.seen.length, 0);
		}),
	);
	Guard(`a redirect to ${name} is refused, and what listens there hears nothing`, () =>
		withCanary(async (canary) => {
			const outer = await serve((_request, response) => response.writeHead(302, { location: `http://${host}:${canary.port}/` }).end());
			const result = await ask(outer.origin, { allowPrivate: [outer.host], ...(lookup && { lookup }) });
			await outer.close();
			assert.is(outer.seen.length, 1);
			assert.is(kindOf(result), 'address RF4210');
			assert.is(canary.seen.length, 0);
		}),
	);
}

Guard('the same address is reached when it is allowed, so that the refusals above mean something', () =>
	withCanary(async (canary) => {
		for (const [entry, host] of [
			[canary.host, '127.0.0.1'],
			[canary.host, '2130706433'],
			['127.0.0.1', '127.0.0.1'],
			['LocalHost', 'localhost'],
			[`canary.example:${canary.port}`, 'canary.example'],
		] as const) {
			const result = await ask(`http://${host}:${canary.port}/`, {
				allowPrivate: [entry],
				...(host === 'canary.example' && { lookup: private4 }),
			});
			assert.is(kindOf(result), 'answered', entry);
		}
		assert.is(canary.seen.length, 5);
	}),
);

Guard('an entry with a port allows no other port, and an entry for an address no name that leads to it', () =>
	withCanary(async (canary) => {
		assert.is(kindOf(await ask(canary.origin, { allowPrivate: [`127.0.0.1:${canary.port + 1}`] })), 'address RF4210');
		assert.is(kindOf(await ask(`http://localhost:${canary.port}`, { allowPrivate: [canary.host] })), 'address RF4210');
		assert.is(kindOf(await ask(canary.origin, { allowPrivate: ['127.0.0.10', '127.0.0', '', ':', '0.1'] })), 'address RF4210');
		assert.is(canary.seen.length, 0);
	}),
);

Guard('a resolver that gives a public address first and a private one then is refused at the second connection', async () => {
	let calls = 0;
	const lookup: Lookup = async () => [{ address: calls++ === 0 ? '8.8.8.8' : '127.0.0.1', family: 4 }];
	assert.equal(await publicAddresses('canary.example', lookup), [{ address: '8.8.8.8', family: 4 }]);
	const second = await publicAddresses('canary.example', lookup).catch((error: unknown) => error);
	assert.ok(second instanceof AddressRefused);
});

Guard('a name is looked up once for a connection: what was checked is what is connected to', () =>
	withCanary(async (canary) => {
		let calls = 0;
		const lookup: Lookup = async () => [{ address: calls++ === 0 ? '127.0.0.1' : '127.0.0.2', family: 4 }];
		const result = await ask(`http://canary.example:${canary.port}/`, { allowPrivate: ['canary.example'], lookup });
		assert.is(kindOf(result), 'answered');
		assert.is(calls, 1);
	}),
);

for (const [name, url] of [
	['another scheme', 'file:///etc/passwd'],
	['data', 'data:text/plain,hello'],
	['a user name', 'http://user:hunter2@127.0.0.1/'],
	['no address', 'recipients.csv'],
	['no host', 'http://'],
	['a mail port', 'http://8.8.8.8:25/'],
	['17,000 characters', `https://a.example/${'x'.repeat(17_000)}`],
] as const) {
	Guard(`an address with ${name} is refused unasked`, async () => {
		const result = await ask(url, { lookup: private4 });
		assert.is(kindOf(result), 'address RF4210');
		if (!result.ok) assert.not.match(result.problem.summary + result.problem.hint, 'hunter2');
	});
}

Guard('a redirect to a file or to an address with a password is refused', async () => {
	for (const location of ['file:///etc/passwd', 'http://user:pw@127.0.0.1/', 'ftp://127.0.0.1/', 'http://[bad']) {
		const outer = await serve((_request, response) => response.writeHead(302, { location }).end());
		const result = await ask(outer.origin, { allowPrivate: ['127.0.0.1'] });
		await outer.close();
		assert.is(kindOf(result), 'address RF4210', location);
	}
});

Guard('no message shows the query of an address', async () => {
	const result = await ask('http://127.0.0.1:81/rows?token=hunter2#hunter2', {});
	assert.not(result.ok);
	if (!result.ok) {
		assert.match(result.problem.summary, 'http://127.0.0.1:81/rows leads to');
		assert.not.match(JSON.stringify(result.problem), 'hunter2');
	}
});

Guard.run();
