import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readManifest } from '../../src/assets/manifest.ts';
import { readWav } from '../../src/audio/read-wav.ts';
import { EXIT } from '../../src/cli/exit-codes.ts';
import { findAsset } from '../../src/model/asset-manifest.ts';
import { sha256Hex } from '../../src/model/keys.ts';
import { cliFile } from '../support/dist.ts';

const Export = suite('cli/assets-export');

const SPEC = `
reelform: 1
campaign: hello
platforms: [{name: wide, width: 160, height: 90, fps: 24}]
durations: [6]
variants: {plain: {mood: minimal}}
assets:
  idea: {stockIcon: {concept: idea}}
  bed: {stockMusic: {mood: calm, stems: true}}
  guest: {voice: professional-male-1}
music: asset.bed
scenes:
  - {id: hello, voiceover: Hi there.}
  - {id: bye, voiceover: {script: 'So long, [pause: 0.5] and thanks.', voice: guest}}
`;

const inProject = (
	spec: string,
	act: (run: (...args: readonly string[]) => ReturnType<typeof spawnSync>, folder: string) => void,
): void => {
	const folder = mkdtempSync(join(tmpdir(), 'reelform-export-'));
	try {
		writeFileSync(join(folder, 'package.json'), '{}');
		writeFileSync(join(folder, 'hello.campaign.yaml'), spec);
		act(
			(...args) =>
				spawnSync(process.execPath, [cliFile, ...args], { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } }),
			folder,
		);
	} finally {
		rmSync(folder, { recursive: true });
	}
};

Export('icons, voices and music in every length are in the manifest, and their files beside it', () =>
	inProject(SPEC, (run, folder) => {
		assert.is(run('assets', 'resolve', 'hello.campaign.yaml').status, EXIT.done);
		const first = run('assets', 'export', 'hello.campaign.yaml', '--seconds', '8');
		assert.is(first.status, EXIT.done, String(first.stderr));
		assert.is(first.stdout, 'Wrote public/reelform-assets.json: 5 assets\n');
		const text = readFileSync(join(folder, 'public/reelform-assets.json'), 'utf8');
		const manifest = readManifest(JSON.parse(text));
		assert.equal(
			manifest.entries.map(({ name, asks, seconds = 0 }) => [asks.kind, name, asks.kind === 'stockMusic' ? seconds : null]),
			[
				['stockIcon', 'idea', null],
				['stockMusic', 'bed', 6],
				['stockMusic', 'bed', 8],
				['voiceover', 'bye', null],
				['voiceover', 'hello', null],
			],
		);
		const files = readdirSync(join(folder, 'public/reelform-assets'));
		const bytesOf = (src: string | null | undefined): Buffer => readFileSync(join(folder, 'public', src ?? ''));
		assert.is(files.length, 2 * 5 + 2);
		for (const file of files) assert.is(sha256Hex(bytesOf(`reelform-assets/${file}`)), file.replace('.wav', ''));

		const music = findAsset(manifest, { kind: 'stockMusic', name: 'bed', settings: {}, seconds: 7 });
		assert.ok(music.found);
		assert.is(music.entry.seconds, 8);
		assert.equal(Object.keys(music.entry.stems ?? {}), ['drums', 'bass', 'chords', 'melody']);
		const said = findAsset(manifest, { kind: 'voiceover', name: 'bye', settings: {} });
		assert.ok(said.found);
		const pcm = readWav(bytesOf(said.entry.src))!;
		assert.ok(Math.abs(pcm.channels[0]!.length / pcm.sampleRate - said.entry.seconds!) < 0.001);
		assert.equal(
			said.entry.words?.map(([word]) => word),
			['So', 'long,', 'and', 'thanks.'],
		);
		assert.match(manifest.entries[0]!.icon!.body, /<path/);

		run('assets', 'export', 'hello.campaign.yaml', '--seconds', '8');
		assert.is(readFileSync(join(folder, 'public/reelform-assets.json'), 'utf8'), text, 'the same every time');
	}),
);

Export('what is not resolved fails, and nothing is written', () =>
	inProject(SPEC, (run, folder) => {
		const { status, stderr } = run('assets', 'export', 'hello.campaign.yaml');
		assert.is(status, EXIT.invalid);
		assert.match(String(stderr), /error\[RF4240\] asset "idea" is not resolved yet/);
		assert.equal(
			readdirSync(folder).filter((name) => name === 'public'),
			[],
		);
	}),
);

Export('a place that cannot be written is told as one, by every command that is given it', () =>
	inProject(SPEC, (run, folder) => {
		assert.is(run('assets', 'resolve', 'hello.campaign.yaml').status, EXIT.done);
		writeFileSync(join(folder, 'taken'), 'a file');
		mkdirSync(join(folder, 'folder.json'));
		for (const [args, out, reason] of [
			[['assets', 'export'], 'taken/x/assets.json', 'a part of the path is a file'],
			[['assets', 'export'], 'folder.json', 'a folder is in the place of the file'],
			[['assets', 'licenses'], 'taken/CREDITS.md', 'a file is in the place of the folder'],
			[['plan'], 'taken/q3.plan.json', 'a file is in the place of the folder'],
		] as const) {
			const { status, stderr } = run(...args, 'hello.campaign.yaml', '--out', out);
			assert.is(status, EXIT.machine, String(stderr));
			assert.match(String(stderr), new RegExp(`error\\[RF5004\\] ".*${out}" cannot be written: ${reason}`));
		}
	}),
);

Export('a cache that is no folder is told before anything is resolved, by assets resolve and by render', () =>
	inProject(SPEC.replace('assets:', 'assets:\n  cache: {directory: taken}'), (run, folder) => {
		writeFileSync(join(folder, 'taken'), 'a file');
		for (const command of [['assets', 'resolve'], ['render']]) {
			const { status, stderr } = run(...command, 'hello.campaign.yaml');
			assert.is(status, EXIT.machine, String(stderr));
			assert.match(String(stderr), /error\[RF5004\] ".*taken" cannot be written: a file is in the place of the folder/);
			assert.match(String(stderr), /hint: name another folder in `assets.cache.directory`/);
		}
	}),
);

Export.run();
