import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** What a worker needs for a page of 1080 x 1920: a browser, an encoder and its thread. */
const WORKER_BYTES = 900 * 2 ** 20;
/** What of it goes with the size of the page: pictures of it, in the browser, on their way and in the encoder. */
const PAGE_BYTES = 350 * 2 ** 20;
const USUAL_PIXELS = 1080 * 1920;
/** Open files of a worker in this process: pipes, sockets, the files that it writes. */
const WORKER_DESCRIPTORS = 48;
/** For this process and its lookups. */
const RESERVED_DESCRIPTORS = 96;
/** For this process and for what else the machine does. */
const RESERVED_BYTES = 700 * 2 ** 20;

export type MachineFacts = {
	/** Threads that may run at once. */
	readonly threads: number;
	/** Cores, where the system tells. Two threads of one core draw hardly more than one. */
	readonly cores: number | null;
	/** That a new program could get, limits of a container included. */
	readonly memoryBytes: number;
	/** Files that this process may have open at once; null where the system does not tell, or sets no limit. */
	readonly descriptors: number | null;
};

/** How many workers a machine keeps busy: one a core, as far as the memory and the open files reach, and never none. `pixels` are those of the largest canvas. */
export const countWorkers = ({ threads, cores, memoryBytes, descriptors }: MachineFacts, pixels: number = USUAL_PIXELS): number => {
	const byFiles = descriptors === null ? threads : Math.floor((descriptors - RESERVED_DESCRIPTORS) / WORKER_DESCRIPTORS);
	return Math.max(1, Math.min(threads, cores ?? threads, workersIn(memoryBytes, pixels), byFiles));
};

/** How many workers so much memory reaches for, this process included; at least one. */
export const workersIn = (memoryBytes: number, pixels: number): number =>
	Math.max(1, Math.floor((memoryBytes - RESERVED_BYTES) / (WORKER_BYTES + PAGE_BYTES * (pixels / USUAL_PIXELS - 1))));

const MOST_LOOKUPS = 32;

/** How many files may be looked at together: a quarter of those that may be open, since a lookup that finds no room is taken for a miss. */
export const countLookups = ({ descriptors }: Pick<MachineFacts, 'descriptors'>): number =>
	descriptors === null ? MOST_LOOKUPS : Math.max(1, Math.min(MOST_LOOKUPS, Math.floor(descriptors / 4)));

export const readMachineFacts = (): MachineFacts => ({
	threads: availableParallelism(),
	cores: readCores(),
	memoryBytes: process.availableMemory(),
	descriptors: readDescriptors(),
});

const readDescriptors = (): number | null => {
	try {
		return countDescriptors(readFileSync('/proc/self/limits', 'utf8'));
	} catch {
		return null;
	}
};

/** The limit that holds, of the two in the text of `/proc/<pid>/limits`. */
export const countDescriptors = (limits: string): number | null => {
	const soft = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
	return soft === undefined ? null : Number(soft);
};

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
