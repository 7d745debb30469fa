import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { firstSpec } from '../../../src/cli/first-spec.ts';
import { cliFile } from '../../support/dist.ts';

const Watch = suite('cli/watch');

const LINE_MS = 20_000;

type Line = Readonly<Record<string, unknown>> & { readonly type: string };

/** Lines of the program as they come; rejects when none comes for too long. */
const linesOf = (child: ChildProcess): (() => Promise<Line>) => {
	const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
	return async () => {
		let timer: NodeJS.Timeout | undefined;
		const late = new Promise<never>((_, reject) => {
			timer = setTimeout(() => reject(new Error('no line came')), LINE_MS);
		});
		try {
			const { value, done } = await Promise.race([lines.next(), late]);
			if (done) throw new Error('the program ended');
			return JSON.parse(value) as Line;
		} finally {
			clearTimeout(timer);
		}
	};
};

Watch(
	'a fault is told and the plan kept, its cure is told as a difference, through every way of saving, and it ends when asked',
	async () => {
		const folder = mkdtempSync(join(tmpdir(), 'reelform-watch-'));
		const spec = join(folder, 'a.yaml');
		const good = firstSpec('a', null);
		writeFileSync(spec, good);
		const child = spawn(process.execPath, [cliFile, 'watch', 'a.yaml', '--json'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
		const ended = new Promise<number | null>((resolve) => {
			child.once('exit', resolve);
		});
		try {
			const next = linesOf(child);
			assert.equal(await next(), { formatVersion: 1, type: 'watching', files: [spec] });
			const planned = await next();
			assert.is(planned.type, 'planned');

			writeFileSync(spec, good.replace('headline', 'headlin'));
			const failed = await next();
			assert.is(failed.type, 'failed');
			assert.equal(failed['kept'], planned['summary']);
			assert.match(JSON.stringify(failed['diagnostics']), 'did you mean \\"headline\\"?');

			writeFileSync(join(folder, 'next'), good.replace('Start free', 'Start now'));
			renameSync(join(folder, 'next'), spec);
			const cured = await next();
			assert.is(cured.type, 'replanned');
			const { outputs, framesToRender } = cured['difference'] as { outputs: { changed: string[] }; framesToRender: number };
			assert.is(outputs.changed.length, 2);
			assert.ok(framesToRender > 0 && framesToRender < 600);

			rmSync(spec);
			assert.match(JSON.stringify(await next()), /"type":"failed".*RF1009/);
			writeFileSync(spec, good);
			assert.is((await next()).type, 'replanned');

			child.kill('SIGINT');
			assert.is(await ended, 0);
		} finally {
			child.kill('SIGKILL');
			rmSync(folder, { recursive: true });
		}
	},
);

Watch.run();
