import { Agent, type MessageEvent, WebSocket } from 'undici';
import { openConnector } from '../http/address-guard.ts';
import { brokenConnection } from '../http/problems.ts';
import { type FilledRequest, withoutSecrets } from './fill-request.ts';
import type { LiveLimits } from './first-event.ts';
import { type Problem, SourceProblem } from './source-problem.ts';

export type SocketLimits = LiveLimits & { readonly allowPrivate: readonly string[] };

/** The first message of a web socket, whose address is checked as that of any request. Throws `SourceProblem`. */
export const firstMessage = async (filled: FilledRequest, limits: SocketLimits): Promise<string> => {
	const made: { fault: Error | null; connection: { destroy(): unknown } | null } = { fault: null, connection: null };
	const connect = openConnector({ allowPrivate: limits.allowPrivate, connectTimeoutMs: limits.timeoutMs });
	const agent = new Agent({
		connect: (options, callback) =>
			connect(options, (...result) => {
				[made.fault, made.connection] = result;
				callback(...result);
			}),
		webSocket: { maxPayloadSize: limits.maxBytes },
	});
	const socket = new WebSocket(filled.url, { dispatcher: agent, headers: { ...filled.headers } });
	socket.binaryType = 'arraybuffer';
	const time = AbortSignal.timeout(limits.timeoutMs);
	try {
		const data = await messageOf(socket, limits.signal === undefined ? time : AbortSignal.any([time, limits.signal]));
		if (data !== null) return data;
		if (made.fault !== null) throw new SourceProblem(brokenConnection(filled.url, made.fault).problem);
		if (time.aborted) throw new SourceProblem(silent(filled.url, limits.timeoutMs));
		// Only a port keeps the socket of a good address from being tried.
		const isUntried = made.connection === null && !limits.signal?.aborted;
		throw new SourceProblem(isUntried ? blockedPort(filled.url) : closed(filled.url, limits.maxBytes));
	} catch (error) {
		throw error instanceof SourceProblem ? new SourceProblem(withoutSecrets(error.problem, filled.secrets)) : error;
	} finally {
		// A socket that speaks web socket is no longer the agent's.
		made.connection?.destroy();
		await agent.destroy();
	}
};

/** Null when the socket closes, or the time is up, before a message came. */
const messageOf = (socket: WebSocket, signal: AbortSignal): Promise<string | null> =>
	new Promise((resolve) => {
		const none = () => resolve(null);
		socket.addEventListener('message', ({ data }: MessageEvent) =>
			resolve(typeof data === 'string' ? data : Buffer.from(data).toString('utf8')),
		);
		socket.addEventListener('error', none);
		socket.addEventListener('close', none);
		if (signal.aborted) none();
		signal.addEventListener('abort', none, { once: true });
	});

const shown = (url: string): string => {
	const { protocol, host, pathname } = new URL(url);
	return `${protocol}//${host}${pathname}`;
};

const silent = (url: string, ms: number): Problem => ({
	code: 'RF4211',
	summary: `${shown(url)} sent no message for ${ms / 1000} s`,
	hint: 'check that the service sends the present values to whoever connects',
});

const blockedPort = (url: string): Problem => ({
	code: 'RF4200',
	summary: `${shown(url)} has a port that web sockets must not be opened on`,
	hint: 'have the service listen on another port: browsers refuse this one too',
});

const closed = (url: string, maxBytes: number): Problem => ({
	code: 'RF4211',
	summary: `${shown(url)} closed before it sent a message of at most ${Math.round(maxBytes / 1e6)} MB`,
	hint: 'check the address, and that its messages are small',
});
