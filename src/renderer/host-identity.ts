import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { isAlive } from './own-directory.ts';

/** A process that can be told from every other, also from a later one with the same number. */
export type ProcessIdentity = {
	readonly pid: number;
	/** Where its number means something: the machine since it was started and, in a container, the container. */
	readonly realm: string;
	/** When it started, in ticks of its machine; null where the system does not tell. */
	readonly startedAt: string | null;
};

export const thisProcess = (): ProcessIdentity => ({ pid: process.pid, realm: thisRealm(), startedAt: startOf(process.pid) });

const thisRealm = (): string => {
	const parts = [
		hostname(),
		quietly(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
		quietly(() => readlinkSync('/proc/self/ns/pid')),
	];
	return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
};

/** `unknown` of a process of another realm: only its signs of life can tell. */
export const lifeOf = ({ pid, realm, startedAt }: ProcessIdentity): 'alive' | 'dead' | 'unknown' => {
	if (realm !== thisRealm()) return 'unknown';
	if (!isAlive(pid)) return 'dead';
	return startedAt !== null && startOf(pid) !== startedAt ? 'dead' : 'alive';
};

/** Field 22 of its state; the name before it may hold spaces and brackets. */
const startOf = (pid: number): string | null => {
	const text = quietly(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
	const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
	// A process that has ended and was not waited for does nothing any more.
	return fields?.[0] === 'Z' ? null : (fields?.[19] ?? null);
};

const quietly = (read: () => string): string | null => {
	try {
		return read();
	} catch {
		return null;
	}
};
