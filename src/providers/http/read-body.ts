import { pipeline, Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { HttpRequest } from './contract.ts';
import { type Answer, discard } from './follow.ts';
import { brokenConnection, otherEncoding, otherType, tooLarge, tooSlow } from './problems.ts';
import { EXPECTED_AS, judgeBeginning } from './sniff-body.ts';

export type Limits = { readonly maxBytes: number; readonly idleMs: number; readonly signal: AbortSignal };

/** The unpacked body as it comes. Ends the answer when it is left early. @throws HttpFailure while iterating, or the signal's reason. */
export const readBody = async function* (answer: Answer, limits: Limits): AsyncGenerator<Uint8Array> {
	try {
		const announced = Number(answer.headers['content-length'] ?? 0);
		if (announced > limits.maxBytes) throw tooLarge(answer.url, limits.maxBytes);
		let bytes = 0;
		for await (const part of unpack(answer, asSent(answer, limits))) {
			bytes += part.length;
			if (bytes > limits.maxBytes) throw tooLarge(answer.url, limits.maxBytes);
			yield part;
		}
	} finally {
		discard(answer.body);
	}
};

const asSent = async function* ({ url, body }: Answer, { maxBytes, idleMs, signal }: Limits): AsyncGenerator<Uint8Array> {
	const parts = (body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
	let bytes = 0;
	for (;;) {
		const part = await nextWithin(parts, idleMs, url).catch((error: unknown) => {
			if (signal.aborted) throw signal.reason;
			throw brokenConnection(url, error);
		});
		if (part.done) return;
		bytes += part.value.length;
		if (bytes > maxBytes) throw tooLarge(url, maxBytes);
		yield part.value;
	}
};

const nextWithin = <T>(parts: AsyncIterator<T>, idleMs: number, url: string): Promise<IteratorResult<T>> =>
	new Promise((resolve, reject) => {
		const timer = setTimeout(() => reject(tooSlow(url, idleMs, 'passing')), idleMs);
		parts
			.next()
			.then(resolve, reject)
			.finally(() => clearTimeout(timer));
	});

const unpack = (answer: Answer, packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> => {
	const encoding = (answer.headers['content-encoding'] ?? '').trim().toLowerCase();
	if (encoding === '' || encoding === 'identity') return packed;
	const unpacker = UNPACKERS[encoding];
	if (unpacker === undefined) throw otherType(answer.url, 'gzip or br', `the encoding "${encoding.slice(0, 40)}"`);
	return through(encoding.endsWith('gzip') ? asGzip(packed, answer.url) : packed, unpacker(), answer.url);
};

const UNPACKERS: Readonly<Record<string, () => Transform>> = {
	gzip: () => createGunzip(),
	'x-gzip': () => createGunzip(),
	deflate: () => createInflate(),
	br: () => createBrotliDecompress(),
};

/** The same bytes, once they were found to begin as gzip does. @throws HttpFailure */
const asGzip = async function* (packed: AsyncIterable<Uint8Array>, url: string): AsyncGenerator<Uint8Array> {
	let head: Uint8Array = new Uint8Array();
	let isJudged = false;
	for await (const part of packed) {
		head = isJudged ? part : Buffer.concat([head, part]);
		if (head.length < GZIP.length && !isJudged) continue;
		if (!isJudged && !GZIP.equals(head.subarray(0, GZIP.length))) throw otherEncoding(url, 'gzip');
		isJudged = true;
		yield head;
	}
	if (!isJudged) yield head;
};

const GZIP = Buffer.from([0x1f, 0x8b]);

const through = async function* (packed: AsyncIterable<Uint8Array>, unpacker: Transform, url: string): AsyncGenerator<Uint8Array> {
	// Its errors come out of the unpacker, which is what is read.
	pipeline(Readable.from(packed, { objectMode: true }), unpacker, () => undefined);
	try {
		for await (const part of unpacker) yield part as Uint8Array;
	} catch (error) {
		throw brokenConnection(url, error);
	}
};

/** The same body, after its beginning was found to be what was asked for. @throws HttpFailure */
export const expectType = async (
	body: AsyncGenerator<Uint8Array>,
	url: string,
	expect: HttpRequest['expect'],
): Promise<AsyncGenerator<Uint8Array>> => {
	let head: Uint8Array = new Uint8Array();
	for (let ended = false; ; ) {
		const verdict = judgeBeginning(expect, head, ended);
		if (verdict === 'fits') return ended ? asBody(head, null) : asBody(head, body);
		if (verdict !== 'more') {
			await body.return(undefined);
			throw otherType(url, EXPECTED_AS[expect], verdict.looksLike);
		}
		const part = await body.next();
		if (part.done) ended = true;
		else head = Buffer.concat([head, part.value]);
	}
};

const asBody = async function* (head: Uint8Array, rest: AsyncGenerator<Uint8Array> | null): AsyncGenerator<Uint8Array> {
	try {
		if (head.length > 0) yield head;
		if (rest !== null) yield* rest;
	} finally {
		await rest?.return(undefined);
	}
};
