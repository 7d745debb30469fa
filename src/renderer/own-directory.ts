import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { asDiskFailure } from './durable-file.ts';

/**
 * Makes a directory that only this user can read, `<parent>/<prefix><pid>-<random>`. Removes those that processes left behind
 * which are gone: a killed process cannot clean up after itself.
 * @throws RenderFailure `DISK` with the parent
 */
export const makeOwnDirectory = async (parent: string, prefix: string): Promise<string> => {
	try {
		await mkdir(parent, { recursive: true, mode: 0o700 });
		await sweepOwnDirectories(parent, prefix);
		return await mkdtemp(join(parent, `${prefix}${process.pid}-`));
	} catch (error) {
		throw asDiskFailure(error, parent);
	}
};

/** Removes the directories of processes that are gone. A parent that is missing, or that cannot be read, is no error. */
export const sweepOwnDirectories = async (parent: string, prefix: string): Promise<void> => {
	for (const name of await readdir(parent).catch(() => [])) {
		const pid = name.startsWith(prefix) ? /^(\d+)-\w{6}$/.exec(name.slice(prefix.length))?.[1] : undefined;
		if (pid !== undefined && !isAlive(Number(pid))) await rm(join(parent, name), { recursive: true, force: true }).catch(() => {});
	}
};

/** Whether a process with this id exists. One of another user counts. */
export const isAlive = (pid: number): boolean => {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
};
