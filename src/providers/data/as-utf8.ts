export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Stands for what has no meaning in the encoding of the file: no text in UTF-8 has this byte. */
const INVALID = Buffer.of(0xff);

type Converter = { take(chunk: Buffer): Buffer; end(): Buffer };

/**
 * The bytes of a text as UTF-8, without its byte order mark. An encoding that is not given is told from the mark, or from where
 * the zero bytes of the first two are. What is no text stays no text: it comes out as bytes that are not UTF-8.
 */
export async function* asUtf8(bytes: AsyncIterable<Uint8Array>, given?: TextEncoding): AsyncGenerator<Buffer> {
	let head: Buffer = Buffer.alloc(0);
	let converter: Converter | null = null;
	for await (const chunk of bytes) {
		if (converter !== null) {
			yield converter.take(asBuffer(chunk));
			continue;
		}
		head = Buffer.concat([head, chunk]);
		if (head.length < 4) continue;
		const start = begin(head, given);
		converter = start.converter;
		yield converter.take(start.rest);
	}
	if (converter === null) {
		const start = begin(head, given);
		converter = start.converter;
		yield converter.take(start.rest);
	}
	yield converter.end();
}

const asBuffer = (chunk: Uint8Array): Buffer => Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);

const MARKS: readonly (readonly [TextEncoding, Buffer])[] = [
	['utf-8', Buffer.of(0xef, 0xbb, 0xbf)],
	['utf-16le', Buffer.of(0xff, 0xfe)],
	['utf-16be', Buffer.of(0xfe, 0xff)],
];

const begin = (head: Buffer, given: TextEncoding | undefined): { readonly converter: Converter; readonly rest: Buffer } => {
	const mark = MARKS.find(([encoding, bytes]) => (given ?? encoding) === encoding && head.subarray(0, bytes.length).equals(bytes));
	const encoding = given ?? mark?.[0] ?? byZeros(head);
	return { converter: converterOf(encoding), rest: head.subarray(mark?.[1].length ?? 0) };
};

const byZeros = (head: Buffer): TextEncoding => {
	const [first = 1, second = 1] = head;
	if (first !== 0 && second === 0) return 'utf-16le';
	return first === 0 && second !== 0 ? 'utf-16be' : 'utf-8';
};

const converterOf = (encoding: TextEncoding): Converter => {
	if (encoding === 'utf-8') return { take: (chunk) => chunk, end: () => Buffer.alloc(0) };
	if (encoding !== 'windows-1252') return fromUtf16(encoding === 'utf-16be');
	const decoder = new TextDecoder('windows-1252');
	return { take: (chunk) => Buffer.from(decoder.decode(chunk, { stream: true })), end: () => Buffer.alloc(0) };
};

const fromUtf16 = (swapped: boolean): Converter => {
	let held: Buffer = Buffer.alloc(0);
	const convert = (bytes: Buffer): Buffer => {
		const units = Buffer.from(bytes);
		if (swapped) units.swap16();
		const pieces = units.toString('utf16le').split(/\p{Surrogate}/u);
		return Buffer.concat(pieces.flatMap((piece, index) => (index === 0 ? [Buffer.from(piece)] : [INVALID, Buffer.from(piece)])));
	};
	return {
		take: (chunk) => {
			const bytes = Buffer.concat([held, chunk]);
			let end = bytes.length - (bytes.length % 2);
			const high = end >= 2 ? (bytes[end - (swapped ? 2 : 1)] ?? 0) : 0;
			// The first half of a pair waits for the second.
			if (high >= 0xd8 && high <= 0xdb) end -= 2;
			held = bytes.subarray(end);
			return convert(bytes.subarray(0, end));
		},
		end: () => (held.length === 0 ? held : INVALID),
	};
};
