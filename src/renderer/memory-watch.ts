import { readdirSync, readFileSync } from 'node:fs';

/** What tells whether the system has ended processes for want of memory. */
export type MemoryWatch = {
	/** Whether that has happened since the last time it was asked, or there is next to nothing left now. */
	wasShort(): boolean;
};

export type MemoryProbes = {
	/** Processes that the system has ended for memory so far, here and in the group of this process; null where it does not tell. */
	kills(): number | null;
	/** Bytes that a new program could get, limits of a container included. */
	available(): number;
};

/** Below it the next allocation of a browser is likely to fail. */
const SHORT_BYTES = 96 * 2 ** 20;

export const openMemoryWatch = (probes: MemoryProbes = systemMemory): MemoryWatch => {
	let known = probes.kills();
	return {
		wasShort() {
			const kills = probes.kills();
			const more = kills !== null && known !== null && kills > known;
			known = kills;
			return more || probes.available() < SHORT_BYTES;
		},
	};
};

const read = (path: string): string | null => {
	try {
		return readFileSync(path, 'latin1');
	} catch {
		return null;
	}
};

const countIn = (text: string | null): number | null => {
	const count = /^oom_kill (\d+)$/m.exec(text ?? '')?.[1];
	return count === undefined ? null : Number(count);
};

/** The kernel counts for the whole machine, and the second version of control groups for each of them. */
export const systemMemory: MemoryProbes = {
	kills() {
		const machine = countIn(read('/proc/vmstat'));
		const group = countIn(read('/sys/fs/cgroup/memory.events'));
		return machine === null && group === null ? null : (machine ?? 0) + (group ?? 0);
	},
	available: () => process.availableMemory(),
};

const PAGE_BYTES = 4_096;

/**
 * Memory of processes and of the groups that they lead, in bytes, without what they share with others. 0 where the system does not tell: a limit on it
 * then limits nothing.
 */
export const memoryOf = (leaders: readonly number[], proc = '/proc'): number => {
	if (leaders.length === 0) return 0;
	const wanted = new Set(leaders.map(String));
	let bytes = 0;
	for (const id of listOf(proc)) {
		const state = read(`${proc}/${id}/stat`);
		const group = state?.slice(state.lastIndexOf(')') + 2).split(' ')[2];
		if (!wanted.has(id) && !wanted.has(group ?? '')) continue;
		const [, resident = 0, shared = 0] = (read(`${proc}/${id}/statm`) ?? '').split(' ').map(Number);
		bytes += Math.max(0, resident - shared) * PAGE_BYTES;
	}
	return bytes;
};

const listOf = (proc: string): readonly string[] => {
	try {
		return readdirSync(proc).filter((name) => /^\d+$/.test(name));
	} catch {
		return [];
	}
};
