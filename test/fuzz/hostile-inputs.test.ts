import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readApplied, recordRun } from '../../src/cli/applied.ts';
import { readPlanFile, writePlanFile } from '../../src/cli/plan-file.ts';
import { readSpec } from '../../src/compiler/pipeline.ts';
import { RenderFailure } from '../../src/model/failure.ts';
import { csvRecords } from '../../src/providers/data/csv-records.ts';
import { lineRecords } from '../../src/providers/data/json-records.ts';
import { readVideo } from '../../src/providers/read-video.ts';
import { readSvg } from '../../src/providers/svg-facts.ts';
import { nodeFileSystem } from '../../src/renderer/file-system.ts';
import { outputId, publishedHash, recordOutput } from '../../src/renderer/output-records.ts';
import { readMediaFacts } from '../../src/renderer/read-media-facts.ts';
import { samplePlan } from '../cli/sample-plan.ts';
import { anyKey, makeOutput } from '../fakes/segments.ts';
import { collect, inPieces, shown } from '../providers/data/records.ts';
import { makeDirectory } from '../support/directory.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';
import { makeVideo } from '../support/video.ts';

const Hostile = suite('fuzz/hostile-inputs');

/** Processor time of some work, so that what else runs on the machine does not count. */
const quickly = async (work: () => unknown): Promise<void> => {
	const before = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(before);
	assert.ok((user + system) / 1000 < 2000, `${(user + system) / 1000} ms`);
};

const markup = (attributes: string, body = ''): Buffer =>
	Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${body}</svg>`);

for (const [title, svg] of [
	['comments that do not end', markup('viewBox="0 0 1 1"', '<!--'.repeat(400_000))],
	['roots that do not end', Buffer.from('<svg '.repeat(390_000))],
	['a width of a million digits', markup(`width="${'1'.repeat(1_000_000)}!" height="1"`)],
] as const)
	Hostile(`an SVG with ${title} is read in no time`, () => quickly(() => readSvg(svg)));

Hostile('an SVG cannot hide a script between comments that are none', () => {
	const hidden = '<style><![CDATA[<!--]]></style><script>1</script><style><![CDATA[-->]]></style>';
	assert.is(readSvg(markup('viewBox="0 0 1 1"', hidden)).ok, false);
	assert.is(readSvg(markup('viewBox="0 0 1 1"', '<?x <!-- ?><script>1</script><?x --> ?>')).ok, false);
	assert.is(readSvg(markup('viewBox="0 0 1 1"', '<!-- <script>1</script> --><path d="M0 0"/>')).ok, true);
});

Hostile('a line of JSON with quotes that do not close is a bad row in no time', () =>
	quickly(async () => {
		const line = `{"id": 12345678901234567890, "a": "${'\\"'.repeat(400_000)}`;
		assert.equal(shown(await collect(lineRecords(inPieces(line)))), ['RF4201 1']);
	}),
);

for (const size of [1, 2, 7, 8, 9, 64])
	Hostile(
		`a table in pieces of ${size} bytes has the same rows: a piece that ends between the two signs of a line end says nothing`,
		async () => {
			const rows = shown(await collect(csvRecords(inPieces('id,name\r\n1,Ada\r\n2,"a\rb"\r\n', size), {})));
			assert.equal(rows, [
				{ id: '1', name: 'Ada' },
				{ id: '2', name: 'a\rb' },
			]);
		},
	);

/** A rendered video with a number of its index changed. */
const withNumber = async (directory: string, box: string, offset: number, value: number): Promise<string> => {
	const file = join(directory, 'film.mp4');
	await makeVideo(await findFfmpeg(), file, { frames: 5, fps: 10 });
	const bytes = readFileSync(file);
	bytes.writeUInt32BE(value, bytes.indexOf(box, 0, 'latin1') + 4 + offset);
	writeFileSync(file, bytes);
	return file;
};

for (const [title, box, offset, value] of [
	['four thousand million frames in one run', 'stts', 8, 0xffffffff],
	['four thousand million frames of one size', 'stsz', 4, 1],
	['four thousand million frames in a chunk', 'stsc', 12, 0xffffffff],
	['a clock that stands still', 'mdhd', 12, 0],
	['fewer sizes than frames', 'stsz', 8, 4],
] as const)
	Hostile(`a video that promises ${title} is refused as an output`, () =>
		makeDirectory(async (directory) => {
			const file = await withNumber(directory, box, offset, value);
			if (title.endsWith('one size')) {
				const bytes = readFileSync(file);
				bytes.writeUInt32BE(0xffffffff, bytes.indexOf('stsz', 0, 'latin1') + 12);
				writeFileSync(file, bytes);
			}
			await quickly(async () => {
				const error = await readMediaFacts(nodeFileSystem, file).then(
					() => null,
					(reason: unknown) => reason,
				);
				assert.instance(error, RenderFailure);
				assert.is((error as RenderFailure).failure.class, 'OUTPUT');
			});
		}),
	);

for (const box of ['ctts', 'stts'])
	Hostile(`a video of a spec whose ${box} promises hundreds of millions of frames is refused in no time`, () =>
		makeDirectory(async (directory) => {
			await withNumber(directory, box, 8, 0x20000005);
			await quickly(async () => assert.is((await readVideo('film.mp4', { specFolder: directory, root: directory })).ok, false));
		}),
	);

const plan = samplePlan({ outputs: { 'tiktok/15s/a/b': ['aaaaaa', 'bbbbbb'], 'youtube/15s/a/b': ['aaaaaa'] } });
const inFolder = async (act: (folder: string) => Promise<void>): Promise<void> => {
	const folder = mkdtempSync(join(tmpdir(), 'reelform-hostile-'));
	try {
		await act(folder);
	} finally {
		rmSync(folder, { recursive: true });
	}
};

type Edit = (plan: { plan: Record<string, unknown>; messages: unknown; toolchain: unknown }) => void;
const EDITS: readonly (readonly [title: string, edit: Edit])[] = [
	['an output that is null', (saved) => Object.assign(saved.plan, { outputs: [null] })],
	['an output with an empty path', (saved) => Object.assign((saved.plan['outputs'] as object[])[0]!, { path: '' })],
	['an output without a path', (saved) => Object.assign(saved.plan, { outputs: [{ id: 'a', segments: [], frames: 1 }] })],
	['segments that are no list', (saved) => Object.assign(saved.plan, { segments: { length: 1 } })],
	['a segment that is null', (saved) => Object.assign(saved.plan, { segments: [null] })],
	['an output that plays what is not there', (saved) => Object.assign(saved.plan, { segments: [] })],
	['messages that are a list', (saved) => Object.assign(saved, { messages: [] })],
	['no toolchain', (saved) => Object.assign(saved, { toolchain: 1 })],
];

for (const [title, edit] of EDITS)
	Hostile(`a saved plan and a record of earlier renders with ${title} are refused, and nothing is thrown`, () =>
		inFolder(async (folder) => {
			const file = join(folder, 'plan.json');
			await writePlanFile(file, { spec: 'x.yaml', options: { draft: false, select: null, limit: null }, plan });
			const saved = JSON.parse(readFileSync(file, 'utf8'));
			edit(saved.plan);
			writeFileSync(file, JSON.stringify(saved));
			const read = await readPlanFile(folder, 'plan.json');
			assert.is(read.ok, false);

			await recordRun(folder, {
				plan,
				draft: false,
				partial: false,
				directory: 'out',
				finished: new Set(plan.plan.outputs.map(({ id }) => id)),
			});
			const applied = join(folder, '.reelform', 'applied', 'launch.json');
			const record = JSON.parse(readFileSync(applied, 'utf8'));
			edit(record.plan);
			writeFileSync(applied, JSON.stringify(record));
			assert.is(await readApplied(folder, { campaign: 'launch', draft: false }), null);
		}),
	);

Hostile('a record of an output in which one digit of the hash was changed counts as none', () =>
	inFolder(async (folder) => {
		mkdirSync(join(folder, 'records'));
		const file = join(folder, 'film.mp4');
		writeFileSync(file, 'film');
		const records = { fs: nodeFileSystem, folder: join(folder, 'records') };
		const output = makeOutput('film', [anyKey('a')], { frames: 30 });
		await recordOutput(records, file, { output, sidecars: [], sha256: 'ab'.repeat(32) });
		assert.is(await publishedHash(records, file, { output, sidecars: [] }), 'ab'.repeat(32));
		const place = join(records.folder, `${outputId(file)}.json`);
		writeFileSync(place, readFileSync(place, 'utf8').replace('abab', 'abac'));
		assert.is(await publishedHash(records, file, { output, sidecars: [] }), null);
	}),
);

const withColor = (color: string): string =>
	`reelform: 1\ncampaign: a\nplatforms: [youtube]\ndurations: [5]\nbrand:\n  name: A\n  colors:\n    primary: ${JSON.stringify(color)}\nscenes:\n  - id: one\n    layers:\n      - text: Hello\n`;

Hostile('a colour is a colour: nothing that a style sheet would read as more gets through', () => {
	assert.ok(readSpec({ file: 'a.yaml', text: withColor('#ff0044') }).ok);
	for (const color of [
		...['red;background:url(//x)', 'url(//x)', 'url("https://x/y.png")', 'expression(alert(1))', '#fff;}*{background:red', 'var(--x)'],
		...['red/**/', '#ff0044\n', ' #ff0044', '#ff004', 'rgb(1,2,3)', 'image-set("x")', '</style><script>1</script>', 'javascript:1', ''],
	])
		assert.not(readSpec({ file: 'a.yaml', text: withColor(color) }).ok, color);
});

Hostile('what every object inherits does not stand for a key that is required, nor for one that is known', () => {
	for (const text of ['{}', 'toString: 1', 'valueOf: 1\nhasOwnProperty: 2']) {
		const read = readSpec({ file: 'a.yaml', text });
		assert.not(read.ok);
		assert.ok(
			read.diagnostics.some(({ code, summary }) => code === 'RF2004' && summary.includes('scenes')),
			text,
		);
	}
	assert.ok(readSpec({ file: 'a.yaml', text: 'toString: 1' }).diagnostics.some(({ code }) => code === 'RF2001'));
});

Hostile.run();
