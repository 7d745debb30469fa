import { join, resolve } from 'node:path';
import { hintForName } from '../diagnostics/suggest.ts';
import { checkParallel, inParallel } from './in-parallel.ts';
import { type NamedRow, nameRows } from './name-rows.ts';
import { type OpenProject, type ProjectPlace, withProject } from './open-project.ts';
import { asError, renderVideo, tabsFor } from './render-video.ts';

export type { ProjectPlace } from './open-project.ts';

export type RenderPersonalizedOptions<Data extends object> = ProjectPlace & {
	/** Id of a composition of the project. */
	readonly composition: string;
	/** One video each. The fields of a row are props of the composition; its `calculateMetadata` is asked for every row. */
	readonly data: readonly Data[];
	/** Made when it is not there. Relative to `projectDir`. */
	readonly outputDir: string;
	/**
	 * With `{data.company}` for fields (dots into objects), `{key}`, `{row}` (from 1) and `{composition}`; folders are parted by `/`. `{key}.mp4` when left out,
	 * `{row}.mp4` without keys.
	 */
	readonly naming?: string;
	/** Videos at the same time. One when left out. */
	readonly parallel?: number;
	/** What tells a row from all others, whatever its place: a field, with dots, or a function. */
	readonly key?: string | ((row: Data) => string);
	/** Props of every video; a row's own go first. */
	readonly inputProps?: Readonly<Record<string, unknown>>;
	/** Told of every video as it is done. */
	readonly onResult?: (result: PersonalResult<Data>) => void;
	/** Told after every video. */
	readonly onProgress?: (progress: BatchProgress) => void;
};

/** Videos: those that are done, those of them that failed, and all of the order. */
export type BatchProgress = { readonly done: number; readonly failed: number; readonly total: number };

/** Whose video it is: `index` counts rows from 0, and `key` is null when no key was named. */
type Recipient<Data> = { readonly row: Data; readonly index: number; readonly key: string | null };

/**
 * `path` is absolute; `seconds` is the length of the video. A row that failed has no file there, or the one that was there before, and no path when it lacks a
 * value that it would be named by.
 */
export type PersonalResult<Data> = Recipient<Data> &
	(
		| { readonly ok: true; readonly path: string; readonly frames: number; readonly seconds: number }
		| { readonly ok: false; readonly path: string | null; readonly error: Error }
	);

/**
 * Renders a composition of a Remotion project once for each row: bundles it once, keeps a browser for each of the videos at the same time, and gives a video
 * its name only when it has been checked. A row that fails is a result with `ok: false`; the others go on. Downloads nothing.
 * @throws RangeError for options that cannot be carried out, keys given twice and two rows with one name, before a frame is drawn; RenderFailure when there is
 * no browser or no bundle
 */
export const renderPersonalized = async <Data extends object>(
	options: RenderPersonalizedOptions<Data>,
): Promise<readonly PersonalResult<Data>[]> => {
	const parallel = checkParallel(options.parallel ?? 1);
	const { composition, data, naming, key, inputProps = {} } = options;
	const rows = nameRows(data, { composition, naming, key });
	if (rows.length === 0) return [];
	return withProject(options, async (project) => {
		const outputDirectory = resolve(project.directory, options.outputDir);
		const batch: Batch = { project, composition, inputProps, outputDirectory, tabs: tabsFor(parallel) };
		await checkComposition(batch, rows[0]!.row);
		const progress = { done: 0, failed: 0, total: rows.length };
		return inParallel(rows, parallel, async (one, lane) => {
			const result = await renderRow(one, batch, lane);
			progress.done += 1;
			if (!result.ok) progress.failed += 1;
			options.onResult?.(result);
			options.onProgress?.({ ...progress });
			return result;
		});
	});
};

type Batch = {
	readonly project: OpenProject;
	readonly composition: string;
	readonly inputProps: Readonly<Record<string, unknown>>;
	readonly outputDirectory: string;
	readonly tabs: number;
};

/** Once for all, where it can be told: compositions that do not take the first row leave it to each row to fail. */
const checkComposition = async ({ project, composition, inputProps }: Batch, first: object): Promise<void> => {
	const { getCompositions } = await import('@remotion/renderer');
	const { serveUrl, browserExecutable, lanes } = project;
	const options = {
		inputProps: { ...inputProps, ...first },
		browserExecutable,
		puppeteerInstance: await lanes.browserOf(0),
		logLevel: 'error',
	} as const;
	const ids = await getCompositions(serveUrl, options).then(
		(found) => found.map(({ id }) => id),
		async () => {
			await lanes.renew(0);
			return [composition];
		},
	);
	if (ids.includes(composition)) return;
	const hint = ids.length === 0 ? 'it has none at all' : hintForName(composition, ids);
	throw new RangeError(`the project has no composition "${composition}": ${hint}`);
};

const renderRow = async <Data extends object>(one: NamedRow<Data>, batch: Batch, lane: number): Promise<PersonalResult<Data>> => {
	const { row, number, key, named } = one;
	const recipient = { row, index: number - 1, key };
	if (!named.ok) return { ...recipient, ok: false, path: null, error: new Error(named.reason) };
	const path = join(batch.outputDirectory, named.path);
	try {
		const { frames, seconds } = await renderOne(batch, { row, path: named.path, lane });
		return { ...recipient, ok: true, path, frames, seconds };
	} catch (error) {
		await batch.project.lanes.renew(lane);
		return { ...recipient, ok: false, path, error: asError(error) };
	}
};

type OneVideo = { readonly row: object; readonly path: string; readonly lane: number };

const renderOne = async ({ project, composition: id, tabs, outputDirectory, ...batch }: Batch, { row, path, lane }: OneVideo) => {
	const { selectComposition } = await import('@remotion/renderer');
	const { serveUrl, browserExecutable } = project;
	const browser = await project.lanes.browserOf(lane);
	const inputProps = { ...batch.inputProps, ...row };
	const composition = await selectComposition({
		serveUrl,
		id,
		inputProps,
		browserExecutable,
		puppeteerInstance: browser,
		logLevel: 'error',
	});
	return renderVideo({ composition, inputProps, path }, { serveUrl, browserExecutable, browser, outputDirectory, tabs });
};
