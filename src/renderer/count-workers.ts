import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** What a worker needs: a browser with a large page, an encoder and its thread. */
const WORKER_BYTES = 900 * 2 ** 20;
/** For this process and for what else the machine does. */
const RESERVED_BYTES = 700 * 2 ** 20;

export type MachineFacts = {
	/** Threads that may run at once. */
	readonly threads: number;
	/** Cores, where the system tells. Two threads of one core draw hardly more than one. */
	readonly cores: number | null;
	/** That a new program could get, limits of a container included. */
	readonly memoryBytes: number;
};

/** How many workers a machine keeps busy: one a core, as far as the memory reaches, and never none. */
export const countWorkers = ({ threads, cores, memoryBytes }: MachineFacts): number => {
	const byMemory = Math.floor((memoryBytes - RESERVED_BYTES) / WORKER_BYTES);
	return Math.max(1, Math.min(threads, cores ?? threads, byMemory));
};

export const readMachineFacts = (): MachineFacts => ({
	threads: availableParallelism(),
	cores: readCores(),
	memoryBytes: process.availableMemory(),
});

/** Distinct pairs of package and core in Linux's own list; null where there is none. */
const readCores = (): number | null => {
	try {
		return countCores(readFileSync('/proc/cpuinfo', 'utf8'));
	} catch {
		return null;
	}
};

/** Null when the text does not name cores, as on ARM. */
export const countCores = (cpuinfo: string): number | null => {
	const cores = new Set(
		cpuinfo.split('\n\n').flatMap((processor) => {
			const core = /^core id\s*:\s*(\d+)/m.exec(processor)?.[1];
			return core === undefined ? [] : [`${/^physical id\s*:\s*(\d+)/m.exec(processor)?.[1]} ${core}`];
		}),
	);
	return cores.size === 0 ? null : cores.size;
};
