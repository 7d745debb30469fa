import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { SegmentKey } from '../../src/model/keys.ts';
import { openFileStore } from '../../src/renderer/file-store.ts';
import { type CliRun, reelform } from '../support/run-cli.ts';

const Verify = suite('e2e/verify');

const root = mkdtempSync(join(tmpdir(), 'reelform-verify-'));
process.on('exit', () => rmSync(root, { recursive: true, force: true }));

const SPEC = 'own.campaign.yaml';
const VIDEO = 'out/own/wide/bold/2s.mp4';

/** Words, and a component that is given a percentage; both are heard. */
const spec = (component: string, percent: number): string => `
reelform: 1
campaign: own
platforms: [{name: wide, width: 160, height: 90, fps: 25}]
durations: [2]
variants: {bold: {mood: bold}}
music: {mood: energetic, seed: 3}
scenes:
  - {id: words, duration: 1, transition: cut, voiceover: Hello., layers: [{text: Hello, role: headline}]}
  - {id: chart, layers: [{component: ${component}, props: {percent: ${percent}, label: Faster}, at: center}]}
`;

/** Counts how often it was drawn in its page. */
const COUNTER = `
let drawn = 0;
export default function Counter({ props, theme }) {
	drawn++;
	return <div style={{ width: 2 * (drawn % 40) + props.percent, height: 40, background: theme.colors.accent }} />;
}
`;

const project = (name: string, component: string): string => {
	const folder = join(root, name);
	mkdirSync(folder, { recursive: true });
	cpSync('test/fixtures/components', join(folder, 'components'), { recursive: true });
	writeFileSync(join(folder, 'components/Counter.tsx'), COUNTER);
	writeFileSync(join(folder, 'package.json'), '{}');
	writeFileSync(join(folder, SPEC), spec(component, 30));
	symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
	return folder;
};

const succeed = async (folder: string, ...args: readonly string[]): Promise<CliRun> => {
	const run = await reelform(folder, ...args);
	assert.is(run.code, 0, run.stdout + run.stderr);
	return run;
};

type Planned = { readonly key: SegmentKey; readonly label: string };
const charts = async (folder: string): Promise<readonly SegmentKey[]> => {
	const { segments } = JSON.parse((await succeed(folder, 'plan', SPEC, '--json')).stdout) as { readonly segments: readonly Planned[] };
	return segments.filter(({ label }) => label === 'chart').map(({ key }) => key);
};

/** Puts a well-formed chart of another percentage into the place of the right one, as an error of the store would. Returns its key. */
const plantChart = async (folder: string, component: string): Promise<SegmentKey> => {
	const [key] = await charts(folder);
	writeFileSync(join(folder, SPEC), spec(component, 75));
	const [other] = await charts(folder);
	await succeed(folder, 'render', SPEC, '--out', 'other');
	writeFileSync(join(folder, SPEC), spec(component, 30));
	const store = openFileStore(join(folder, '.reelform/store'));
	const record = (await store.lookup(other!))!;
	const file = await store.temporaryFile('mp4');
	copyFileSync((await store.open(record))!, file);
	await store.publish(file, { ...record, key: key! });
	return key!;
};

Verify('a wrong segment is set aside with the files that it was in: the next render has the right bytes, and verify is clean', async () => {
	const component = 'components/Growth.tsx';
	const folder = project('planted', component);
	const video = (): Buffer => readFileSync(join(folder, VIDEO));
	await succeed(folder, 'render', SPEC);
	const right = video();
	const key = await plantChart(folder, component);
	rmSync(join(folder, VIDEO));
	await succeed(folder, 'render', SPEC);
	assert.not.ok(video().equals(right), 'the wrong segment is in the video');

	const told = await reelform(folder, 'verify', '--all');
	assert.is(told.code, 3, told.stderr);
	assert.match(told.stderr, new RegExp(`error\\[RF7101\\] segment ${key.slice(0, 16)} .* it is set aside`));
	assert.match(told.stderr, new RegExp(`made from it, and made again by the next render: ${VIDEO}\n`));
	assert.match(told.stderr, /scenes\[0\]\.layers\[\d\]: component \w{12}, props \{"percent":30/);
	for (const name of ['stored.jpg', 'fresh.jpg', 'message.json'])
		assert.ok(existsSync(join(folder, '.reelform/verify', key.slice(0, 16), name)), name);

	await succeed(folder, 'render', SPEC);
	assert.ok(video().equals(right), 'the right bytes are back');
	assert.match((await succeed(folder, 'verify', '--all')).stdout, /drawn again with the same bytes\n/);
});

Verify('a component that counts is told as not pure, and what is stored stays', async () => {
	const component = 'components/Counter.tsx';
	const folder = project('impure', component);
	await succeed(folder, 'render', SPEC);
	const key = await plantChart(folder, component);
	const told = await reelform(folder, 'verify', SPEC, '--all');
	assert.is(told.code, 3, told.stderr);
	assert.match(told.stderr, new RegExp(`error\\[RF7104\\] segment ${key.slice(0, 16)} .* the scene is not pure`));
	assert.ok((await openFileStore(join(folder, '.reelform/store')).lookup(key)) !== null);
	for (const name of ['first.jpg', 'again.jpg']) assert.ok(existsSync(join(folder, '.reelform/verify', key.slice(0, 16), name)), name);
});

Verify('after everything was pruned that can be made again, a render makes the same bytes', async () => {
	const folder = project('pruned', 'components/Growth.tsx');
	await succeed(folder, 'render', SPEC);
	const before = readFileSync(join(folder, VIDEO));
	const { kinds } = JSON.parse((await succeed(folder, 'cache', 'prune', '--max-size', '0', '--json')).stdout);
	const sizes = new Map<string, { readonly things: number; readonly removed: number }>(
		kinds.map((kind: { kind: string }) => [kind.kind, kind]),
	);
	for (const kind of ['segments', 'mixes of sound', 'spoken sentences', 'bundles'])
		assert.equal([sizes.get(kind)?.things, (sizes.get(kind)?.removed ?? 0) > 0], [0, true], kind);
	assert.match((await succeed(folder, 'render', SPEC)).stdout, /unchanged/, 'what was made is still known');
	rmSync(join(folder, VIDEO));
	await succeed(folder, 'render', SPEC);
	assert.ok(readFileSync(join(folder, VIDEO)).equals(before));
	assert.match((await succeed(folder, 'cache', 'verify')).stdout, /All whole/);
});

Verify.run();
