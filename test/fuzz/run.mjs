// npm run test:fuzz [-- --seed S --cases N --minutes M --lanes L]: damaged inputs of every kind against the readers of them. Last line: how many cases, how
// many findings. `--case N` runs one case of a seed again and tells all of it; `--save FILE` keeps its input.
import { fork } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildRunner } from './build-runner.mjs';

const { values } = parseArgs({
	options: {
		seed: { type: 'string', default: '20261120' },
		cases: { type: 'string', default: '10000' },
		from: { type: 'string', default: '0' },
		minutes: { type: 'string', default: '20' },
		lanes: { type: 'string', default: String(Math.min(2, availableParallelism())) },
		case: { type: 'string' },
		save: { type: 'string' },
	},
});
const directory = resolve(`.test-build/fuzz-${process.pid}`);
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
await buildRunner(directory);
const { runCases, reportOf } = await import(`${directory}/run-cases.mjs`);
const runner = `${directory}/case-runner.mjs`;
const seed = Number(values.seed);

if (values.case === undefined) {
	const end = Date.now() + Number(values.minutes) * 60_000;
	const numbers = Array.from({ length: Number(values.cases) }, (_, i) => i + Number(values.from));
	const run = await runCases({ runner, seed, numbers, lanes: Number(values.lanes), deadline: () => Date.now() > end });
	console.log(reportOf(run, seed));
	process.exitCode = run.findings.length > 0 || run.cases < numbers.length ? 1 : 0;
} else {
	const child = fork(runner, { execArgv: ['--enable-source-maps'] });
	child.send({ seed, number: Number(values.case), keep: true });
	child.on('message', ({ input, ...report }) => {
		if (report.verdict === undefined) return;
		if (values.save !== undefined) writeFileSync(values.save, Buffer.from(input, 'base64'));
		const { detail, ...facts } = report;
		console.log(facts, `\n${detail}\n${Buffer.from(input, 'base64').toString('utf8').slice(0, 1500)}`);
		child.disconnect();
	});
}
