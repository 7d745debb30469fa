// npm run bench:plan [-- --rows N]: the plan of 1,000,000 rows in 4 cells, as lines into a file: outputs a second and the peak of the resident memory,
// read from /proc. Writes docs/benchmarks.md.
import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';

const rows = Number(process.argv[process.argv.indexOf('--rows') + 1]) || 1_000_000;
const cells = 4;
const work = mkdtempSync(join(tmpdir(), 'reelform-bench-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

const spec = `reelform: 1
campaign: million
platforms: [youtube, tiktok]
durations: [15, 30]
variants: {letter: {mood: sophisticated}}
data:
  recipients:
    type: csv
    path: people.csv
    key: id
    fields:
      first_name: {type: string, fallback: there}
      company: {type: string, required: true}
      kind: {type: string, required: true, enum: [shop, bank]}
      deals: {type: integer, required: true, minimum: 0}
scenes:
  - id: hello
    duration: 4
    layers:
      - {text: 'For {{recipient.company}}', role: eyebrow}
      - {text: 'Hi {{recipient.first_name}}', role: headline}
    transition: cut
  - {id: shop, when: {data: {kind: shop}}, duration: {min: 4, share: 1}, layers: [{text: For shops, role: headline}], transition: cut}
  - {id: bank, when: {data: {kind: bank}}, duration: {min: 4, share: 1}, layers: [{text: For banks, role: headline}], transition: cut}
  - id: figure
    duration: 5
    layers:
      - {text: Your open deals, role: subhead}
      - {number: '{{recipient.deals}}', role: stat}
output: {naming: '{platform}/{duration}s/{key}.mp4'}
`;

const names = ['Ada', 'Ben', 'Chidi', 'Dora', 'Ewa', 'Farid', 'Grace', 'Hiro', 'Ines', 'Jun'];
const writeRows = async (file) => {
	const stream = createWriteStream(file);
	stream.write('id,first_name,company,kind,deals\n');
	for (let start = 0; start < rows; start += 10_000) {
		let text = '';
		for (let row = start; row < Math.min(rows, start + 10_000); row++)
			text += `R${row},${names[row % 10]},Company ${row},${row % 3 === 0 ? 'shop' : 'bank'},${row % 997}\n`;
		if (!stream.write(text)) await new Promise((done) => stream.once('drain', done));
	}
	await new Promise((done) => stream.end(done));
};

/** The most memory that a process has had at once, in MiB; the last figure that was there. */
const followPeak = (pid) => {
	let peak = 0;
	const timer = setInterval(() => {
		try {
			peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024);
		} catch {}
	}, 100);
	return () => {
		clearInterval(timer);
		return peak;
	};
};

const countOutputs = async (file) => {
	let count = 0;
	let last = '';
	for await (const chunk of createReadStream(file, 'utf8')) {
		const lines = (last + chunk).split('\n');
		last = lines.pop();
		for (const line of lines) if (line.startsWith('{"type":"output"')) count++;
	}
	return count;
};

writeFileSync(join(work, 'million.campaign.yaml'), spec);
await writeRows(join(work, 'people.csv'));
const lines = join(work, 'plan.ndjson');
const started = process.hrtime.bigint();
const child = spawn(process.execPath, [resolve('dist/cli/main.js'), 'plan', 'million.campaign.yaml', '--json=lines'], {
	cwd: work,
	stdio: ['ignore', openSync(lines, 'w'), 'inherit'],
});
const peakOf = followPeak(child.pid);
const code = await new Promise((done) => child.on('close', done));
const seconds = Number(process.hrtime.bigint() - started) / 1e9;
const peak = peakOf();
const outputs = await countOutputs(lines);
if (code !== 0 || outputs !== rows * cells) throw new Error(`exit ${code}, ${outputs} outputs`);

const number = (value) => Math.round(value).toLocaleString('en-US');
const section = [
	'## The plan of a million rows',
	'',
	`\`npm run bench:plan\`, ${new Date().toISOString().slice(0, 10)}: ${cpus().length} x ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}.`,
	`\`plan --json=lines\` of ${number(rows)} rows in ${cells} cells, with two personal scenes and two narratives, into a file; the whole process, from start to end.`,
	'',
	'| outputs | seconds | outputs/s | peak memory (RSS) |',
	'|---|---|---|---|',
	`| ${number(outputs)} | ${seconds.toFixed(1)} | ${number(outputs / seconds)} | ${number(peak)} MiB |`,
	'',
	'Goal: 20,000 outputs/s in at most 700 MB.',
	'',
].join('\n');

const file = 'docs/benchmarks.md';
const [start, end] = ['<!-- plan-million -->', '<!-- /plan-million -->'];
const text = readFileSync(file, 'utf8');
const whole = text.includes(start) ? text : `${text.trimEnd()}\n\n${start}\n${end}\n`;
writeFileSync(file, `${whole.slice(0, whole.indexOf(start) + start.length)}\n${section}${whole.slice(whole.indexOf(end))}`);
process.stdout.write(section);
