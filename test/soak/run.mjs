// node test/soak/run.mjs [outputs] [many]: renders that many small personal videos with the real browser, once in quiet and once while a browser is killed
// every 20 s and a thread every 45 s. Both runs must end with the same bytes. Then makes `many` videos without a browser, to see that memory stays flat.
// Writes docs/soak.md.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { buildDist } from '../../scripts/build-dist.mjs';
import { describeMany, problemsOf, renderMany } from './many-outputs.mjs';

const outputs = Number(process.argv[2] ?? 300);
const many = Number(process.argv[3] ?? 1_000);
const KILL_BROWSER_MS = Number(process.env.REELFORM_SOAK_BROWSER_MS ?? 20_000);
const KILL_THREAD_MS = Number(process.env.REELFORM_SOAK_THREAD_MS ?? 45_000);
const SAMPLE_MS = 1_000;
if (process.platform !== 'linux') throw new Error('the soak test reads /proc: it runs on Linux only');

const built = resolve(`.test-build/soak-${process.pid}`);
const root = mkdtempSync(join(tmpdir(), 'reelform-soak-'));
process.on('exit', () => {
	rmSync(built, { recursive: true, force: true });
	rmSync(root, { recursive: true, force: true });
});

const SPEC = `reelform: 1
campaign: soak
platforms: [tiktok]
durations: [3]
variants: {plain: {mood: bold}}
brand: {name: Soak, colors: {primary: '#0f766e', accent: '#14b8a6'}}
data:
  recipients:
    type: csv
    path: people.csv
    key: id
    fields: {name: {type: string, required: true, maxLength: 24}}
scenes:
  - id: hello
    duration: 1.6
    layers: [{text: 'Hi {{recipient.name}}', role: headline}]
    transition: cut
  - id: same
    duration: {share: 1}
    layers: [{text: The same for all., role: headline}]
`;

const project = (name) => {
	const folder = join(root, name);
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'soak.campaign.yaml'), SPEC);
	const rows = Array.from({ length: outputs }, (_, i) => `${i},Person ${i}`);
	writeFileSync(join(folder, 'people.csv'), `id,name\n${rows.join('\n')}\n`);
	return folder;
};

/** pid, parent, group, name, command and private bytes of every process. */
const processes = () =>
	readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.flatMap((pid) => {
			try {
				const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
				const [, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
				const [, resident, shared] = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ').map(Number);
				const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
				return [{ pid: Number(pid), parent: Number(parent), group: Number(group), command, bytes: Math.max(0, resident - shared) * 4096 }];
			} catch {
				return [];
			}
		});

/** Living browsers that a process has started: they lead a group of their own. What has ended and was not asked for yet has no command line. */
const browsersOf = (pid, all) => all.filter((one) => one.parent === pid && one.pid === one.group && /chrom|headless/.test(one.command));

const render = (folder, harm) =>
	new Promise((done) => {
		const args = [
			'--import',
			resolve('test/soak/mortal-threads.mjs'),
			join(built, 'cli/main.js'),
			'render',
			'soak.campaign.yaml',
			'--yes',
			'--json',
		];
		const env = { ...process.env, REELFORM_SOAK_FOLDER: folder };
		const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
		const started = Date.now();
		const samples = [];
		const killed = { browsers: 0, threads: 0 };
		const events = { retries: {}, failed: 0, finished: 0 };
		let drawing = false;
		let rest = '';
		let errors = '';
		child.stderr.on('data', (chunk) => {
			errors += chunk;
		});
		child.stdout.on('data', (chunk) => {
			const lines = (rest + chunk).split('\n');
			rest = lines.pop();
			for (const line of lines) count(JSON.parse(line));
		});
		const count = (event) => {
			if (event.type === 'frames-rendered') drawing = true;
			if (event.type === 'segment-failed' && event.willRetry)
				events.retries[event.failure.class] = (events.retries[event.failure.class] ?? 0) + 1;
			if (event.type === 'output-failed') events.failed++;
			if (event.type === 'output-finished') events.finished++;
		};
		const timers = [
			setInterval(() => {
				const all = processes();
				const main = all.find(({ pid }) => pid === child.pid)?.bytes ?? 0;
				const groups = new Set(browsersOf(child.pid, all).map(({ group }) => group));
				const browsers = all.filter(({ group }) => groups.has(group)).reduce((sum, { bytes }) => sum + bytes, 0);
				samples.push({ seconds: Math.round((Date.now() - started) / 1000), main, browsers, finished: events.finished });
			}, SAMPLE_MS),
		];
		if (harm)
			timers.push(
				setInterval(() => {
					const [browser] = browsersOf(child.pid, processes());
					if (browser === undefined || !drawing) return;
					process.kill(browser.pid, 'SIGKILL');
					killed.browsers++;
				}, KILL_BROWSER_MS),
				setInterval(() => {
					if (!drawing) return;
					writeFileSync(join(folder, 'die'), '');
					killed.threads++;
				}, KILL_THREAD_MS),
			);
		child.on('close', (code) => {
			for (const timer of timers) clearInterval(timer);
			done({ code, errors, samples, killed, events, seconds: (Date.now() - started) / 1000 });
		});
	});

const hashes = (folder) => {
	const out = join(folder, 'out');
	const files = readdirSync(out, { recursive: true }).filter((name) => name.endsWith('.mp4'));
	return Object.fromEntries(
		files.sort().map((name) => [
			name,
			createHash('sha256')
				.update(readFileSync(join(out, name)))
				.digest('hex'),
		]),
	);
};

const leftovers = (folder) => [
	...readdirSync(folder, { recursive: true }).filter((name) => /\.reelform-\d+-/.test(name)),
	...processes().flatMap(({ pid, command }) => (command.includes(folder) ? [`process ${pid}`] : [])),
];

const megabytes = (bytes) => Math.round(bytes / 1e6);

/** Ten lines over the run, each with a bar: memory against outputs. */
const plot = (samples) => {
	const most = Math.max(1, ...samples.map(({ main }) => main));
	const step = Math.max(1, Math.floor(samples.length / 12));
	return samples
		.filter((_, i) => i % step === 0)
		.map(
			({ seconds, main, browsers, finished }) =>
				`${String(seconds).padStart(4)} s ${String(finished).padStart(4)} videos  main ${String(megabytes(main)).padStart(4)} MB ${'#'.repeat(Math.round((main / most) * 30)).padEnd(30)} browsers ${megabytes(browsers)} MB`,
		)
		.join('\n');
};

await buildDist(built);
const [calm, rough] = [project('calm'), project('rough')];
const quiet = await render(calm, false);
const harmed = await render(rough, true);
const crowd = await renderMany(many, { dist: built, folder: join(root, 'many') });
const [expected, made] = [hashes(calm), hashes(rough)];
const problems = [
	...(quiet.code === 0 ? [] : [`the quiet run ended with ${quiet.code}: ${quiet.errors.slice(-400)}`]),
	...(harmed.code === 0 ? [] : [`the run under fire ended with ${harmed.code}: ${harmed.errors.slice(-400)}`]),
	...(Object.keys(expected).length === outputs ? [] : [`the quiet run made ${Object.keys(expected).length} of ${outputs} videos`]),
	...Object.keys(expected)
		.filter((name) => expected[name] !== made[name])
		.map((name) => `${name} differs`),
	...(harmed.killed.browsers > 0 ? [] : ['no browser was killed: the run was too short']),
	...leftovers(rough).map((name) => `left over: ${relative(rough, resolve(rough, name))}`),
	...problemsOf(crowd),
];
const retries = Object.entries(harmed.events.retries).map(([name, count]) => `${count} ${name}`);
writeFileSync(
	'docs/soak.md',
	`# Soak test

Written by \`npm run test:soak\` (test/soak/run.mjs): ${outputs} personal videos of 3 s, rendered once in quiet and once while a browser was killed every
${KILL_BROWSER_MS / 1000} s and a thread every ${KILL_THREAD_MS / 1000} s, on ${availableParallelism()} threads.

| | quiet | under fire |
|---|---|---|
| time | ${quiet.seconds.toFixed(0)} s | ${harmed.seconds.toFixed(0)} s |
| videos made | ${quiet.events.finished} | ${harmed.events.finished} |
| videos failed | ${quiet.events.failed} | ${harmed.events.failed} |
| browsers killed | 0 | ${harmed.killed.browsers} |
| threads told to die | 0 | ${harmed.killed.threads} |
| segments tried again | ${Object.values(quiet.events.retries).reduce((a, b) => a + b, 0)} | ${retries.join(', ') || 0} |
| videos with the same bytes | | ${Object.keys(expected).filter((name) => expected[name] === made[name]).length} of ${outputs} |

Private memory over the run under fire: the main process with its threads, and the browsers.

\`\`\`
${plot(harmed.samples)}
\`\`\`

${describeMany(crowd)}
${problems.length === 0 ? 'No problem was found.' : `Problems:\n\n${problems.map((text) => `- ${text}`).join('\n')}`}
`,
);
console.log(
	problems.length === 0
		? `${outputs} of ${outputs} videos are right, and memory is flat over ${many}; see docs/soak.md`
		: problems.join('\n'),
);
process.exitCode = problems.length === 0 ? 0 : 1;
