import { type FileSystem, nodeFileSystem } from '../../src/renderer/file-system.ts';

/** A call that has to fail: the name of the call, a part of the path it is made with, and the error's code. */
export type Fault = { readonly call: keyof FileSystem | 'sync' | 'write'; readonly path: string; readonly code: string };

export const systemError = (code: string, path: string): Error => Object.assign(new Error(`${code}: injected, '${path}'`), { code, path });

/** The real file system, apart from calls that match a fault. */
export const makeFaultyFileSystem = (faults: readonly Fault[]): FileSystem =>
	wrap((call, path) => {
		const fault = faults.find((each) => each.call === call && path.includes(each.path));
		if (fault !== undefined) throw systemError(fault.code, path);
	});

const CHANGES: ReadonlySet<Call> = new Set(['open', 'rename', 'copyFile', 'mkdir', 'chmod', 'rm', 'sync', 'write']);

/** The real file system, until the n-th call that changes something or opens a file, counted from 1: that call fails, and only that one. */
export const makeFailingFileSystem = (n: number, code: string): FileSystem & { readonly fired: () => boolean } => {
	let calls = 0;
	const fs = wrap((call, path) => {
		if (CHANGES.has(call) && ++calls === n) throw systemError(code, path);
	});
	return { ...fs, fired: () => calls >= n };
};

const OPENING: ReadonlySet<Call> = new Set(['open', 'readFile', 'readdir', 'copyFile']);

/** The real file system, with no file descriptor left from the n-th call that needs one, counted from 1, for as many such calls as `span`. */
export const makeStarvedFileSystem = (n: number, span: number): FileSystem & { readonly fired: () => boolean } => {
	let calls = 0;
	const fs = wrap((call, path) => {
		if (!OPENING.has(call)) return;
		calls++;
		if (calls >= n && calls < n + span) throw systemError('EMFILE', path);
	});
	return { ...fs, fired: () => calls >= n };
};

type Call = Fault['call'];

/** `check` throws for a call that has to fail. */
const wrap = (check: (call: Call, path: string) => void): FileSystem => {
	const wrapped = Object.fromEntries(
		Object.keys(nodeFileSystem).map((call) => {
			const real = nodeFileSystem[call as keyof FileSystem] as unknown;
			if (typeof real !== 'function') return [call, real];
			return [
				call,
				async (...args: unknown[]) => {
					for (const path of args.filter((arg) => typeof arg === 'string')) check(call as keyof FileSystem, path);
					return real(...args);
				},
			];
		}),
	) as unknown as FileSystem;
	const open: FileSystem['open'] = async (...args) => {
		const path = String(args[0]);
		check('open', path);
		const handle = await nodeFileSystem.open(...args);
		const { sync, write, writeFile } = handle;
		handle.sync = async () => {
			check('sync', path);
			return sync.call(handle);
		};
		handle.write = (async (...parts: Parameters<typeof write>) => {
			check('write', path);
			return write.apply(handle, parts);
		}) as typeof write;
		handle.writeFile = async (...parts) => {
			check('write', path);
			return writeFile.apply(handle, parts);
		};
		return handle;
	};
	return { ...wrapped, open };
};
