import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { renderVariantMatrix as RenderVariantMatrix } from '../../src/batch/render-variant-matrix.ts';
import { nodeFileSystem } from '../../src/renderer/file-system.ts';
import { readMediaFacts } from '../../src/renderer/read-media-facts.ts';
import { distDirectory } from '../support/dist.ts';
import { columnsOf, makeRemotionProject, videosIn } from '../support/remotion-project.ts';

const Batch = suite('batch/render-variant-matrix');

const project = makeRemotionProject('variant-project');

const load = async (): Promise<typeof RenderVariantMatrix> =>
	(await import(pathToFileURL(join(distDirectory, 'batch/render-variant-matrix.js')).href)).renderVariantMatrix;

Batch('two platforms and two durations become four checked videos, each with what belongs in it', async () => {
	const renderVariantMatrix = await load();
	const told: string[] = [];
	const results = await renderVariantMatrix({
		composition: 'Ad',
		matrix: { platforms: ['tall', 'wide'], durations: [0.3, 0.5], variants: ['quiet'], ctas: ['Go'] },
		outputDir: 'renders',
		naming: '{platform}/{variant}/{duration}s.mp4',
		parallel: 2,
		projectDir: project,
		onResult: ({ path }) => told.push(path),
	});
	assert.equal(
		results.map((result) => (result.ok ? relative(project, result.path) : result.error.message)),
		['renders/tall/quiet/0.3s.mp4', 'renders/tall/quiet/0.5s.mp4', 'renders/wide/quiet/0.3s.mp4', 'renders/wide/quiet/0.5s.mp4'],
	);
	assert.equal(videosIn(join(project, 'renders')).length, 4);
	assert.is(told.length, 4);
	const facts = await Promise.all(results.map(({ path }) => readMediaFacts(nodeFileSystem, path)));
	assert.equal(
		facts.map(({ width, height, fps, frames }) => [width, height, fps, frames]),
		[
			[90, 160, 10, 3],
			[90, 160, 10, 5],
			[160, 90, 10, 3],
			[160, 90, 10, 5],
		],
	);
	assert.equal(await columnsOf(results[0]!.path, 4), ['f00', '000', 'fff', 'ff0']);
	assert.equal(await columnsOf(results[3]!.path, 4), ['0f0', '00f', 'fff', 'ff0']);
});

Batch('a cell that fails is a result, leaves no file, and stops no other', async () => {
	const renderVariantMatrix = await load();
	const results = await renderVariantMatrix({
		composition: 'Ad',
		matrix: { platforms: ['wide'], durations: [0.3], variants: ['broken', 'quiet'], ctas: ['go'] },
		outputDir: 'some',
		projectDir: project,
	});
	const [broken, quiet] = results;
	assert.equal([broken!.ok, quiet!.ok], [false, true]);
	assert.match(!broken!.ok ? broken!.error.message : '', 'broken on purpose');
	assert.equal([...readdirSync(join(project, 'some/wide'), { recursive: true })].sort(), ['broken', 'quiet', 'quiet/0.3s-go.mp4']);
});

Batch('what throws while its page opens never becomes an empty video', async () => {
	const renderVariantMatrix = await load();
	const results = await renderVariantMatrix({
		composition: 'Ad',
		matrix: { platforms: ['wide', 'tall'], durations: [0.3, 0.5], variants: ['empty', 'quiet'], ctas: ['go'] },
		outputDir: 'opening',
		parallel: 2,
		projectDir: project,
	});
	assert.equal(
		results.map(({ cell, ...result }) => [cell.variant.name, result.ok ? 'made' : result.error.message]),
		['wide', 'tall'].flatMap(() => [
			['empty', 'this variant is never drawn'],
			['quiet', 'made'],
			['empty', 'this variant is never drawn'],
			['quiet', 'made'],
		]),
	);
	assert.is(videosIn(join(project, 'opening')).length, 4);
});

Batch('a composition of one’s own is rendered in the size and length of each cell, which its hooks tell', async () => {
	const renderVariantMatrix = await load();
	const results = await renderVariantMatrix({
		composition: 'Own',
		matrix: { platforms: [{ name: 'tall', width: 60, height: 80, fps: 10 }], durations: [0.4], variants: ['quiet'] },
		outputDir: 'own',
		projectDir: project,
	});
	assert.ok(results[0]!.ok, results[0]!.ok ? '' : results[0]!.error.message);
	const { width, height, fps, frames } = await readMediaFacts(nodeFileSystem, results[0]!.path);
	assert.equal([width, height, fps, frames], [60, 80, 10, 4]);
	assert.equal(await columnsOf(results[0]!.path, 4), ['f00', '00f', 'fff', 'ff0']);
});

Batch('what cannot be carried out is said before a frame is drawn', async () => {
	const renderVariantMatrix = await load();
	const fails = async (options: object, message: RegExp): Promise<void> => {
		const matrix = { platforms: ['wide'], durations: [0.3], variants: ['quiet'], ctas: ['go'] };
		const whole = { composition: 'Ad', matrix, outputDir: 'never', projectDir: project, ...options };
		await renderVariantMatrix(whole).then(
			() => assert.unreachable('rendered'),
			(error: Error) => assert.match(error.message, message),
		);
	};
	await fails({ entryPoint: 'src/gone.tsx' }, /src\/gone\.tsx does not exist/);
	await fails({ parallel: 0 }, /parallel/);
	await fails({ composition: 'Add' }, /no composition "Add".*Ad/);
	assert.not(existsSync(join(project, 'never')));
});

Batch.run();
