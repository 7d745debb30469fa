import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { DataSource } from '../../../src/model/campaign-spec.gen.ts';
import { type DataSourcesOptions, type OpenDataSources, openDataSources } from '../../../src/providers/data/open-data-sources.ts';
import { openFetcher } from '../../../src/providers/http/fetcher.ts';
import { projectFolders } from '../../../src/providers/project-file.ts';
import { inFolder } from '../project-folder.ts';

export type Hit = { readonly method: string; readonly path: string; readonly headers: IncomingMessage['headers']; readonly body: string };

export type Service = {
	/** `127.0.0.1:1234`, as `allowPrivate` takes it. */
	readonly host: string;
	readonly hits: readonly Hit[];
	readonly server: Server;
};

/** Runs a test beside a service on this machine. */
export const withService = async (
	answer: (hit: Hit, response: ServerResponse, number: number) => void,
	test: (service: Service) => Promise<void>,
): Promise<void> => {
	const hits: Hit[] = [];
	const server = createServer(async (request, response) => {
		let body = '';
		for await (const chunk of request) body += chunk;
		const hit = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
		answer(hit, response, hits.push(hit));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	try {
		await test({ host: `127.0.0.1:${(server.address() as AddressInfo).port}`, hits, server });
	} finally {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
};

export const json = (response: ServerResponse, value: unknown, headers: Readonly<Record<string, string>> = {}): void => {
	response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
};

export type Opened = { readonly open: (now?: () => number, live?: DataSourcesOptions['live']) => OpenDataSources; readonly cache: string };

/** Opens sources in a fresh project. Pauses between tries take no time. */
export const withSources = async (
	sources: Readonly<Record<string, DataSource>>,
	test: (opened: Opened) => Promise<void>,
	given: { readonly files?: Readonly<Record<string, string | Uint8Array>>; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<void> =>
	inFolder(given.files ?? {}, async (folder) => {
		const cache = join(folder, '.reelform', 'data');
		const opened: OpenDataSources[] = [];
		const open: Opened['open'] = (now = Date.now, live) => {
			const data = openDataSources({
				sources,
				folders: projectFolders(join(folder, 'campaign.yaml')),
				environment: given.environment ?? {},
				fetcherFor: (allowPrivate) => openFetcher({ allowPrivate, sleep: async () => {}, idleMs: 500 }),
				sleep: async () => {},
				cacheDirectory: cache,
				now,
				...(live && { live }),
			});
			opened.push(data);
			return data;
		};
		await test({ open, cache }).finally(() => Promise.all(opened.map((data) => data.close())));
	});
