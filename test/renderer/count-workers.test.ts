import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { countCores, countDescriptors, countLookups, countWorkers, readMachineFacts, workersIn } from '../../src/renderer/count-workers.ts';

const Count = suite('renderer/count-workers');

const gigabytes = (number: number): number => number * 2 ** 30;

for (const [name, facts, workers] of [
	['one worker a core, not a thread', { threads: 8, cores: 4, memoryBytes: gigabytes(32) }, 4],
	['a container with fewer threads than cores', { threads: 2, cores: 16, memoryBytes: gigabytes(32) }, 2],
	['as many as the threads where cores are not told', { threads: 6, cores: null, memoryBytes: gigabytes(32) }, 6],
	['only as many as the memory reaches for', { threads: 16, cores: 8, memoryBytes: gigabytes(3) }, 2],
	['only as many as files may be open for', { threads: 16, cores: 8, memoryBytes: gigabytes(32), descriptors: 256 }, 3],
	['one where hardly a file may be open', { threads: 16, cores: 8, memoryBytes: gigabytes(32), descriptors: 64 }, 1],
	['never none', { threads: 1, cores: 1, memoryBytes: gigabytes(0.5) }, 1],
] as const) {
	Count(name, () => assert.is(countWorkers({ descriptors: null, ...facts }), workers));
}

Count('a larger canvas takes more memory, a smaller one less', () => {
	const facts = { threads: 16, cores: 16, memoryBytes: gigabytes(8), descriptors: null };
	const counts = [540 * 960, 1080 * 1920, 2160 * 3840].map((pixels) => countWorkers(facts, pixels));
	assert.equal(counts, [11, 8, 3]);
	assert.equal([workersIn(gigabytes(4), 1080 * 1920), workersIn(gigabytes(0.5), 1080 * 1920)], [3, 1]);
});

Count('the limit on open files is the one that holds, and lookups leave room below it', () => {
	const text = (soft: string): string =>
		`Limit  Soft Limit  Hard Limit  Units\nMax open files            ${soft}                 1048576              files\n`;
	assert.equal([countDescriptors(text('64')), countDescriptors(text('unlimited')), countDescriptors('')], [64, null, null]);
	assert.equal(
		[null, 1_024, 64, 2].map((descriptors) => countLookups({ descriptors })),
		[32, 32, 16, 1],
	);
});

Count('cores are counted once, however many threads and packages they have', () => {
	const processor = (socket: number, core: number): string => `processor\t: 0\nphysical id\t: ${socket}\ncore id\t\t: ${core}\n`;
	assert.is(countCores([processor(0, 0), processor(0, 1), processor(0, 0), processor(0, 1), processor(1, 0)].join('\n')), 3);
	assert.is(countCores('processor\t: 0\nBogoMIPS\t: 50\n\nprocessor\t: 1\n'), null);
});

Count('this machine has a thread and memory', () => {
	const { threads, memoryBytes } = readMachineFacts();
	assert.ok(threads >= 1 && memoryBytes > 0);
});

Count.run();
