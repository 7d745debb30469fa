// Many outputs in one run, drawn by a frame source without a browser: what the program holds must not grow with what it has made.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** How much more memory the last quarter of the run may hold than the second one, by their medians. The first quarter warms up. */
const GROWTH = 1.25;

/** Renders `count` outputs below `folder` with the package in `dist`. Resolves with how it ended and its samples `{seconds, finished, rss}`, in bytes. */
export const renderMany = async (count, { dist, folder }) => {
	const program = join(dist, 'run-many-outputs.mjs');
	await build({
		...{ entryPoints: ['test/support/run-many-outputs.ts'], outfile: program, bundle: true, packages: 'external' },
		...{ platform: 'node', target: 'node20.19', format: 'esm', jsx: 'automatic', logLevel: 'warning' },
	});
	mkdirSync(folder, { recursive: true });
	const env = { ...process.env, REELFORM_DIST: dist };
	const child = spawn(process.execPath, [program, folder, String(count)], { env, stdio: ['ignore', 'pipe', 'pipe'] });
	let [lines, errors] = ['', ''];
	child.stdout.on('data', (chunk) => {
		lines += chunk;
	});
	child.stderr.on('data', (chunk) => {
		errors += chunk;
	});
	const code = await new Promise((done) => child.on('close', done));
	const samples = lines
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line));
	return { count, code, errors, samples };
};

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;

/** Medians of the memory while the second and the last quarter of the outputs were made, and how the one compares with the other. */
export const growthOf = ({ count, samples }) => {
	const between = (from, to) =>
		median(samples.filter(({ finished }) => finished > from * count && finished <= to * count).map(({ rss }) => rss));
	const [second, last] = [between(0.25, 0.5), between(0.75, 1)];
	return { second, last, ratio: last / second };
};

/** What is wrong with the run, empty when all is right. Too few samples for a comparison are wrong too. */
export const problemsOf = (run) => {
	const { ratio } = growthOf(run);
	const made = run.samples.at(-1)?.finished ?? 0;
	return [
		...(run.code === 0 ? [] : [`the run of many outputs ended with ${run.code}: ${run.errors.slice(-400)}`]),
		...(made === run.count ? [] : [`the run of many outputs made ${made} of ${run.count}`]),
		...(Number.isNaN(ratio) ? ['too few samples of memory for a comparison: make more outputs'] : []),
		...(Number.isNaN(ratio) || ratio <= GROWTH
			? []
			: [`memory grew to ${ratio.toFixed(2)} times over the run of many outputs, at most ${GROWTH} is right`]),
	];
};

const megabytes = (bytes) => Math.round(bytes / 1e6);

/** The part of the page that shows the run. */
export const describeMany = (run) => {
	const { second, last, ratio } = growthOf(run);
	const most = Math.max(1, ...run.samples.map(({ rss }) => rss));
	const step = Math.max(1, Math.ceil(run.samples.length / 20));
	const rows = run.samples
		.filter((_, i) => i % step === 0 || i === run.samples.length - 1)
		.map(
			({ seconds, finished, rss }) =>
				`${seconds.toFixed(0).padStart(4)} s ${String(finished).padStart(5)} videos  ${String(megabytes(rss)).padStart(4)} MB ${'#'.repeat(Math.round((rss / most) * 40))}`,
		);
	return `## Memory over ${run.count} outputs

One run that makes ${run.count} videos, each with a segment of its own, drawn by a frame source that needs no browser. Resident memory of the program with its
threads: ${megabytes(second)} MB in the median of the second quarter, ${megabytes(last)} MB in that of the last, ${ratio.toFixed(2)} times as much (at most ${GROWTH} passes).

\`\`\`
${rows.join('\n')}
\`\`\`
`;
};
