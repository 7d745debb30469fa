import * as nodePromises from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';

/** The calls through which a manifest touches the disk, so that a test can make any one of them fail. */
export type ManifestFiles = Pick<typeof nodePromises, 'open' | 'rename' | 'rm' | 'mkdir'>;
export const nodeFiles: ManifestFiles = nodePromises;

type Handle = Awaited<ReturnType<ManifestFiles['open']>>;

const WRITE_UNITS = 1 << 18;
const READ_BYTES = 1 << 18;

/** A text file in the making. Nothing is certain to be on the disk before `close`. */
export type TextWriter = {
	/** Bytes before the next piece: where it will begin. */
	readonly position: () => number;
	/** Adds a piece after those before. Returns what to wait for until there is room for more; null when there is room. */
	write(piece: string): Promise<void> | null;
	/** Writes out what is held back. */
	flush(): Promise<void>;
	/** Flushes, puts the content on the disk itself and closes the file. */
	close(): Promise<void>;
	/** Closes the file as it is. Never throws. */
	abandon(): Promise<void>;
};

/** Opens a new file. @throws what the system says, also of a file that is there */
export const openTextWriter = async (files: ManifestFiles, file: string): Promise<TextWriter> => {
	const handle = await files.open(file, 'wx');
	let pieces: string[] = [];
	let units = 0;
	let position = 0;
	let turn: Promise<void> = Promise.resolve();
	const flush = (): Promise<void> => {
		const content = Buffer.from(pieces.join(''));
		pieces = [];
		units = 0;
		turn = turn.then(() => (content.length === 0 ? undefined : handle.writeFile(content)));
		// A failure is told to everyone who waits from now on, and must not end the process when nobody does.
		turn.catch(() => {});
		return turn;
	};
	return {
		position: () => position,
		write: (piece) => {
			pieces.push(piece);
			units += piece.length;
			position += Buffer.byteLength(piece);
			return units >= WRITE_UNITS ? flush() : null;
		},
		flush,
		close: async () => {
			await flush();
			await handle.sync();
			await handle.close();
		},
		abandon: async () => {
			await turn.catch(() => {});
			await handle.close().catch(() => {});
		},
	};
};

/** Lines of a text file without their line feeds, in constant memory. Null for a line of more than `longest` UTF-16 units. Nothing when there is no file. */
export async function* linesOf(files: ManifestFiles, file: string, longest: number): AsyncIterable<string | null> {
	const handle = await openIfThere(files, file);
	if (handle === null) return;
	try {
		const buffer = Buffer.allocUnsafe(READ_BYTES);
		const decoder = new StringDecoder('utf8');
		let begun = '';
		let isTooLong = false;
		for (;;) {
			const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
			const pieces = (bytesRead === 0 ? decoder.end() : decoder.write(buffer.subarray(0, bytesRead))).split('\n');
			for (const [i, piece] of pieces.entries()) {
				if (i > 0) {
					yield isTooLong ? null : begun;
					begun = '';
					isTooLong = false;
				}
				if (begun.length + piece.length > longest) isTooLong = true;
				begun = isTooLong ? '' : begun + piece;
			}
			if (bytesRead === 0) break;
		}
		if (isTooLong) yield null;
		else if (begun !== '') yield begun;
	} finally {
		await handle.close();
	}
}

const openIfThere = async (files: ManifestFiles, file: string): Promise<Handle | null> => {
	try {
		return await files.open(file, 'r');
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
		throw error;
	}
};

/** Reads lines by where they begin. Neighbours come out of one read. */
export type LineReader = { lineAt(position: number): string | Promise<string>; close(): Promise<void> };

export const openLineReader = async (files: ManifestFiles, file: string): Promise<LineReader> => {
	const handle = await files.open(file, 'r');
	let held: Buffer = Buffer.alloc(0);
	let start = 0;
	const endOf = (position: number): number =>
		position < start || position >= start + held.length ? -1 : held.indexOf(10, position - start);
	const load = async (position: number): Promise<number> => {
		for (let bytes = READ_BYTES; ; bytes *= 2) {
			const buffer = Buffer.allocUnsafe(bytes);
			const { bytesRead } = await handle.read(buffer, 0, bytes, position);
			held = buffer.subarray(0, bytesRead);
			start = position;
			const end = endOf(position);
			if (end >= 0) return end;
			if (bytesRead < bytes) throw new RangeError(`no line at ${position} of ${file}`);
		}
	};
	return {
		lineAt: (position) => {
			const end = endOf(position);
			return end >= 0 ? held.toString('utf8', position - start, end) : load(position).then((loaded) => held.toString('utf8', 0, loaded));
		},
		close: () => handle.close(),
	};
};
