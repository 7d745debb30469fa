import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sha256Hex } from '../../src/model/keys.ts';
import type { AssetHit, AssetProvider, AssetQuery, FetchedAsset, ProviderProblem, ProviderResult } from '../../src/ports/asset-provider.ts';
import type { Fetcher } from '../../src/providers/http/contract.ts';
import { openFetcher } from '../../src/providers/http/fetcher.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { KEY, SECRET, type Vendor } from '../support/vendors/asset-vendors.ts';
import { type Fault, type ServedVendor, serveVendor } from '../support/vendors/serve-vendor.ts';

export type AssetProviderUnderTest = {
	readonly vendor: Vendor;
	/** What the vendor sends. */
	readonly media: () => Promise<Buffer>;
	readonly query: AssetQuery;
	/** `key` false: the environment has none. */
	readonly open: (options: { readonly origin: string; readonly fetcher: Fetcher; readonly key: boolean }) => AssetProvider;
};

type Stage = {
	readonly provider: AssetProvider;
	readonly server: ServedVendor;
	readonly directory: string;
	readonly keyless: AssetProvider;
};

/** Every AssetProvider that asks a service runs this suite, against a server that knows the vendor's documentation. */
export const describeAssetProvider = (name: string, under: AssetProviderUnderTest): void => {
	const Contract = suite(`contract: asset provider (${name})`);
	const { query } = under;
	const never = new AbortController().signal;
	const problems: ProviderProblem[] = [];

	const withStage = (title: string, test: (stage: Stage) => Promise<void>): void => {
		Contract(title, async () => {
			const server = await serveVendor(under.vendor, await under.media());
			const fetcher = openFetcher({ allowPrivate: [server.host], sleep: async () => undefined });
			const stage = {
				server,
				directory: join(temporaryDirectory(), 'work'),
				provider: under.open({ origin: server.origin, fetcher, key: true }),
				keyless: under.open({ origin: server.origin, fetcher, key: false }),
			};
			try {
				await test(stage);
				assert.equal(server.undocumented(), [], 'asks only what is documented');
			} finally {
				await fetcher.close();
				await server.close();
			}
		});
	};
	const hitsOf = (result: ProviderResult<readonly AssetHit[]>): readonly AssetHit[] => {
		assert.ok(result.ok, JSON.stringify(result));
		return result.value;
	};
	const take = async ({ provider, directory }: Stage, signal = never): Promise<ProviderResult<FetchedAsset>> => {
		const found = await provider.search(query, signal);
		return found.ok ? provider.fetch(found.value[0]!, { query, directory, signal }) : found;
	};
	const problemOf = <T>(result: ProviderResult<T>): ProviderProblem => {
		assert.not.ok(result.ok, 'has a problem');
		const { problem } = result as { problem: ProviderProblem };
		problems.push(problem);
		return problem;
	};
	const filesIn = (directory: string): Promise<readonly string[]> => readdir(directory).catch(() => []);

	withStage('what is found is fetched whole, under its hash, and nothing else is left', async (stage) => {
		const hits = hitsOf(await stage.provider.search(query, never));
		assert.ok(hits.length <= 80 && hits.every(({ id, license }) => id !== '' && license !== ''));
		const fetched = await stage.provider.fetch(hits[0]!, { query, directory: stage.directory, signal: never });
		assert.ok(fetched.ok, JSON.stringify(fetched));
		const bytes = await readFile(fetched.value.file);
		assert.is(fetched.value.sha256, sha256Hex(bytes));
		assert.is(fetched.value.bytes, bytes.length);
		assert.ok(bytes.equals(await under.media()));
		assert.equal(await filesIn(stage.directory), [`${fetched.value.sha256}.${fetched.value.extension}`]);
	});
	withStage('the same search finds the same, in the same order', async ({ provider }) => {
		assert.equal(hitsOf(await provider.search(query, never)), hitsOf(await provider.search(query, never)));
	});
	withStage('a thing that is pinned is the thing that a search finds', async ({ provider }) => {
		const [hit] = hitsOf(await provider.search(query, never));
		if (provider.find === undefined) return;
		assert.equal(await provider.find(hit!.id, query, never), { ok: true, value: hit });
		for (const id of ['../me', 'a b', '']) assert.is(problemOf(await provider.find(id, query, never)).kind, 'empty');
	});
	withStage('without a key nothing is asked, and the variable is named', async ({ keyless, server, directory }) => {
		const problem = problemOf(await keyless.search(query, never));
		assert.is(problem.kind, 'key');
		assert.is(problem.code, 'RF4230');
		for (const variable of keyless.needs) assert.match(problem.summary + problem.hint, variable);
		const hit = { id: '1', cost: 0 } as AssetHit;
		assert.is(problemOf(await keyless.fetch(hit, { query, directory, signal: never })).kind, 'key');
		assert.is(server.seen.length, 0);
	});
	withStage('another kind is a lasting problem', async ({ provider, server }) => {
		const kind = (['video', 'icon'] as const).find((one) => !provider.kinds.includes(one))!;
		assert.is(problemOf(await provider.search({ ...query, kind }, never)).kind, 'lasting');
		assert.is(server.seen.length, 0);
	});

	const refusals: readonly (readonly [status: number, kind: ProviderProblem['kind']])[] = [
		[401, 'key'],
		[402, 'lasting'],
		[400, 'lasting'],
		[429, 'passing'],
		[500, 'passing'],
		[503, 'passing'],
	];
	for (const [status, kind] of refusals) {
		withStage(`status ${status} is a problem of kind ${kind}`, async (stage) => {
			stage.server.fail({ on: 'all', status, headers: { 'retry-after': '1' } });
			assert.is(problemOf(await take(stage)).kind, kind);
			assert.equal(await filesIn(stage.directory), []);
			assert.is(stage.server.charged(), 0);
			if (status === 500 && stage.provider.works === 'generate') assert.is(stage.server.seen.length, 1, 'a paid call is not sent again');
		});
	}
	withStage('after 429 with Retry-After it is asked again, and paid for once', async (stage) => {
		stage.server.fail({ on: 'all', status: 429, headers: { 'retry-after': '1' }, times: 2 });
		assert.ok((await take(stage)).ok);
		assert.is(stage.server.charged(), stage.provider.works === 'generate' ? 1 : 0);
	});

	const spoilt: readonly (readonly [how: Extract<Fault, { how: unknown }>['how'], kinds: readonly ProviderProblem['kind'][]])[] = [
		['truncated', ['passing']],
		['page', ['lasting']],
		['damaged', ['lasting']],
		['empty-file', ['lasting', 'passing']],
		['private', ['lasting']],
		['reset', ['passing']],
	];
	for (const [how, kinds] of spoilt) {
		withStage(`a file that comes ${how}: a problem, nothing left, and no second payment`, async (stage) => {
			stage.server.fail({ on: 'file', how });
			const problem = problemOf(await take(stage));
			assert.ok(kinds.includes(problem.kind), JSON.stringify(problem));
			assert.equal(await filesIn(stage.directory), []);
			if (stage.provider.works === 'generate') assert.is(stage.server.seen.length, 1);
			assert.ok(stage.server.charged() <= 1);
		});
	}
	withStage('a provider that hangs is left when the caller has waited enough', async (stage) => {
		stage.server.fail({ on: 'all', how: 'hang' });
		const started = performance.now();
		assert.is(problemOf(await take(stage, AbortSignal.timeout(150))).kind, 'passing');
		assert.ok(performance.now() - started < 10_000);
		assert.equal(await filesIn(stage.directory), []);
	});

	withStage('a search that finds nothing says so', async ({ provider, server }) => {
		if (provider.works === 'generate') return;
		server.findNothing(true);
		const problem = problemOf(await provider.search(query, never));
		assert.is(problem.kind, 'empty');
		assert.is(problem.code, 'RF4231');
	});
	withStage('a link that has expired is asked for anew by the next run', async (stage) => {
		if (stage.provider.works === 'generate' || query.kind === 'icon') return;
		for (const status of [403, 410]) {
			stage.server.fail({ on: 'file', status });
			const problem = problemOf(await take(stage));
			assert.is(problem.kind, 'passing');
			assert.match(problem.summary, 'expired');
		}
		stage.server.fail(null);
		assert.ok((await take(stage)).ok);
	});
	withStage('what moderation refuses is refused, and not sent again', async ({ provider, server, directory }) => {
		if (provider.works !== 'generate') return;
		const forbidden = { ...query, text: 'something forbidden' };
		const [hit] = hitsOf(await provider.search(forbidden, never));
		const problem = problemOf(await provider.fetch(hit!, { query: forbidden, directory, signal: never }));
		assert.is(problem.kind, 'refused');
		assert.is(problem.code, 'RF4232');
		assert.is(server.seen.length, 1);
		assert.equal(await filesIn(directory), []);
	});
	withStage('one thing that is asked for twice at once is paid for once', async (stage) => {
		if (stage.provider.works !== 'generate') return;
		const results = await Promise.all([take(stage), take(stage)]);
		assert.ok(results.every(({ ok }) => ok));
		assert.is(stage.server.charged(), 1);
	});
	Contract('no problem says a key, or what stands in an address after its path', () => {
		assert.ok(problems.length > 0);
		const said = JSON.stringify(problems);
		for (const secret of [KEY, SECRET, 'token-1', '?']) assert.not.match(said.replaceAll('did you mean', ''), secret);
	});
	Contract.run();
};
