// npm run bench [-- --rounds N]: one cold output of 10 s at 1080p, by reelform and by Remotion's renderMedia on the same composition with the same
// encoder settings, alternating in one run. Writes docs/benchmarks.md.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';

const rounds = Number(process.argv[process.argv.indexOf('--rounds') + 1]) || 5;
const cli = resolve('dist/cli/main.js');
const spec = 'ten-seconds.campaign.yaml';
const work = mkdtempSync(join(tmpdir(), 'reelform-bench-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
copyFileSync(join('bench', spec), join(work, spec));

const node = (file, ...args) =>
	execFileSync(process.execPath, [file, ...args], { cwd: work, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const seconds = (run) => {
	const started = process.hrtime.bigint();
	run();
	return Number(process.hrtime.bigint() - started) / 1e9;
};
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const forget = () => {
	for (const place of ['.reelform/store', '.reelform/outputs', '.reelform/applied', 'out'])
		rmSync(join(work, place), { recursive: true, force: true });
};

// Both sides get the same warm bundle and the same unpacked browser.
node(cli, 'plan', spec, '--out', 'plan.json');
node(cli, 'render', spec);
const bundles = join(work, '.reelform/bundles');
const bundle = join(bundles, readdirSync(bundles)[0]);
const doctor = JSON.parse(node(cli, 'doctor', '--json'));
const chosen = (tool) => doctor.checks.find((check) => check.name === tool).links.find((link) => link.state === 'chosen');
const renderMedia = resolve('bench/render-media.mjs');

const samples = [];
for (let round = 0; round < rounds; round++) {
	forget();
	const reelform = seconds(() => node(cli, 'render', spec));
	const media = seconds(() => node(renderMedia, 'plan.json', bundle, chosen('browser').path, 'media.mp4'));
	samples.push({ reelform, media });
	process.stderr.write(
		`round ${round + 1}: reelform ${reelform.toFixed(1)} s, renderMedia ${media.toFixed(1)} s, ratio ${(media / reelform).toFixed(2)}\n`,
	);
}

const frames = 300;
const ours = median(samples.map((sample) => sample.reelform));
const theirs = median(samples.map((sample) => sample.media));
const ratio = median(samples.map((sample) => sample.media / sample.reelform));
const row = (name, time) => `| ${name} | ${time.toFixed(1)} | ${(frames / time).toFixed(1)} |`;
const section = [
	'## One cold output, 10 s at 1080p',
	'',
	`\`npm run bench\`, ${new Date().toISOString().slice(0, 10)}: ${cpus().length} x ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version},`,
	`${chosen('browser').version}, ffmpeg ${chosen('encoder').version}, Remotion 4.0.520.`,
	`The same composition (\`bench/${spec}\`, ${frames} frames), the same browser, bundle, JPEG quality, CRF and preset; whole processes, from start to finished file; two workers against two tabs;`,
	`medians of ${rounds} alternating rounds.`,
	'',
	'| | seconds | frames/s |',
	'|---|---|---|',
	row('`reelform render`, empty store', ours),
	row("Remotion's `renderMedia`, concurrency 2", theirs),
	'',
	`Ratio, median of the paired rounds: **${ratio.toFixed(2)}x**. Goal: 1.6x.`,
	'',
].join('\n');

const file = 'docs/benchmarks.md';
const [start, end] = ['<!-- cold-output -->', '<!-- /cold-output -->'];
const text = readFileSync(file, 'utf8');
writeFileSync(file, `${text.slice(0, text.indexOf(start) + start.length)}\n${section}${text.slice(text.indexOf(end))}`);
process.stdout.write(section);
