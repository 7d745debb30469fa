import type { ServerResponse } from 'node:http';
import { type Seen, serve } from '../fault-server.ts';

/** What a vendor does with one call instead of answering it. */
export type Fault =
	| { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
	| 'truncated'
	| 'html'
	| 'hang'
	| 'reset'
	| 'empty'
	| 'silent'
	| 'slow'
	| null;

export type VoiceVendor = {
	readonly origin: string;
	readonly host: string;
	/** Calls that cost money. */
	readonly paid: readonly Seen[];
	readonly seen: readonly Seen[];
	/** What was wrong with them, by what the vendor documents. */
	readonly wrong: readonly string[];
	/** The most that were under way at once. */
	readonly peak: number;
	close(): Promise<void>;
};

export type VendorScript = {
	/** One for each paid call, in order; what comes after them is answered. */
	readonly faults?: readonly Fault[];
	/** For fetches of a sound that was paid for. */
	readonly linkFaults?: readonly Fault[];
	readonly headers?: Readonly<Record<string, string>>;
	readonly slowMs?: number;
};

export type VendorRules = {
	readonly isPaid: (request: Seen) => boolean;
	/** What is wrong with a request, as the vendor documents it. */
	readonly check: (request: Seen) => string | null;
	readonly answer: (
		request: Seen,
		mood: 'well' | 'empty' | 'silent',
		origin: string,
	) => { readonly type: string; readonly body: Uint8Array | string };
};

/** A vendor on this machine, that answers as its documents say and fails as its script says. */
export const serveVendor = async ({ isPaid, check, answer }: VendorRules, script: VendorScript): Promise<VoiceVendor> => {
	const paid: Seen[] = [];
	const wrong: string[] = [];
	let [links, running, peak] = [0, 0, 0];
	const server = await serve((request, response) => {
		const fault = isPaid(request) ? script.faults?.[paid.length] : script.linkFaults?.[links++];
		if (isPaid(request)) paid.push(request);
		const problem = check(request);
		if (problem !== null) wrong.push(problem);
		peak = Math.max(peak, ++running);
		response.on('close', () => running--);
		if (problem !== null) return void response.writeHead(400).end('{}');
		const mood = fault === 'empty' || fault === 'silent' ? fault : 'well';
		const send = (): void => reply(response, fault ?? null, { ...answer(request, mood, server.origin), headers: script.headers ?? {} });
		if (fault === 'slow' || script.slowMs !== undefined) setTimeout(send, script.slowMs ?? 100);
		else send();
	});
	return {
		origin: server.origin,
		host: server.host,
		seen: server.seen,
		paid,
		wrong,
		get peak() {
			return peak;
		},
		close: server.close,
	};
};

type Reply = { readonly type: string; readonly body: Uint8Array | string; readonly headers: Readonly<Record<string, string>> };

const reply = (response: ServerResponse, fault: Fault, { type, body, headers }: Reply): void => {
	if (fault === 'hang') return;
	if (fault === 'reset') return void response.socket?.destroy();
	if (fault === 'html')
		return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><html><body>log in</body></html>');
	if (fault === 'truncated') {
		const bytes = Buffer.from(body);
		response.writeHead(200, { 'content-type': type, 'content-length': bytes.length });
		response.write(bytes.subarray(0, bytes.length >> 1), () => response.socket?.destroy());
		return;
	}
	if (fault !== null && typeof fault === 'object') return void response.writeHead(fault.status, fault.headers).end(fault.body ?? '');
	response.writeHead(200, { 'content-type': type, ...headers }).end(body);
};
