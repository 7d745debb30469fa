import { AddressRefused, ConnectFailure } from './address-guard.ts';
import { type HttpFailure as Failure, HttpFailure, type HttpHeaders, type HttpProblem, type Passing } from './contract.ts';

const LONGEST_PATH = 80;
/** Answers of 4xx with which a service says that it is its own time, and not the request, that is wrong. */
const BUSY_STATUS: readonly number[] = [408, 425, 429];

/** Whether the service, or the way to it, failed, so that the same request may go well another day; else the request itself is wrong. */
export const isServiceFault = ({ kind, status }: HttpProblem): boolean =>
	kind === 'network' || kind === 'time' || (status !== null && (status >= 500 || BUSY_STATUS.includes(status)));

/** Origin and path: queries, fragments and what stands before an `@` may hold secrets. */
export const shownAddress = (url: string): string => {
	const parsed = URL.canParse(url) ? new URL(url) : null;
	if (parsed === null || parsed.host === '') return 'the address';
	const path = parsed.pathname.length > LONGEST_PATH ? `${parsed.pathname.slice(0, LONGEST_PATH)}...` : parsed.pathname;
	return `${parsed.protocol}//${parsed.host}${path}`;
};

export const refusedAddress = (summary: string, hint: string): Failure =>
	new HttpFailure({ kind: 'address', code: 'RF4210', status: null, summary, hint });

export const tooLarge = (url: string, maxBytes: number): Failure =>
	new HttpFailure({
		kind: 'size',
		code: 'RF4211',
		status: null,
		summary: `${shownAddress(url)} answers with more than ${shownBytes(maxBytes)}`,
		hint: 'ask for less at once, or for a smaller file',
	});

const shownBytes = (bytes: number): string => {
	if (bytes >= 1e6) return `${Number((bytes / 1e6).toFixed(1))} MB`;
	return bytes >= 1e3 ? `${Number((bytes / 1e3).toFixed(1))} KB` : `${bytes} bytes`;
};

/** `passing` tells a pause, after which another try may go well, from the end of the time that the request has. */
export const tooSlow = (url: string, ms: number, passing: Passing): Failure =>
	new HttpFailure(
		{
			kind: 'time',
			code: 'RF4211',
			status: null,
			summary: `${shownAddress(url)} ${passing === 'lasting' ? 'has not answered in full' : 'has sent nothing'} for ${Number((ms / 1000).toFixed(1))} s`,
			hint: 'try again later, or ask the service for less at once',
		},
		passing,
	);

export const abortedRequest = (url: string): Failure =>
	new HttpFailure({
		kind: 'aborted',
		code: 'RF4200',
		status: null,
		summary: `the request to ${shownAddress(url)} was given up`,
		hint: 'run it again to ask anew',
	});

export const otherType = (url: string, expected: string, looksLike: string): Failure =>
	new HttpFailure({
		kind: 'type',
		code: 'RF4212',
		status: null,
		summary: `${shownAddress(url)} answers with ${looksLike}, not with ${expected}`,
		hint: 'open the address: it may ask for a login, or be the address of a page',
	});

export const otherEncoding = (url: string, encoding: string): Failure =>
	new HttpFailure({
		kind: 'type',
		code: 'RF4212',
		status: null,
		summary: `${shownAddress(url)} says that its answer is packed as ${encoding}, and it is not`,
		hint: 'have the service pack its answer as its content-encoding says, or leave that header out',
	});

export type Refusal = { readonly url: string; readonly status: number; readonly headers: HttpHeaders; readonly body: string };

/** Statuses with which services say that the same request may go well later. */
const PASSING_STATUS: readonly number[] = [408, 425, 500, 502, 504];
const UNSENT_STATUS: readonly number[] = [429, 503];

export const refusedStatus = ({ url, status, headers, body }: Refusal): Failure =>
	new HttpFailure(
		{
			kind: 'status',
			code: 'RF4209',
			status,
			summary: `${shownAddress(url)} answers with status ${status}`,
			hint: statusHint(status),
			body,
			headers,
		},
		UNSENT_STATUS.includes(status) ? 'unsent' : PASSING_STATUS.includes(status) ? 'passing' : 'lasting',
	);

const statusHint = (status: number): string => {
	if (status === 401 || status === 403) return 'check the key in the environment, and what it may do';
	if (status === 404 || status === 410) return 'check the address';
	if (status === 429) return 'the service takes fewer requests: lower the concurrency, or wait';
	if (status >= 500) return 'the service itself fails: try again later';
	if (status >= 300 && status < 400) return 'give the address that it redirects to';
	return 'check the address, the headers and the body of the request';
};

/** `error` as a connection, its parser or its decompressor gave it. Anything else is a mistake of ours, and is thrown again. */
export const brokenConnection = (url: string, error: unknown): Failure => {
	if (error instanceof HttpFailure) return error;
	if (error instanceof ConnectFailure) return noConnection(url, error.cause);
	const code = codeOf(error);
	if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED') return abortedRequest(url);
	if (code === null || code === 'UND_ERR_INVALID_ARG') throw error;
	return network(url, 'breaks off its answer', 'try again: the connection was lost, or the service sent less than it announced', 'passing');
};

const noConnection = (url: string, cause: Error): Failure => {
	if (cause instanceof AddressRefused) {
		return refusedAddress(
			`${shownAddress(url)} leads to ${cause.reached}, which is not public`,
			'if the host is yours, name it under `allowPrivate` of the data source',
		);
	}
	const code = codeOf(cause);
	// Our own mistake, unless the machine gave it a code.
	if (code === null) throw cause;
	if (isCertificateFault(code)) {
		return network(
			url,
			`has a certificate that cannot be trusted (${code})`,
			'renew the certificate, or check the name of the host',
			'lasting',
		);
	}
	const [what, hint] = CONNECT_FAULTS[code] ?? [`cannot be connected to (${code})`, 'check the address and the network'];
	return network(url, what, hint, code === 'ENOTFOUND' ? 'lasting' : 'unsent');
};

const NO_TLS = ['does not speak TLS', 'check the port, or write http:// if the service has no TLS'] as const;
const TOO_SLOW = ['does not take the connection', 'check the address and the network'] as const;

const CONNECT_FAULTS: Readonly<Record<string, readonly [what: string, hint: string]>> = {
	ENOTFOUND: ['is on a host that does not exist', 'check the spelling of the host'],
	EAI_AGAIN: ['is on a host whose name cannot be looked up', 'check the network'],
	ECONNREFUSED: ['refuses the connection', 'check the port, and that the service runs'],
	ECONNRESET: ['resets the connection', 'check the port, and that the service runs'],
	ETIMEDOUT: TOO_SLOW,
	UND_ERR_CONNECT_TIMEOUT: TOO_SLOW,
	EPROTO: NO_TLS,
	ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
	ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
};

const isCertificateFault = (code: string): boolean => /CERT|UNABLE_TO_|^ERR_TLS_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE/.test(code);

const network = (url: string, what: string, hint: string, passing: Passing): Failure =>
	new HttpFailure({ kind: 'network', code: 'RF4200', status: null, summary: `${shownAddress(url)} ${what}`, hint }, passing);

const codeOf = (error: unknown): string | null =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
