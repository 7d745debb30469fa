import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A group of processes that the kernel holds to a limit of memory together. */
export type MemoryGroup = {
	/** Puts a process into it. */
	add(pid: number): void;
	/** To be called when its processes have ended. */
	remove(): void;
};

/**
 * Makes a group in a folder of the memory controller, of either version, in which the caller may make groups.
 * `bytes` limits resident memory and swap together where the kernel counts swap.
 */
export const makeMemoryGroup = (parent: string, bytes: number): MemoryGroup => {
	const folder = join(parent, `reelform-test-${process.pid}`);
	mkdirSync(folder);
	const write = (name: string, value: number): void => writeFileSync(join(folder, name), String(value));
	if (existsSync(join(folder, 'memory.limit_in_bytes'))) {
		write('memory.limit_in_bytes', bytes);
		if (existsSync(join(folder, 'memory.memsw.limit_in_bytes'))) write('memory.memsw.limit_in_bytes', bytes);
	} else {
		write('memory.max', bytes);
		if (existsSync(join(folder, 'memory.swap.max'))) write('memory.swap.max', 0);
	}
	return { add: (pid) => write('cgroup.procs', pid), remove: () => rmdirSync(folder) };
};
