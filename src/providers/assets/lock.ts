import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { AssetLock } from '../../model/asset-lock.ts';
import { type InputResult, refuse } from '../input-problem.ts';
import { EMPTY_LOCK, lockText, parseLock } from './lock-format.ts';

export { EMPTY_LOCK, lockText, parseLock } from './lock-format.ts';

/** `campaign.yaml` has `campaign.lock.yaml` beside it. */
export const lockFileOf = (specFile: string): string => `${specFile.replace(/\.(ya?ml|json)$/i, '')}.lock.yaml`;

/** The lock of a spec; an empty one where there is none. `providers` are all that it may name; any when left out. */
export const readLock = async (file: string, providers?: readonly string[]): Promise<InputResult<AssetLock>> => {
	let text: string;
	try {
		text = await readFile(file, 'utf8');
	} catch (error) {
		const { code = 'unknown' } = error as NodeJS.ErrnoException;
		return code === 'ENOENT' ? { ok: true, value: EMPTY_LOCK } : unreadable(file, `the system says ${code}`);
	}
	const read = parseLock(text, providers);
	return read.ok ? { ok: true, value: read.lock } : unreadable(file, read.why);
};

const unreadable = (file: string, why: string): InputResult<never> =>
	refuse(
		'RF4242',
		`the lockfile ${basename(file)} cannot be read: ${why}`,
		'take it from git again, or delete it and run `reelform assets resolve`',
	);

/** Changes a lock as one step: nobody else's change is lost, and a reader finds the old lock or the new one. A change to nothing new writes nothing. */
export const updateLock = async (file: string, change: (lock: AssetLock) => AssetLock): Promise<InputResult<AssetLock>> => {
	await mkdir(dirname(file), { recursive: true });
	const release = await takeTurn(join(dirname(file), `.${basename(file)}.busy`));
	try {
		const before = await readLock(file);
		if (!before.ok) return before;
		const after = change(before.value);
		const text = lockText(after);
		if (after !== before.value && text !== (await readFile(file, 'utf8').catch(() => null))) await writeWhole(file, text);
		return { ok: true, value: after };
	} finally {
		await release();
	}
};

const writeWhole = async (file: string, text: string): Promise<void> => {
	const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
	try {
		const handle = await open(temporary, 'wx');
		try {
			await handle.writeFile(text);
			await handle.sync();
		} finally {
			await handle.close();
		}
		await rename(temporary, file);
	} catch (error) {
		await rm(temporary, { force: true });
		throw error;
	}
};

/** A turn that nobody wrote an id into for this long was taken by somebody who is gone. */
const UNSIGNED_MS = 10_000;
const ASK_AGAIN_MS = 15;

/** Waits until nobody else who is alive holds the turn that this file marks. Gives what ends it. Its folder must be there. */
export const takeTurn = async (marker: string): Promise<() => Promise<void>> => {
	for (;;) {
		try {
			const handle = await open(marker, 'wx');
			await handle.writeFile(String(process.pid)).finally(() => handle.close());
			return () => rm(marker, { force: true });
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
		if (await isAbandoned(marker)) await rm(marker, { force: true });
		else await pause(ASK_AGAIN_MS);
	}
};

const isAbandoned = async (marker: string): Promise<boolean> => {
	const facts = await stat(marker).catch(() => null);
	const text = await readFile(marker, 'utf8').catch(() => null);
	if (facts === null || text === null) return false;
	return text === '' ? Date.now() - facts.mtimeMs > UNSIGNED_MS : !isAlive(text);
};

/** Whether the process whose id begins a text still runs. */
export const isAlive = (text: string): boolean => {
	const id = Number.parseInt(text, 10);
	if (!Number.isInteger(id) || id <= 0) return false;
	try {
		process.kill(id, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
};
