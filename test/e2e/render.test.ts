import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type CliRun, reelform } from '../support/run-cli.ts';

const Render = suite('e2e/render');

/** Two sizes, two moods, two calls to action: small, and with every kind of layer, a crossfade, and movement. */
const spec = (ctaText = 'Shop Now'): string => `
reelform: 1
campaign: small
platforms:
  - {name: wide, width: 320, height: 180, fps: 25}
  - {name: tall, width: 180, height: 320, fps: 25}
durations: [3]
variants: {calm: {mood: calm}, bold: {mood: bold}}
ctas:
  shop: {text: ${ctaText}, color: green, icon: shopping-cart}
  learn: {text: Learn More, color: blue}
brand: {name: Acme, colors: {primary: '#6366f1', accent: '#ec4899'}}
scenes:
  - id: hook
    duration: 1.4
    background: {type: linear, colors: [brand.primary, brand.accent]}
    layers:
      - {shape: line, at: top}
      - {text: Hello, role: headline, at: center}
    transition: {type: crossfade, duration: 0.2}
  - id: close
    layers: [{text: Go, role: headline, at: center}, {cta: {}, at: center}]
`;

const campaignIn = (directory: string, text = spec()): string => {
	mkdirSync(directory, { recursive: true });
	writeFileSync(join(directory, 'small.campaign.yaml'), text);
	return directory;
};

const root = mkdtempSync(join(tmpdir(), 'reelform-e2e-'));
process.on('exit', () => rmSync(root, { recursive: true, force: true }));

const filesBelow = (directory: string, ending: string): Readonly<Record<string, string>> =>
	Object.fromEntries(
		(readdirSync(directory, { recursive: true }) as string[])
			.filter((file) => file.endsWith(ending))
			.sort()
			.map((file) => [
				file,
				createHash('sha256')
					.update(readFileSync(join(directory, file)))
					.digest('hex'),
			]),
	);

const segmentsOf = (directory: string) => filesBelow(join(directory, '.reelform/store'), '.mp4');
const outputsOf = (directory: string) => filesBelow(join(directory, 'out'), '.mp4');

const summaryOf = ({ stdout }: CliRun) => {
	const lines = stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line));
	return lines.find((line) => line.type === 'run-finished').summary;
};

const plannedIn = async (directory: string) => JSON.parse((await reelform(directory, 'plan', 'small.campaign.yaml', '--json')).stdout);

Render('one worker or two, stage or remotion: every segment and every output has the same bytes', async () => {
	const ways = {
		one: ['--concurrency', '1', '--frame-source', 'stage'],
		two: ['--concurrency', '2', '--frame-source', 'stage'],
		remotion: ['--concurrency', '2', '--frame-source', 'remotion'],
	};
	for (const [name, flags] of Object.entries(ways)) {
		const run = await reelform(campaignIn(join(root, name)), 'render', 'small.campaign.yaml', '--json', ...flags);
		assert.is(run.code, 0, run.stderr);
		assert.is(summaryOf(run).outputs.finished, 8);
	}
	const one = segmentsOf(join(root, 'one'));
	assert.ok(Object.keys(one).length > 20);
	assert.equal(segmentsOf(join(root, 'two')), one);
	assert.equal(segmentsOf(join(root, 'remotion')), one);
	assert.is(Object.keys(outputsOf(join(root, 'one'))).length, 8);
	assert.equal(outputsOf(join(root, 'two')), outputsOf(join(root, 'one')));
	assert.equal(outputsOf(join(root, 'remotion')), outputsOf(join(root, 'one')));
});

Render('a second run renders no frame and touches no file', async () => {
	const directory = join(root, 'two');
	const before = outputsOf(directory);
	const run = await reelform(directory, 'render', 'small.campaign.yaml', '--json');
	assert.is(run.code, 0, run.stderr);
	assert.equal(summaryOf(run).outputs, { finished: 0, unchanged: 8, failed: 0 });
	assert.is(summaryOf(run).frames.rendered, 0);
	assert.equal(outputsOf(directory), before);
	assert.is((await plannedIn(directory)).summary.frames.toRender, 0);
});

Render('another text of one call to action plans the segments that show it, and no other; the rest keeps its bytes', async () => {
	const directory = campaignIn(join(root, 'one'), spec('Buy Now'));
	const { segments } = await plannedIn(directory);
	const rendered = segments.filter((segment: { action: string }) => segment.action === 'render');
	assert.ok(rendered.length > 0);
	assert.ok(
		rendered.every((segment: { label: string; reason: string }) => /close/.test(segment.label) && /^changed: /.test(segment.reason)),
		JSON.stringify(rendered),
	);
	const before = outputsOf(directory);
	const run = await reelform(directory, 'render', 'small.campaign.yaml', '--json');
	assert.is(run.code, 0, run.stderr);
	assert.equal(summaryOf(run).outputs, { finished: 4, unchanged: 4, failed: 0 });
	const changed = Object.entries(outputsOf(directory)).filter(([file, sha256]) => before[file] !== sha256);
	assert.ok(changed.length === 4 && changed.every(([file]) => file.includes('shop')));
	assert.equal(outputsOf(campaignAfterFreshRender), outputsOf(directory));
});

/** The edited campaign rendered with nothing to reuse: what reuse must come to, byte for byte. */
const campaignAfterFreshRender = join(root, 'fresh');
Render.before(async () => {
	const run = await reelform(campaignIn(campaignAfterFreshRender, spec('Buy Now')), 'render', 'small.campaign.yaml');
	if (run.code !== 0) throw new Error(run.stderr);
});

Render('an output that was deleted or damaged is made again from the store', async () => {
	const directory = join(root, 'two');
	const before = outputsOf(directory);
	const [first, second] = Object.keys(before);
	rmSync(join(directory, 'out', first!));
	writeFileSync(join(directory, 'out', second!), 'not a video');
	const run = await reelform(directory, 'render', 'small.campaign.yaml', '--json');
	assert.equal(summaryOf(run).outputs, { finished: 2, unchanged: 6, failed: 0 });
	assert.is(summaryOf(run).frames.rendered, 0);
	assert.equal(outputsOf(directory), before);
});

Render('a plan that was saved is executed as shown, and refused once the spec has changed', async () => {
	const directory = campaignIn(join(root, 'saved'));
	assert.is(
		(await reelform(directory, 'plan', 'small.campaign.yaml', '--out', 'plan.json', '--select', 'platform=wide variant=calm cta=shop'))
			.code,
		0,
	);
	writeFileSync(join(directory, 'small.campaign.yaml'), spec('Changed'));
	const refused = await reelform(directory, 'render', 'plan.json');
	assert.is(refused.code, 1);
	assert.match(refused.stderr, /RF7002/);
	campaignIn(directory);
	const run = await reelform(directory, 'render', 'plan.json', '--json');
	assert.is(run.code, 0, run.stderr);
	assert.is(summaryOf(run).outputs.finished, 1);
});

Render.run();
