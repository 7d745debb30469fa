import { createHash, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { discard } from './durable-file.ts';
import type { FileSystem } from './file-system.ts';
import { isAlive } from './own-directory.ts';

const hostId = (): string => createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** A name for a file in the making. It says who makes it, so that what a dead process left can be told from work in progress. */
export const temporaryName = (extension: string): string => `.reelform-${process.pid}-${hostId()}-${randomUUID()}.${extension}`;

const TEMPORARY = /^\.reelform-(\d+)-([0-9a-f]{8})-[0-9a-f-]{36}\.[a-z0-9]+$/;

/**
 * Removes the temporary files of processes of this machine that are gone. Files of other machines that share the folder are theirs to sweep.
 * A missing folder, or one that cannot be read, is no error.
 */
export const sweepTemporaryFiles = async (fs: FileSystem, directory: string): Promise<number> => {
	const names = await fs.readdir(directory).catch(() => []);
	const startedAt = Date.now() - process.uptime() * 1000;
	let swept = 0;
	for (const name of names) {
		const match = TEMPORARY.exec(name);
		if (match === null || match[2] !== hostId()) continue;
		const file = join(directory, name);
		const pid = Number(match[1]);
		// Containers give every run the same pid: a file older than this process is not its own.
		const abandoned = pid === process.pid ? await isOlder(fs, file, startedAt) : !isAlive(pid);
		if (!abandoned) continue;
		await discard(fs, file);
		swept++;
	}
	return swept;
};

const isOlder = async (fs: FileSystem, file: string, time: number): Promise<boolean> => {
	const facts = await fs.stat(file).catch(() => null);
	return facts !== null && facts.mtimeMs < time;
};
