import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RenderEvent } from '../../src/model/events.ts';
import { openRunJournal } from '../../src/renderer/run-journal.ts';
import { makeDirectory } from '../support/directory.ts';

const Journal = suite('renderer/run-journal');

const failed = (output: string): RenderEvent => ({
	type: 'output-failed',
	output,
	path: `${output}.mp4`,
	failure: { class: 'PAGE', message: 'x' },
});
const started: RenderEvent = { type: 'bundle-started' };
const options = (folder: string) => ({ folder, startedAt: new Date('2026-03-04T05:06:07.890Z'), pid: 42, elapsedMs: () => 12.4 });
const linesOf = async (path: string): Promise<readonly { readonly type: string; readonly ms: number }[]> =>
	(await readFile(path, 'utf8'))
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line));

Journal('a line for each event that says something later', () =>
	makeDirectory(async (directory) => {
		const folder = join(directory, 'runs');
		const journal = await openRunJournal(options(folder));
		assert.is(journal.path, join(folder, '20260304T050607Z-42.ndjson'));
		journal.write(started);
		journal.write({ type: 'frames-rendered', reel: 0, segment: 'a' as never, frames: 5, held: 0 });
		journal.write(failed('one'));
		await journal.close();
		assert.equal(
			(await linesOf(journal.path)).map(({ type, ms }) => [type, ms]),
			[
				['bundle-started', 12],
				['output-failed', 12],
			],
		);
	}),
);

Journal('the oldest journals go, and nothing else in the folder', () =>
	makeDirectory(async (folder) => {
		for (let i = 1; i <= 5; i++) await writeFile(join(folder, `2025010${i}T000000Z-1.ndjson`), '');
		await writeFile(join(folder, 'notes.txt'), '');
		await (await openRunJournal({ ...options(folder), mostFiles: 3 })).close();
		assert.equal((await readdir(folder)).sort(), [
			'20250104T000000Z-1.ndjson',
			'20250105T000000Z-1.ndjson',
			'20260304T050607Z-42.ndjson',
			'notes.txt',
		]);
	}),
);

Journal('a full journal still takes failures, says so, and has an end too', () =>
	makeDirectory(async (folder) => {
		const journal = await openRunJournal({ ...options(folder), mostBytes: 2_000 });
		for (let i = 0; i < 200; i++) journal.write(started);
		for (let i = 0; i < 200; i++) journal.write(failed(String(i)));
		await journal.close();
		const types = (await linesOf(journal.path)).map(({ type }) => type);
		assert.is(types.filter((type) => type === 'journal-full').length, 1);
		assert.ok(types.includes('output-failed'));
		assert.ok((await readFile(journal.path)).length < 3_000);
	}),
);

Journal('a folder that cannot be made costs the journal and not the run', () =>
	makeDirectory(async (directory) => {
		await writeFile(join(directory, 'runs'), 'a file');
		const journal = await openRunJournal(options(join(directory, 'runs')));
		journal.write(started);
		await journal.close();
	}),
);

Journal('rows that are left out by the thousand leave room for what is rendered, and for the end', () =>
	makeDirectory(async (folder) => {
		const journal = await openRunJournal({ ...options(folder), mostBytes: 8_000 });
		const failure = { class: 'DATA', message: 'has no value', code: 'RF4203' } as const;
		for (let row = 1; row <= 2_000; row++) journal.write({ type: 'row-skipped', source: 'recipients', row, key: null, failure });
		journal.write(started);
		for (let i = 0; i < 200; i++) journal.write(failed(String(i)));
		journal.write({ type: 'run-finished', summary: {} as never });
		await journal.close();
		const types = (await linesOf(journal.path)).map(({ type }) => type);
		assert.equal([...new Set(types)], ['row-skipped', 'journal-rows-left-out', 'bundle-started', 'output-failed', 'run-finished']);
		assert.is(types.filter((type) => type === 'journal-rows-left-out').length, 1);
	}),
);

Journal.run();
