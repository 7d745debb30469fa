import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { EXIT } from '../../src/cli/exit-codes.ts';
import { cliFile } from '../support/dist.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';

const Rejected = suite('cli/rejected-output');

const spec = `
reelform: 1
campaign: small
platforms:
  - {name: good, width: 320, height: 180, fps: 25}
  - {name: wrong, width: 320, height: 180, fps: 24}
durations: [1]
variants: {calm: {mood: calm}}
brand: {name: Acme, colors: {primary: '#6366f1', accent: '#ec4899'}}
scenes:
  - id: only
    layers: [{text: Hello, role: headline, at: center}]
`;

/** An encoder that wipes out what is drawn at 24 frames a second, and is right about everything else. */
const wipingEncoder = (path: string): string => `#!/usr/bin/env node
const { spawnSync } = require('node:child_process');
const list = process.argv.slice(2);
const filter = list.indexOf('-vf');
if (list[list.indexOf('-framerate') + 1] === '24' && filter !== -1) list[filter + 1] += ',scale=2:2:flags=area,scale=320:180:flags=neighbor';
const { status } = spawnSync(${JSON.stringify(path)}, list, { stdio: 'inherit' });
process.exit(status ?? 1);
`;

const render = (cwd: string, environment: Readonly<Record<string, string>>): Promise<{ code: number | null; err: string }> =>
	new Promise((resolve) => {
		const child = spawn(process.execPath, [cliFile, 'render', 'small.campaign.yaml', '--concurrency', '1'], {
			...{ cwd, env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'pipe'] },
		});
		let err = '';
		child.stderr?.on('data', (chunk) => {
			err += chunk;
		});
		child.on('close', (code) => resolve({ code, err }));
	});

Rejected('a file that the gate refuses twice is exit 3: it is kept aside with its report and named; the others are there', async () => {
	const directory = mkdtempSync(join(tmpdir(), 'reelform-rejected-'));
	try {
		writeFileSync(join(directory, 'small.campaign.yaml'), spec);
		const { path, environment } = await findFfmpeg();
		const encoder = join(directory, 'encoder');
		writeFileSync(encoder, wipingEncoder(path));
		chmodSync(encoder, 0o755);
		const libraries = environment['LD_LIBRARY_PATH'];
		const { code, err } = await render(directory, {
			FFMPEG_PATH: encoder,
			...(libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries }),
		});
		assert.is(code, EXIT.failedOutputs, err);
		const published = (readdirSync(join(directory, 'out'), { recursive: true }) as string[]).filter((name) => name.endsWith('.mp4'));
		assert.is(published.length, 1, published.join());
		assert.match(published[0] ?? '', /good/);
		const kept = join(directory, '.reelform/rejected');
		assert.ok(existsSync(kept), err);
		const names = readdirSync(kept).sort();
		assert.equal(
			names.map((name) => name.split('.').at(-1)),
			['json', 'mp4'],
		);
		const report = JSON.parse(readFileSync(join(kept, names[0]!), 'utf8'));
		assert.match(report.output, /wrong/);
		assert.match(report.problems.join('\n'), /“Hello”/);
		assert.match(err, /RF7001 OUTPUT {2}1 video\n {2}cause: the file is not what the plan says: .*“Hello”.*\n {2}which: .*wrong/);
		assert.match(err, /\.reelform\/rejected/);
	} finally {
		rmSync(directory, { recursive: true, force: true });
	}
});

Rejected.run();
