import type { Readable, Writable } from 'node:stream';

/** The browser answered with an error. */
export class DevToolsError extends Error {
	readonly method: string;
	constructor(method: string, message: string) {
		super(`${method}: ${message}`);
		this.name = 'DevToolsError';
		this.method = method;
	}
}

/** The pipe to the browser is gone, and with it every answer still open. */
export class DevToolsClosed extends Error {
	constructor() {
		super('the connection to the browser is closed');
		this.name = 'DevToolsClosed';
	}
}

export type DevToolsCommand = { readonly method: string; readonly params?: object; readonly sessionId?: string };
export type DevToolsEvent = { readonly method: string; readonly params: unknown; readonly sessionId?: string };

/** The browser's debugging protocol. Answers come in the order in which the browser finishes, each to its own promise. */
export type DevTools = {
	/** Rejects with `DevToolsError` or, when the browser is gone, `DevToolsClosed`. The shape of `Result` is the protocol's, unchecked. */
	send<Result>(command: DevToolsCommand): Promise<Result>;
	/** @returns a function that stops listening */
	listen(listener: (event: DevToolsEvent) => void): () => void;
	/** Resolves when the pipe is gone. */
	readonly closed: Promise<void>;
};

type Answer = { readonly id?: number; readonly result?: unknown; readonly error?: { readonly message: string } };
type Pending = { readonly method: string; readonly resolve: (value: never) => void; readonly reject: (error: Error) => void };

/**
 * Speaks the debugging protocol over the two pipes of `--remote-debugging-pipe`: JSON messages that end in NUL.
 * A pipe and not a port, since any user of the machine can connect to a port, and since the browser ends by itself when the pipe does.
 */
export const connectDevTools = (toBrowser: Writable, fromBrowser: Readable): DevTools => {
	const pending = new Map<number, Pending>();
	const listeners = new Set<(event: DevToolsEvent) => void>();
	let lastId = 0;
	let open = true;
	const receive = (text: string): void => {
		const message = JSON.parse(text) as Answer & DevToolsEvent;
		const asked = pending.get(message.id ?? 0);
		pending.delete(message.id ?? 0);
		if (message.id === undefined) for (const listener of listeners) listener(message);
		else if (message.error) asked?.reject(new DevToolsError(asked.method, message.error.message));
		else asked?.resolve(message.result as never);
	};
	const closed = new Promise<void>((resolve) => {
		const end = (): void => {
			open = false;
			for (const { reject } of pending.values()) reject(new DevToolsClosed());
			pending.clear();
			resolve();
		};
		for (const stream of [toBrowser, fromBrowser]) stream.on('error', end).on('close', end);
		fromBrowser.on('end', end).on('data', splitMessages(receive));
	});
	return {
		closed,
		send: (command) =>
			new Promise((resolve, reject) => {
				if (!open) return reject(new DevToolsClosed());
				const id = ++lastId;
				pending.set(id, { method: command.method, resolve, reject });
				toBrowser.write(`${JSON.stringify({ id, ...command })}\0`);
			}),
		listen(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
};

const splitMessages = (receive: (text: string) => void): ((chunk: Buffer) => void) => {
	let parts: Buffer[] = [];
	return (chunk) => {
		let start = 0;
		for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
			parts.push(chunk.subarray(start, end));
			receive(Buffer.concat(parts).toString('utf8'));
			parts = [];
			start = end + 1;
		}
		if (start < chunk.length) parts.push(chunk.subarray(start));
	};
};
