import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { sha256Hex } from '../../src/model/keys.ts';

export type FaultAction = 'kill' | 'EIO' | 'ENOSPC';
export type FaultKind = 'create' | 'write' | 'fsync' | 'rename' | 'unlink' | 'mkdir' | 'truncate';

/** How one program ended. `calls` are the disk calls that it made, `rename /out/one.mp4`. */
export type ProgramEnd = {
	readonly code: number | null;
	readonly signal: string | null;
	readonly output: string;
	readonly calls: readonly string[];
};

export type KillLoop = {
	/** Runs the program in a folder, with a fault at its n-th disk call of any kind; 0 is none. */
	run(directory: string, fault: { readonly action: FaultAction; readonly nth: number }): Promise<ProgramEnd>;
	/** What a fault-free run leaves: every file under `out` and every segment of the store, by content. */
	tree(directory: string): Promise<Readonly<Record<string, string>>>;
	/** Temporary files, profiles of browsers, and processes that name the folder. */
	leftovers(directory: string): Promise<readonly string[]>;
	makeFolder(): Promise<string>;
	close(): Promise<void>;
};

export type StruckProgram = {
	/** A program that renders below the folder that is its first argument. */
	readonly source: string;
	/** What follows the folder. */
	readonly arguments: readonly string[];
	/** The longest that one run may take, in milliseconds: a hang is a fault too. */
	readonly limitMs: number;
};

export const openKillLoop = async ({ source, arguments: more, limitMs }: StruckProgram): Promise<KillLoop> => {
	const name = basename(source, '.ts');
	const built = resolve(`.test-build/kill-${name}-${process.pid}`);
	const root = await mkdtemp(join(tmpdir(), 'reelform-kill-'));
	const program = join(built, `${name}.mjs`);
	await build({
		...{ entryPoints: [source], outfile: program, bundle: true, packages: 'external' },
		...{ platform: 'node', target: 'node20.19', format: 'esm', jsx: 'automatic', logLevel: 'warning' },
	});
	let folders = 0;
	return {
		run: (directory, fault) => runProgram({ command: [program, directory, ...more], limitMs }, directory, fault),
		tree,
		leftovers,
		makeFolder: async () => {
			const folder = join(root, String(folders++));
			await mkdir(folder);
			return folder;
		},
		close: async () => {
			await rm(root, { recursive: true, force: true });
			await rm(built, { recursive: true, force: true });
		},
	};
};

type Command = { readonly command: readonly string[]; readonly limitMs: number };

const runProgram = async (
	{ command, limitMs }: Command,
	directory: string,
	{ action, nth }: { readonly action: FaultAction; readonly nth: number },
): Promise<ProgramEnd> => {
	const counter = join(directory, '..', `${sha256Hex(directory).slice(0, 12)}-${action}-${nth}-${Date.now()}.calls`);
	const fault = JSON.stringify({ folder: `${directory}/`, counter, action, nth });
	const preload = resolve('test/fakes/fault-injector.mjs');
	const child = spawn(process.execPath, ['--import', preload, ...command], {
		env: { ...process.env, REELFORM_FAULT: fault },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (chunk: Buffer) => {
			output += chunk.toString();
		});
	const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
	const [code, signal] = await new Promise<[number | null, string | null]>((done) => child.on('exit', (c, s) => done([c, s])));
	clearTimeout(timer);
	const calls = (await readFile(counter, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
	await rm(counter, { force: true });
	return { code, signal, output, calls };
};

const filesUnder = async (folder: string): Promise<readonly string[]> => {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
	return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

const tree = async (directory: string): Promise<Readonly<Record<string, string>>> => {
	const segments = (await filesUnder(join(directory, '.reelform', 'store', 'segments'))).filter((file) => file.endsWith('.mp4'));
	const files = [...(await filesUnder(join(directory, 'out'))), ...segments].sort();
	return Object.fromEntries(
		await Promise.all(files.map(async (file) => [relative(directory, file), sha256Hex(await readFile(file))] as const)),
	);
};

const PATIENCE_MS = 10_000;

/** Waits for processes that are about to end: a browser whose parent was killed needs a moment. */
const leftovers = async (directory: string): Promise<readonly string[]> => {
	for (const until = Date.now() + PATIENCE_MS; ; await new Promise((next) => setTimeout(next, 100))) {
		const processes = await processesNaming(`${directory}/`);
		if (processes.length > 0 && Date.now() < until) continue;
		const entries = await readdir(directory, { recursive: true, withFileTypes: true });
		const left = entries.filter(({ name }) => /\.reelform-\d+-|\.tmp$|^reelform-profile-/.test(name));
		return [...left.map(({ parentPath, name }) => relative(directory, join(parentPath, name))), ...processes];
	}
};

const processesNaming = async (text: string): Promise<readonly string[]> => {
	const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
	const named = await Promise.all(
		ids.map(async (id) => ((await readFile(`/proc/${id}/cmdline`, 'latin1').catch(() => '')).includes(text) ? [`process ${id}`] : [])),
	);
	return named.flat();
};
