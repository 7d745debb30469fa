import { isUtf8 } from 'node:buffer';
import { MAX_RECORD } from './limits.ts';

/** One line as it stands in the file, without its line feed. The carriage return before it is still there. */
export type Line = {
	readonly text: string;
	/** How many `"` it has. */
	readonly quotes: number;
	/** Whether its bytes are UTF-8. If not, U+FFFD stands in the text for those that are not. */
	readonly valid: boolean;
	/** Whether it is larger than `MAX_RECORD`; `text` is its beginning then. */
	readonly long: boolean;
};

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** The lines of a text in UTF-8, in groups. A text without any line feed has its lines at carriage returns. Of a line that is too long only the beginning is held. */
export async function* readLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<readonly Line[]> {
	let newline: number | null = null;
	const tail = openTail();
	for await (const chunk of withHead(bytes)) {
		if (chunk.length === 0) continue;
		newline ??= newlineOf(chunk.subarray(0, MAX_RECORD));
		let start = 0;
		if (tail.skipping) {
			const end = chunk.indexOf(newline);
			tail.add(end < 0 ? chunk : chunk.subarray(0, end));
			if (end < 0) continue;
			yield [tail.take()];
			start = end + 1;
		}
		const last = chunk.lastIndexOf(newline);
		if (last >= start) {
			const block = tail.empty ? chunk.subarray(start, last) : Buffer.concat([tail.bytes(), chunk.subarray(start, last)]);
			start = last + 1;
			yield linesOf(block, newline);
		}
		tail.add(chunk.subarray(start));
	}
	if (!tail.empty) yield [tail.take()];
}

/** The same bytes, the first line feed in the first piece unless it comes very late: where a service cuts its answer says nothing about line ends. */
async function* withHead(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	let head: Buffer[] | null = [];
	let size = 0;
	for await (const chunk of bytes) {
		if (head === null) {
			yield chunk;
			continue;
		}
		head.push(chunk);
		size += chunk.length;
		if (size < MAX_RECORD && !chunk.includes(LF)) continue;
		yield Buffer.concat(head);
		head = null;
	}
	if (head !== null) yield Buffer.concat(head);
}

const newlineOf = (chunk: Buffer): number => (chunk.includes(CR) && !chunk.includes(LF) ? CR : LF);

/** The beginning of a line whose end has not come yet. */
const openTail = () => {
	let held: Buffer[] = [];
	let size = 0;
	let skipped = 0;
	let skipping = false;
	const bytes = (): Buffer => {
		const all = Buffer.concat(held);
		held = [];
		size = 0;
		return all;
	};
	return {
		get skipping() {
			return skipping;
		},
		get empty() {
			return size === 0 && !skipping;
		},
		bytes,
		add: (chunk: Buffer) => {
			if (chunk.length === 0) return;
			const fits = skipping ? 0 : Math.min(chunk.length, MAX_RECORD - size);
			if (fits > 0) held.push(chunk.subarray(0, fits));
			size += fits;
			if (fits === chunk.length) return;
			skipping = true;
			skipped += quotesIn(chunk.subarray(fits));
		},
		take: (): Line => {
			const head = lineOf(bytes());
			const line = skipping ? { ...head, quotes: head.quotes + skipped, long: true } : head;
			skipping = false;
			skipped = 0;
			return line;
		},
	};
};

const quotesIn = (bytes: Buffer): number => {
	let count = 0;
	for (let at = bytes.indexOf(QUOTE); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) count++;
	return count;
};

const quotesOf = (text: string): number => {
	let count = 0;
	for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count++;
	return count;
};

const lineOf = (bytes: Buffer): Line => {
	const text = bytes.toString('utf8');
	return { text, quotes: quotesOf(text), valid: isUtf8(bytes), long: false };
};

const linesOf = (block: Buffer, newline: number): readonly Line[] => {
	if (!isUtf8(block)) return linesOfBytes(block, newline);
	const text = block.toString('utf8');
	const quoted = text.includes('"');
	return text
		.split(String.fromCharCode(newline))
		.map((line) => ({ text: line, quotes: quoted ? quotesOf(line) : 0, valid: true, long: isLong(line) }));
};

/** Of a line that is too long only the beginning. */
const cutLine = (bytes: Buffer): Line =>
	bytes.length <= MAX_RECORD ? lineOf(bytes) : { ...lineOf(bytes.subarray(0, MAX_RECORD)), quotes: quotesIn(bytes), long: true };

/** A character has three bytes for each of its UTF-16 units at most. */
const isLong = (line: string): boolean => line.length > MAX_RECORD / 3 && Buffer.byteLength(line) > MAX_RECORD;

const linesOfBytes = (block: Buffer, newline: number): readonly Line[] => {
	const lines: Line[] = [];
	let start = 0;
	for (let end = block.indexOf(newline); end >= 0; end = block.indexOf(newline, start)) {
		lines.push(cutLine(block.subarray(start, end)));
		start = end + 1;
	}
	lines.push(cutLine(block.subarray(start)));
	return lines;
};
