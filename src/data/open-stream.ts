export type StreamKind = 'websocket' | 'sse';

type Listener = (event: { readonly data?: unknown }) => void;
type Connection = { addEventListener(type: 'message' | 'open' | 'close' | 'error', listener: Listener): void; close(): void };

/** What a page opens streams with; Node does not have all of it. */
export type StreamTools = {
	readonly WebSocket?: new (url: string) => Connection;
	readonly EventSource?: new (url: string) => Connection;
	setTimeout(work: () => void, milliseconds: number): unknown;
};

export type Stream = { readonly source: string; readonly type: StreamKind };

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/**
 * Reads the JSON messages of a stream until the function that it returns is called. Messages that are no JSON are left out. A connection that is lost is opened again,
 * after half a second and then after longer and longer. @throws Error for an address that such a stream does not have, and where such streams cannot be opened
 */
export const openStream = ({ source, type }: Stream, tools: StreamTools, onData: (data: unknown) => void): (() => void) => {
	if (type === 'websocket' && !/^wss?:\/\//i.test(source)) throw new Error(`a websocket begins with ws:// or wss://, got ${source}`);
	const Opened = type === 'websocket' ? tools.WebSocket : tools.EventSource;
	if (Opened === undefined)
		throw new Error(`nothing here opens a ${type === 'websocket' ? 'websocket' : 'stream of events'}: a browser does`);
	let closed = false;
	let wait = FIRST_WAIT_MS;
	let connection: Connection | null = null;
	const open = (): void => {
		if (closed) return;
		const opened = new Opened(source);
		connection = opened;
		opened.addEventListener('open', () => {
			wait = FIRST_WAIT_MS;
		});
		opened.addEventListener('message', ({ data }) => {
			const read = parseMessage(data);
			if (!closed && read !== undefined) onData(read);
		});
		// A websocket that fails says so, and then closes as well; an event source closes only when it is told to.
		opened.addEventListener(type === 'websocket' ? 'close' : 'error', () => {
			if (connection !== opened) return;
			connection = null;
			opened.close();
			tools.setTimeout(open, wait);
			wait = Math.min(wait * 2, LONGEST_WAIT_MS);
		});
	};
	open();
	return () => {
		closed = true;
		connection?.close();
	};
};

const parseMessage = (data: unknown): unknown => {
	try {
		return typeof data === 'string' ? JSON.parse(data) : undefined;
	} catch {
		return undefined;
	}
};
