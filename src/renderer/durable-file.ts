import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { diskReason } from '../diagnostics/disk-reasons.ts';
import { RenderFailure } from '../model/failure.ts';
import { errorCode, type FileSystem } from './file-system.ts';

const HASH_CHUNK_BYTES = 1 << 20;

/** sha256 hex and size of a file, read in pieces. */
export const hashFile = async (fs: FileSystem, file: string): Promise<{ readonly sha256: string; readonly bytes: number }> => {
	const handle = await fs.open(file, 'r');
	try {
		const hash = createHash('sha256');
		const buffer = Buffer.allocUnsafe(HASH_CHUNK_BYTES);
		let bytes = 0;
		for (;;) {
			const { bytesRead } = await handle.read(buffer, 0, buffer.length, bytes);
			if (bytesRead === 0) break;
			hash.update(buffer.subarray(0, bytesRead));
			bytes += bytesRead;
		}
		return { sha256: hash.digest('hex'), bytes };
	} finally {
		await handle.close();
	}
};

/** Puts the content of a file on the disk itself. */
export const syncFile = async (fs: FileSystem, file: string): Promise<void> => {
	const handle = await fs.open(file, 'r+');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
};

/** Puts the names in a directory on the disk itself. Does nothing on systems that cannot open one. */
export const syncDirectory = async (fs: FileSystem, directory: string): Promise<void> => {
	let handle: Awaited<ReturnType<FileSystem['open']>>;
	try {
		handle = await fs.open(directory, 'r');
	} catch (error) {
		if (process.platform === 'win32') return;
		throw error;
	}
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
};

/** The name is either the old file or the new one, also after a power cut. `from` must be synced already and on the same file system. */
export const renameDurably = async (fs: FileSystem, from: string, to: string): Promise<void> => {
	await fs.rename(from, to);
	await syncDirectory(fs, dirname(to));
};

/** Writes a whole file under a temporary name, then gives it its own. A failure leaves nothing behind. */
export const writeDurably = async (
	fs: FileSystem,
	text: string,
	place: { readonly temporary: string; readonly file: string },
): Promise<void> => {
	try {
		const handle = await fs.open(place.temporary, 'wx');
		try {
			await handle.writeFile(text);
			await handle.sync();
		} finally {
			await handle.close();
		}
		await renameDurably(fs, place.temporary, place.file);
	} catch (error) {
		await discard(fs, place.temporary);
		throw error;
	}
};

/** Removes a file if it is there. Never throws: it is used where another failure is already on its way. */
export const discard = async (fs: FileSystem, file: string): Promise<void> => {
	await fs.rm(file, { force: true }).catch(() => {});
};

/** A failed system call as a failure of class `DISK` that names the path; a `RenderFailure` or `AbortError` is returned as it is. */
export const asDiskFailure = (error: unknown, path: string): unknown => {
	const code = errorCode(error);
	if (error instanceof RenderFailure || code === undefined || code === 'ABORT_ERR') return error;
	return new RenderFailure('DISK', `cannot write ${path}: ${diskReason(code)}`, error instanceof Error ? error.message : '');
};
