import { join, resolve } from 'node:path';
import type { VideoConfig } from 'remotion';
import type { VariantCell } from '../variants/matrix.ts';
import { checkParallel, inParallel } from './in-parallel.ts';
import { type OpenProject, type ProjectPlace, withProject } from './open-project.ts';
import { type BatchMatrix, type PlannedCell, planCells } from './plan-cells.ts';
import { asError, renderVideo, tabsFor, type VideoOrder } from './render-video.ts';

export type { ProjectPlace } from './open-project.ts';
export type { BatchMatrix } from './plan-cells.ts';

export type RenderVariantMatrixOptions = ProjectPlace & {
	/** Id of a `VariantMatrix` of the project, or of a composition. */
	readonly composition: string;
	readonly matrix: BatchMatrix;
	/** Made when it is not there. Relative to `projectDir`. */
	readonly outputDir: string;
	/** As `output.naming` of a campaign. `{platform}/{variant}/{duration}s.mp4` when left out, with the call to action when there are some. */
	readonly naming?: string;
	/** Videos at the same time. One when left out. */
	readonly parallel?: number;
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
	const parallel = checkParallel(options.parallel ?? 1);
	return withProject(options, async (project) => {
		const { getCompositions } = await import('@remotion/renderer');
		const inputProps = { ...options.inputProps };
		const { serveUrl, browserExecutable, directory, lanes } = project;
		const compositions = await getCompositions(serveUrl, { inputProps, browserExecutable, logLevel: 'error' });
		const planned = planCells({ composition: options.composition, matrix: options.matrix, naming: namingOf(options) }, compositions);
		const batch: Batch = { project, outputDirectory: resolve(directory, options.outputDir), tabs: tabsFor(parallel) };
		return inParallel(planned, parallel, async (one, lane) => {
			const composition = compositions.find(({ id }) => id === one.compositionId)!;
			const result = await renderCell(one, orderFor(one, composition, inputProps), { ...batch, lane });
			if (!result.ok) await lanes.renew(lane);
			options.onResult?.(result);
			return result;
		});
	});
};

const namingOf = ({ naming, matrix }: RenderVariantMatrixOptions): string =>
	naming ?? (matrix.ctas === undefined ? '{platform}/{variant}/{duration}s.mp4' : '{platform}/{variant}/{duration}s-{cta}.mp4');

type Batch = { readonly project: OpenProject; readonly outputDirectory: string; readonly tabs: number };

const orderFor = ({ cell, path }: PlannedCell, composition: VideoConfig, given: Readonly<Record<string, unknown>>): VideoOrder => {
	const inputProps = { ...given, reelformCell: cell };
	const { width, height, fps } = cell.platform;
	const props = { ...composition.props, ...inputProps };
	return { composition: { ...composition, width, height, fps, durationInFrames: cell.frames, props }, inputProps, path };
};

const renderCell = async (
	{ cell, path }: PlannedCell,
	order: VideoOrder,
	{ project, lane, ...batch }: Batch & { readonly lane: number },
): Promise<CellResult> => {
	const file = join(batch.outputDirectory, path);
	try {
		await renderVideo(order, { ...project, ...batch, browser: await project.lanes.browserOf(lane) });
		return { cell, path: file, ok: true };
	} catch (error) {
		return { cell, path: file, ok: false, error: asError(error) };
	}
};
