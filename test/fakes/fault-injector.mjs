// Loaded before a program (`--import`), in every thread of it: counts the calls that change the disk below one folder, and at the n-th of them ends the
// program as SIGKILL does, or makes the call fail. What `strace -e inject` does, without a tracer.
import { appendFileSync, promises, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { fileURLToPath } from 'node:url';

const { folder, counter, action, nth, only } = JSON.parse(process.env.REELFORM_FAULT ?? '{}');

const paths = new WeakMap();
const isInside = (path) => typeof path === 'string' && path.startsWith(folder) && !path.startsWith(`${folder}bundle`) && path !== counter;

/** One call: `kind` and the file's ending, so that a table of faults can say where it struck. */
const strike = (kind, path) => {
	if (only !== undefined && only !== kind) return;
	appendFileSync(counter, `${kind} ${path.slice(folder.length)}\n`);
	const count = linesIn(counter);
	if (count !== nth) return;
	if (action === 'kill') {
		process.kill(process.pid, 'SIGKILL');
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5_000);
	}
	throw Object.assign(new Error(`${action}: injected, ${kind} '${path}'`), { code: action, syscall: kind, path });
};

let lines = 0;
let read = 0;
const linesIn = (file) => {
	const size = statSync(file).size;
	if (size !== read) lines = promises.__countLines(file);
	read = size;
	return lines;
};

if (folder !== undefined) {
	const { readFileSync } = await import('node:fs');
	promises.__countLines = (file) => readFileSync(file, 'latin1').split('\n').length - 1;
	const original = { ...promises };
	const written = (flags) => typeof flags === 'string' && /[wax+]/.test(flags);
	const wrap = (name, kind, pathOf) => {
		promises[name] = async (...args) => {
			const path = pathOf(args);
			if (isInside(path)) strike(kind, path);
			return original[name](...args);
		};
	};
	promises.open = async (path, flags, mode) => {
		if (isInside(path) && written(flags)) strike('create', path);
		const handle = await original.open(path, flags, mode);
		if (isInside(path)) paths.set(handle, path);
		return handle;
	};
	wrap('writeFile', 'write', ([path]) => path);
	wrap('appendFile', 'write', ([path]) => path);
	wrap('rename', 'rename', ([, to]) => to);
	wrap('copyFile', 'create', ([, to]) => to);
	wrap('unlink', 'unlink', ([path]) => path);
	wrap('rm', 'unlink', ([path]) => path);
	wrap('mkdir', 'mkdir', ([path]) => path);
	const sample = await open(fileURLToPath(import.meta.url), 'r');
	const handles = Object.getPrototypeOf(sample);
	await sample.close();
	for (const [name, kind] of [
		['write', 'write'],
		['writeFile', 'write'],
		['appendFile', 'write'],
		['sync', 'fsync'],
		['datasync', 'fsync'],
		['truncate', 'truncate'],
	]) {
		const call = handles[name];
		handles[name] = async function (...args) {
			const path = paths.get(this);
			if (path !== undefined) strike(kind, path);
			return call.apply(this, args);
		};
	}
	syncBuiltinESMExports();
}
