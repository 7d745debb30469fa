import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';

/** Ports of this machine that note who comes. */
export type Canary = {
	/** By name. */
	readonly ports: Readonly<Record<string, number>>;
	/** Names of the ports that were reached: a connection or a datagram is enough. */
	hits(): readonly string[];
	close(): Promise<void>;
};

const ANSWER =
	'HTTP/1.1 200 OK\r\naccess-control-allow-origin: *\r\ncontent-type: text/plain\r\ncontent-length: 1\r\nconnection: close\r\n\r\n0';

/** Opens a port for each name, on one address of this machine: names that end with `Udp` or `Transport` listen for datagrams. */
export const openCanary = async (names: readonly string[], host = '127.0.0.1'): Promise<Canary> => {
	const hit = new Set<string>();
	const closers: (() => Promise<void>)[] = [];
	const listenTcp = (name: string): Promise<number> =>
		new Promise((resolve, reject) => {
			const server: Server = createServer((socket) => {
				hit.add(name);
				socket.on('error', () => {});
				socket.once('data', () => socket.end(ANSWER));
				sockets.add(socket);
			});
			const sockets = new Set<{ destroy(): void }>();
			closers.push(
				() =>
					new Promise((done) => {
						server.close(() => done());
						for (const socket of sockets) socket.destroy();
					}),
			);
			server.once('error', reject).listen(0, host, () => resolve((server.address() as AddressInfo).port));
		});
	const listenUdp = (name: string): Promise<number> =>
		new Promise((resolve, reject) => {
			const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
			socket.on('message', () => hit.add(name));
			closers.push(() => new Promise((done) => socket.close(() => done())));
			socket.once('error', reject).bind(0, host, () => resolve(socket.address().port));
		});
	const ports: Record<string, number> = {};
	for (const name of names) ports[name] = await (/(Udp|Transport)$/.test(name) ? listenUdp(name) : listenTcp(name));
	return {
		ports,
		hits: () => [...hit].sort(),
		close: async () => {
			await Promise.all(closers.map((close) => close()));
		},
	};
};
