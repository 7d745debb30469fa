import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { sha256Hex } from '../../src/model/keys.ts';
import { makeDirectory } from './directory.ts';
import { distDirectory } from './dist.ts';
import type { Ended } from './mail-project.ts';

/** Where the program of a test finds its services. Hosts that are not named are refused, as all of this machine are. */
export type TestServices = {
	readonly hosts: readonly string[];
	readonly assets: Readonly<Record<string, string>>;
	readonly voices: Readonly<Record<string, string>>;
};

export const NO_NETWORK: TestServices = {
	hosts: [],
	assets: { pexels: 'http://127.0.0.1:9', elevenlabs: 'http://127.0.0.1:9' },
	voices: { elevenlabs: 'http://127.0.0.1:9', wellsaid: 'http://127.0.0.1:9', murf: 'http://127.0.0.1:9' },
};

export type AssetProject = {
	readonly folder: string;
	readonly write: (name: string, content: string | Uint8Array) => void;
	readonly read: (name: string) => string;
	readonly run: (services: TestServices, keys: Readonly<Record<string, string>>, ...args: readonly string[]) => Promise<Ended>;
	/** Hashes of all files below a folder, by path. */
	readonly hashes: (below: string) => Readonly<Record<string, string>>;
};

let built: Promise<string> | null = null;

const program = (): Promise<string> => {
	built ??= (async () => {
		// In the folder of the build: the program looks for its threads and its runtime above itself.
		const outfile = resolve(distDirectory, 'test', 'asset-program.js');
		await build({
			...{ entryPoints: ['test/support/asset-program.ts'], outfile, bundle: true, packages: 'external', platform: 'node' },
			...{ target: 'node20.19', format: 'esm', logLevel: 'warning' },
		});
		return outfile;
	})();
	return built;
};

export const inAssetProject = (files: Readonly<Record<string, string | Uint8Array>>, act: (project: AssetProject) => Promise<void>) =>
	makeDirectory(async (folder) => {
		const file = await program();
		const write: AssetProject['write'] = (name, content) => {
			mkdirSync(dirname(join(folder, name)), { recursive: true });
			writeFileSync(join(folder, name), content);
		};
		for (const [name, content] of Object.entries({ 'package.json': '{}', ...files })) write(name, content);
		const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/_(KEY|SECRET|ID)$/.test(name)));
		await act({
			folder,
			write,
			read: (name) => readFileSync(join(folder, name), 'utf8'),
			run: (services, keys, ...args) =>
				new Promise((done) => {
					const env = { ...environment, ...keys, TEST_SERVICES: JSON.stringify(services) };
					const child = spawn(process.execPath, [file, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
					const [out, err]: [Buffer[], Buffer[]] = [[], []];
					child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
					child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
					child.on('close', (code) => done({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }));
				}),
			hashes: (below) =>
				Object.fromEntries(
					(readdirSync(join(folder, below), { recursive: true, withFileTypes: true }) as import('node:fs').Dirent[])
						.filter((entry) => entry.isFile())
						.map((entry) => join(entry.parentPath, entry.name))
						.sort()
						.map((path) => [path.slice(folder.length + 1), sha256Hex(readFileSync(path))]),
				),
		});
	});
