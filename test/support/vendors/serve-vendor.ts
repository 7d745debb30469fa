import type { ServerResponse } from 'node:http';
import { serve, type TestServer } from '../fault-server.ts';
import type { Reply, Vendor } from './asset-vendors.ts';

/** What goes wrong, with answers of what kind. */
export type Fault =
	| {
			readonly on: 'all' | 'file';
			readonly status: number;
			readonly headers?: Readonly<Record<string, string>> /** Times, then no more. */;
			readonly times?: number;
	  }
	| { readonly on: 'all' | 'file'; readonly how: 'hang' | 'reset' | 'truncated' | 'page' | 'damaged' | 'private' | 'empty-file' };

export type ServedVendor = TestServer & {
	/** Answers that were given as documented and cost money. */
	readonly charged: () => number;
	/** Requests that the vendor's documentation does not know. */
	readonly undocumented: () => readonly string[];
	/** Nothing goes wrong with null. */
	readonly fail: (fault: Fault | null) => void;
	readonly findNothing: (nothing: boolean) => void;
};

/** A vendor on a free port of this machine. */
export const serveVendor = async (vendor: Vendor, media: Buffer): Promise<ServedVendor> => {
	const state = { fault: null as Fault | null, left: Number.POSITIVE_INFINITY, charged: 0, empty: false, undocumented: [] as string[] };
	const server: TestServer = await serve((seen, response) => {
		const url = new URL(seen.url, server.origin);
		const { fault } = state;
		const isDamaged = fault !== null && 'how' in fault && fault.how === 'damaged';
		const sent = isDamaged ? media.subarray(0, Math.floor(media.length / 2)) : media;
		const reply = vendor({ seen, url, origin: server.origin, media: sent, empty: state.empty });
		if (reply.status === 404 || reply.status === 422) state.undocumented.push(`${seen.method} ${seen.url} ${reply.body.toString()}`);
		if (fault !== null && !isDamaged && state.left > 0 && (fault.on === 'all' || reply.file === true)) {
			state.left -= 1;
			if (reply.paid && 'how' in fault) state.charged += 1;
			spoil(fault, reply, response);
			return;
		}
		if (reply.paid) state.charged += 1;
		response.writeHead(reply.status, reply.headers).end(reply.body);
	});
	return {
		...server,
		charged: () => state.charged,
		undocumented: () => state.undocumented.filter((line) => !(state.empty && line.includes('nothing'))),
		fail: (fault) => {
			state.fault = fault;
			state.left = fault !== null && 'times' in fault && fault.times !== undefined ? fault.times : Number.POSITIVE_INFINITY;
		},
		findNothing: (nothing) => {
			state.empty = nothing;
		},
	};
};

const spoil = (fault: Fault, reply: Reply, response: ServerResponse): void => {
	if ('status' in fault) {
		response.writeHead(fault.status, fault.headers).end('{"error": "as ordered"}');
		return;
	}
	switch (fault.how) {
		case 'hang':
		case 'damaged':
			return;
		case 'reset':
			response.socket?.resetAndDestroy();
			return;
		case 'truncated':
			response.writeHead(200, { 'content-length': String(reply.body.length) });
			response.write(reply.body.slice(0, Math.floor(reply.body.length / 2)));
			setTimeout(() => response.destroy(), 20);
			return;
		case 'page':
			response.writeHead(200, { 'content-type': 'image/jpeg' }).end('<!doctype html><html><body>Please log in</body></html>');
			return;
		case 'empty-file':
			response.writeHead(200).end();
			return;
		case 'private':
			response.writeHead(302, { location: 'http://10.0.0.7/latest/meta-data' }).end();
	}
};
