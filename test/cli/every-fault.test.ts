import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cliFile } from '../support/dist.ts';

const EveryFault = suite('cli/every-fault');

/** Faults of the schema, of meaning, of the files that it names, of names and of lengths, side by side. */
const SPEC = `reelform: 1
campaign: faults
platforms: [tiktok, youtube]
durations: [10]
variants: {main: {mood: calm}}
ctas:
  go: {text: Go, icon: arrow-rihgt}
brand: {name: Acme, colors: {primary: blurple}}
scenes:
  - id: long
    duration: 9
    layers:
      - {txet: Hello}
      - {image: gone.png}
      - {image: empty.png}
      - {image: page.png}
  - id: longer
    duration: 6
    layers: [{text: Hi, role: headlin}]
output: {naming: '{duration}s.mp4'}
`;

const EXPECTED = ['RF3013', 'RF3005', 'RF2007', 'RF4001', 'RF4002', 'RF4003', 'RF3003', 'RF2002', 'RF3007'];

EveryFault('faults of every kind are reported in one run, each at its place with a cure, and nothing is written', () => {
	const folder = mkdtempSync(join(tmpdir(), 'reelform-faults-'));
	try {
		writeFileSync(join(folder, 'package.json'), '{}');
		writeFileSync(join(folder, 'spec.yaml'), SPEC);
		writeFileSync(join(folder, 'empty.png'), '');
		writeFileSync(join(folder, 'page.png'), '<html><body>not found</body></html>');
		const { status, stdout } = spawnSync(process.execPath, [cliFile, 'validate', 'spec.yaml', '--json'], { cwd: folder, encoding: 'utf8' });
		assert.is(status, 1);
		const [{ diagnostics }] = JSON.parse(stdout).specs;
		assert.equal(diagnostics.map((d: { code: string }) => d.code).sort(), [...EXPECTED].sort());
		for (const d of diagnostics) assert.ok(d.line > 0 && d.column > 0 && d.hint, JSON.stringify(d));
		const render = spawnSync(process.execPath, [cliFile, 'render', 'spec.yaml'], { cwd: folder, encoding: 'utf8' });
		assert.is(render.status, 1);
		assert.match(render.stderr, /9 errors/);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});

EveryFault('a headline that is too long on one platform in one duration is an error that names exactly that cell', () => {
	const folder = mkdtempSync(join(tmpdir(), 'reelform-overflow-'));
	const long = 'Internationalisation departments characteristically overcompensate for incomprehensibilities';
	const spec = `reelform: 1
campaign: overflow
platforms: [youtube, tiktok]
durations: [6, 12]
variants: {main: {mood: bold}}
scenes:
  - id: hook
    layers:
      - {text: Short, role: headline, when: {duration: {max: 6}}}
      - {text: ${long}, role: headline, when: {duration: {min: 12}}, for: {youtube: {text: Short too}}}
`;
	try {
		writeFileSync(join(folder, 'spec.yaml'), spec);
		const { status, stderr } = spawnSync(process.execPath, [cliFile, 'validate', 'spec.yaml'], { cwd: folder, encoding: 'utf8' });
		assert.is(status, 1);
		assert.match(stderr, /^spec\.yaml:10:16 error\[RF3014\] scene hook layer 1: "Internationalisation/i);
		assert.match(stderr, '\n  in: tiktok/12s/main\n');
		assert.is(stderr.match(/error\[/g)?.length, 1);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});

EveryFault.run();
