import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Seen = { readonly method: string; readonly url: string; readonly headers: IncomingMessage['headers']; readonly body: string };

export type TestServer = {
	readonly port: number;
	/** `127.0.0.1:port`, as an allow-list has it. */
	readonly host: string;
	readonly origin: string;
	/** Every request so far. */
	readonly seen: readonly Seen[];
	close(): Promise<void>;
};

/** A server on a free port of this machine. `answer` gets each request with its body, and how many came before it. */
export const serve = async (answer: (request: Seen, response: ServerResponse, before: number) => void): Promise<TestServer> => {
	const seen: Seen[] = [];
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			const one = { method: request.method!, url: request.url!, headers: request.headers, body: Buffer.concat(parts).toString() };
			seen.push(one);
			answer(one, response, seen.length - 1);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		port,
		host: `127.0.0.1:${port}`,
		origin: `http://127.0.0.1:${port}`,
		seen,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
};
