import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ManifestRecord } from '../../src/cli/manifest/record.ts';
import { makeDirectory } from './directory.ts';
import { cliFile } from './dist.ts';

/** What JSON holds. */
export type Parsed = ReturnType<typeof JSON.parse>;

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** A project in a folder of its own, and the program started in it. */
export type Project = {
	readonly folder: string;
	readonly write: (name: string, content: string | Uint8Array) => void;
	readonly run: (...args: readonly string[]) => Promise<Ended>;
	/** stdout of a command that ends with 0, read as JSON. */
	readonly json: (...args: readonly string[]) => Promise<Parsed>;
	/** The same, one value for each line. */
	readonly lines: (...args: readonly string[]) => Promise<readonly Parsed[]>;
	readonly manifest: (name?: string) => readonly ManifestRecord[];
	/** Paths of the videos, relative to the output folder. */
	readonly videos: (name?: string) => readonly string[];
};

export const inProject = (files: Readonly<Record<string, string | Uint8Array>>, act: (project: Project) => Promise<void>): Promise<void> =>
	makeDirectory(async (folder) => {
		const project = openProject(folder);
		for (const [name, content] of Object.entries(files)) project.write(name, content);
		await act(project);
	});

const openProject = (folder: string): Project => {
	const run: Project['run'] = (...args) =>
		new Promise((resolve) => {
			const child = spawn(process.execPath, [cliFile, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
			let [stdout, stderr] = ['', ''];
			child.stdout.on('data', (chunk) => {
				stdout += chunk;
			});
			child.stderr.on('data', (chunk) => {
				stderr += chunk;
			});
			child.on('close', (code) => resolve({ code, stdout, stderr }));
		});
	const good = async (args: readonly string[]): Promise<string> => {
		const { code, stdout, stderr } = await run(...args);
		if (code !== 0) throw new Error(`exit ${code}: ${args.join(' ')}\n${stderr}${stdout.slice(0, 2000)}`);
		return stdout;
	};
	return {
		folder,
		run,
		write: (name, content) => {
			mkdirSync(dirname(join(folder, name)), { recursive: true });
			writeFileSync(join(folder, name), content);
		},
		json: async (...args) => JSON.parse(await good(args)),
		lines: async (...args) => linesOf(await good(args)),
		manifest: (name = 'mail') => linesOf(readFileSync(join(folder, 'out', name, 'manifest.ndjson'), 'utf8')).slice(1),
		videos: (name = 'mail') => {
			const out = join(folder, 'out', name);
			const files = existsSync(out) ? (readdirSync(out, { recursive: true }) as string[]) : [];
			return files.filter((file) => file.endsWith('.mp4')).sort();
		},
	};
};

export const linesOf = (text: string): Parsed[] =>
	text
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line));

export type MailSketch = {
	/** Fields of the recipients but their key. */
	readonly fields?: string;
	readonly source?: string;
	readonly scenes?: string;
	readonly output?: string;
	/** More of the spec. */
	readonly more?: string;
	readonly platforms?: string;
	readonly durations?: string;
};

/** A campaign of two seconds with one personal scene, small enough for real renders. */
export const mail = (sketch: MailSketch = {}): string => `
reelform: 1
campaign: mail
platforms: [${sketch.platforms ?? '{name: wide, width: 320, height: 180, fps: 24}'}]
durations: [${sketch.durations ?? '3'}]
variants: {plain: {mood: minimal}}
${sketch.more ?? ''}
data:
  recipients:
    ${sketch.source ?? '{type: csv, path: people.csv, key: id,'} fields: {id: {type: string}, ${sketch.fields ?? 'name: {type: string, required: true}'}}}
scenes:
${
	sketch.scenes ??
	`  - {id: hello, duration: 1.5, transition: cut, layers: [{text: 'Hi {{recipient.name}}', role: headline}]}
  - {id: close, layers: [{text: Go, role: headline}]}`
}
output: ${sketch.output ?? "{naming: '{platform}-{key}.mp4'}"}
`;

export const SPEC = 'mail.campaign.yaml';
