import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { VideoConfig } from 'remotion';
import { RenderFailure } from '../model/failure.ts';
import { userCacheDirectory } from '../renderer/cache-directory.ts';
import { checkOutput } from '../renderer/check-output.ts';
import { nodeFileSystem } from '../renderer/file-system.ts';
import { locatePackedChromium } from '../renderer/packed-chromium.ts';
import { prepareFolder, publishOutput } from '../renderer/publish-output.ts';
import { readMediaFacts } from '../renderer/read-media-facts.ts';
import { type InstalledBrowser, installBrowser, resolveBrowser } from '../renderer/resolve-browser.ts';
import { createSystemProbes } from '../renderer/system-probes.ts';
import type { VariantCell } from '../variants/matrix.ts';
import { findEntry } from './find-entry.ts';
import { inParallel } from './in-parallel.ts';
import { type BatchMatrix, type PlannedCell, planCells } from './plan-cells.ts';

export type { BatchMatrix } from './plan-cells.ts';

export type RenderVariantMatrixOptions = {
	/** Id of a `VariantMatrix` of the project, or of a composition. */
	readonly composition: string;
	readonly matrix: BatchMatrix;
	/** Made when it is not there. Relative to `projectDir`. */
	readonly outputDir: string;
	/** As `output.naming` of a campaign. `{platform}/{variant}/{duration}s.mp4` when left out, with the call to action when there are some. */
	readonly naming?: string;
	/** Videos at the same time. One when left out. */
	readonly parallel?: number;
	/** Of the Remotion project; looked for where Remotion does when left out. Relative to `projectDir`. */
	readonly entryPoint?: string;
	/** The working directory when left out. */
	readonly projectDir?: string;
	readonly inputProps?: Readonly<Record<string, unknown>>;
	/** Told of every video as it is done. */
	readonly onResult?: (result: CellResult) => void;
};

/** `path` is absolute. A cell that failed has no file there, or the one that was there before. */
export type CellResult =
	| { readonly cell: VariantCell; readonly path: string; readonly ok: true }
	| { readonly cell: VariantCell; readonly path: string; readonly ok: false; readonly error: Error };

/**
 * Renders every cell of a matrix from a Remotion project: bundles it once, and gives each video its name only when it has been checked.
 * A cell that fails is a result with `ok: false`; the others go on. Downloads nothing.
 * @throws RangeError for options that cannot be carried out, before a frame is drawn; RenderFailure when there is no browser or no bundle
 */
export const renderVariantMatrix = async (options: RenderVariantMatrixOptions): Promise<readonly CellResult[]> => {
	const { composition, matrix, parallel = 1 } = options;
	if (!Number.isInteger(parallel) || parallel < 1) throw new RangeError(`parallel is a whole number from 1 up, got ${parallel}`);
	const projectDir = resolve(options.projectDir ?? process.cwd());
	const entryPoint = findEntry(projectDir, options.entryPoint);
	const naming =
		options.naming ?? (matrix.ctas === undefined ? '{platform}/{variant}/{duration}s.mp4' : '{platform}/{variant}/{duration}s-{cta}.mp4');
	const workDirectory = await mkdtemp(join(tmpdir(), 'reelform-matrix-'));
	try {
		const browserExecutable = await browserFor(projectDir, workDirectory);
		const serveUrl = await bundleProject(projectDir, entryPoint, workDirectory);
		const { getCompositions } = await import('@remotion/renderer');
		const inputProps = { ...options.inputProps };
		const compositions = await getCompositions(serveUrl, { inputProps, browserExecutable, logLevel: 'error' });
		const planned = planCells({ composition, matrix, naming }, compositions);
		const outputDirectory = resolve(projectDir, options.outputDir);
		const batch: Batch = { serveUrl, inputProps, browserExecutable, outputDirectory, tabs: tabsFor(parallel) };
		return await inParallel(planned, parallel, async (one) => {
			const result = await renderCell(one, compositions.find(({ id }) => id === one.compositionId)!, batch);
			options.onResult?.(result);
			return result;
		});
	} finally {
		await rm(workDirectory, { recursive: true, force: true, maxRetries: 3 });
	}
};

type Batch = {
	readonly serveUrl: string;
	readonly inputProps: Readonly<Record<string, unknown>>;
	readonly browserExecutable: string;
	readonly outputDirectory: string;
	readonly tabs: number;
};

const tabsFor = (parallel: number): number => Math.max(1, Math.floor(availableParallelism() / parallel));

const bundleProject = async (projectDir: string, entryPoint: string, workDirectory: string): Promise<string> => {
	const { bundle } = await import('@remotion/bundler');
	try {
		return await bundle({ entryPoint, rootDir: projectDir, outDir: join(workDirectory, 'bundle'), rspack: true, enableCaching: false });
	} catch (error) {
		const text = (error as Error).message;
		throw new RenderFailure('BUNDLE', `${entryPoint} could not be bundled: ${text.split('\n', 1)[0]}`, text);
	}
};

/** The browser that Reelform would use. One that brings its own libraries is started by a script that names them: Remotion cannot. */
const browserFor = async (projectDir: string, workDirectory: string): Promise<string> => {
	const search = {
		environment: process.env,
		probes: createSystemProbes(process.env),
		workingDirectory: projectDir,
		cacheDirectory: userCacheDirectory(process.env),
		packed: locatePackedChromium(),
	};
	const { chosen } = await resolveBrowser(search);
	if (chosen === null) throw new RenderFailure('BROWSER_LAUNCH', 'there is no browser: `reelform doctor` says what was tried');
	const { path, libraryPath }: InstalledBrowser = await installBrowser(chosen, search);
	if (libraryPath === null) return path;
	const script = join(workDirectory, 'browser');
	const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
	await writeFile(script, `#!/bin/sh\nLD_LIBRARY_PATH=${quote(libraryPath)} exec ${quote(path)} "$@"\n`, { mode: 0o700 });
	return script;
};

const renderCell = async ({ cell, path }: PlannedCell, composition: VideoConfig, batch: Batch): Promise<CellResult> => {
	const file = join(batch.outputDirectory, path);
	try {
		const folder = await prepareFolder(nodeFileSystem, batch.outputDirectory, path);
		const temporary = join(folder, `.${randomUUID()}.mp4`);
		try {
			await renderFile(cell, composition, { ...batch, temporary });
			const facts = await readMediaFacts(nodeFileSystem, temporary);
			const problems = checkOutput(facts, { ...cell.platform, frames: cell.frames, joins: [] });
			if (problems.length > 0) throw new RenderFailure('OUTPUT', `the video failed its check: ${problems.join('; ')}`);
			await publishOutput(nodeFileSystem, temporary, file);
		} finally {
			await rm(temporary, { force: true });
		}
		return { cell, path: file, ok: true };
	} catch (error) {
		return { cell, path: file, ok: false, error: error instanceof Error ? error : new Error(String(error)) };
	}
};

/** Remotion converts to BT.709 and leaves primaries and transfer unsaid, so that the file says nothing of its colour. */
const STATED_COLOR = ':primariesin=709:transferin=709:primaries=709:transfer=709';

/** Remotion's types promise texts, and its lists hold other things too. */
const stateColor = <Argument>(argument: Argument): Argument | string =>
	typeof argument === 'string' && argument.startsWith('zscale=matrix=709') ? `${argument}${STATED_COLOR}` : argument;

const renderFile = async (cell: VariantCell, composition: VideoConfig, batch: Batch & { readonly temporary: string }): Promise<void> => {
	const { renderMedia } = await import('@remotion/renderer');
	const inputProps = { ...batch.inputProps, reelformCell: cell };
	const { width, height, fps } = cell.platform;
	await renderMedia({
		serveUrl: batch.serveUrl,
		composition: { ...composition, width, height, fps, durationInFrames: cell.frames, props: { ...composition.props, ...inputProps } },
		inputProps,
		outputLocation: batch.temporary,
		codec: 'h264',
		pixelFormat: 'yuv420p',
		colorSpace: 'bt709',
		ffmpegOverride: ({ args }) => args.map(stateColor),
		browserExecutable: batch.browserExecutable,
		concurrency: batch.tabs,
		logLevel: 'error',
	});
};
