import type { Readable } from 'node:stream';
import { request as ask, type Dispatcher } from 'undici';
import type { HttpFailure, HttpHeaders, HttpRequest } from './contract.ts';
import { brokenConnection, refusedAddress, refusedStatus, shownAddress } from './problems.ts';

const MAX_REDIRECTS = 3;
const LONGEST_URL = 16_000;

/** An answer up to its headers. Its body is as it was sent, packed perhaps, and must be read or destroyed. */
export type Answer = { readonly status: number; readonly headers: HttpHeaders; readonly url: string; readonly body: Readable };

type Hop = {
	readonly url: URL;
	readonly method: 'GET' | 'POST';
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string | Uint8Array | null;
};

/** Asks, and follows redirects, each of which is judged like an address of its own. @throws HttpFailure */
export const follow = async (dispatcher: Dispatcher, request: HttpRequest, signal: AbortSignal): Promise<Answer> => {
	let hop = firstHop(request);
	for (let redirects = 0; ; redirects++) {
		const answer = await askOnce(dispatcher, hop, signal);
		const location = REDIRECTS.includes(answer.status) ? answer.headers['location'] : undefined;
		if (location === undefined) return answer;
		discard(answer.body);
		if (redirects === MAX_REDIRECTS) throw refusedStatus({ ...answer, url: request.url, body: '' });
		hop = nextHop(hop, answer.status, location);
	}
};

/** Ends an answer whose body nobody reads. */
export const discard = (body: Readable): void => {
	body.on('error', () => undefined).destroy();
};

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

const firstHop = (request: HttpRequest): Hop => {
	const packed = PACKABLE.includes(request.expect) ? 'gzip, br' : 'identity';
	const headers = { accept: '*/*', 'accept-encoding': packed, 'user-agent': 'reelform', ...lowerCase(request.headers ?? {}) };
	return { url: readAddress(request.url), method: request.method ?? 'GET', headers, body: request.body ?? null };
};

const PACKABLE: readonly HttpRequest['expect'][] = ['json', 'text', 'bytes'];

const askOnce = async (dispatcher: Dispatcher, { url, method, headers, body }: Hop, signal: AbortSignal): Promise<Answer> => {
	const answer = await ask(url, { dispatcher, method, headers, body, signal }).catch((error: unknown) => {
		// What the caller stopped for is told from the watch that stopped it.
		if (signal.aborted) throw signal.reason;
		throw brokenConnection(url.href, error);
	});
	const named = Object.entries(answer.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]));
	return { status: answer.statusCode, headers: Object.fromEntries(named), url: url.href, body: answer.body };
};

const readAddress = (written: string, base?: URL): URL => {
	if (written.length > LONGEST_URL || !URL.canParse(written, base)) {
		throw refusedAddress('the address cannot be read', 'write it in full: https://host/path');
	}
	const url = new URL(written, base);
	if (url.protocol !== 'http:' && url.protocol !== 'https:') {
		throw refusedAddress(`an address with ${url.protocol.slice(0, 20)} is not fetched`, 'give an https:// or http:// address');
	}
	if (url.username !== '' || url.password !== '') {
		throw refusedAddress(`${shownAddress(url.href)} has a user name or password in it`, 'send them in a header, from the environment');
	}
	url.hash = '';
	return url;
};

/** As browsers do: 303 asks with GET, and so do 301 and 302 after a POST. */
const nextHop = (hop: Hop, status: number, location: string): Hop => {
	const url = readAddress(location, hop.url);
	const stays = url.origin === hop.url.origin;
	const becomesGet = status === 303 || (hop.method === 'POST' && status < 303);
	if (!stays && !becomesGet && hop.method === 'POST') throw movedPost(hop.url, url);
	const headers = Object.entries(hop.headers).filter(
		([name]) => (stays || HARMLESS_HEADERS.includes(name)) && !(becomesGet && name.startsWith('content-')),
	);
	return {
		url,
		headers: Object.fromEntries(headers),
		...(becomesGet ? { method: 'GET', body: null } : { method: hop.method, body: hop.body }),
	};
};

/** All that another origin is told: any other header may be a key, whatever its name. */
const HARMLESS_HEADERS: readonly string[] = ['accept', 'accept-encoding', 'accept-language', 'content-type', 'range', 'user-agent'];

const movedPost = (from: URL, to: URL): HttpFailure =>
	refusedAddress(
		`${shownAddress(from.href)} redirects what is posted to ${shownAddress(to.href)}`,
		'give the address that it redirects to, if you trust it',
	);

/** Names that say how a message travels: the connection writes them itself. */
const TRAVEL_HEADERS: readonly string[] = [
	'host',
	'content-length',
	'transfer-encoding',
	'connection',
	'keep-alive',
	'upgrade',
	'expect',
	'te',
	'trailer',
];

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> => {
	const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
	for (const [name, value] of lower) {
		const sendable = /^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
		if (!sendable)
			throw refusedAddress(`the header "${name.slice(0, 40)}" cannot be sent`, 'take line breaks and special characters out of it');
		if (TRAVEL_HEADERS.includes(name)) throw refusedAddress(`the header "${name}" cannot be chosen`, 'leave it out');
	}
	return Object.fromEntries(lower);
};
