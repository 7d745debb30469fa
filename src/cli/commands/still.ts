import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { restingFrame, stillOf } from '../../compiler/pipeline.ts';
import { hintForName } from '../../diagnostics/suggest.ts';
import { RenderFailure } from '../../model/failure.ts';
import type { ExecutablePlan, PlannedOutput } from '../../model/render-plan.ts';
import { type SegmentMessage, scaledSize } from '../../model/segment-message.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { loadCampaign, type OutputFlags, planLoaded } from '../load-campaign.ts';
import { refuseUnwritable } from '../output-folder.ts';
import { refuseWithoutTools } from '../prepare-render.ts';
import { UsageError } from '../usage-error.ts';
import { jsonDocument } from '../views/json.ts';
import { failureText } from '../views/render-result.ts';
import { type ShownStill, stillLine } from '../views/still.ts';
import type { StillRequest } from '../wiring.ts';
import { writeWhole } from '../write-file.ts';

export type StillFlags = OutputFlags & {
	readonly output?: string;
	readonly at?: string;
	readonly all?: boolean;
	readonly out?: string;
	readonly scale?: number;
	readonly frameSource?: 'stage' | 'remotion';
};

type Shot = { readonly output: PlannedOutput; readonly frame: number; readonly message: SegmentMessage; readonly file: string };

/** Draws one frame of one output, or of each, as PNG. Nothing is encoded, and the store is left alone. */
export const still = async (context: CliContext, file: string, flags: StillFlags): Promise<ExitCode> => {
	checkFlags(flags);
	const loaded = await loadCampaign(context, file, flags);
	if (typeof loaded === 'number') return loaded;
	const lacking = await refuseWithoutTools(context, flags.json ?? false, ['browser']);
	if (lacking !== null) return lacking;
	const plan = await planLoaded(context, loaded);
	const shots = shotsOf(plan, flags, (path) => fileFor(plan.plan.campaign, path, flags));
	for (const folder of new Set(shots.map((shot) => dirname(shot.file)))) {
		const unwritable = refuseUnwritable(context, folder, flags.json ?? false);
		if (unwritable !== null) return unwritable;
	}
	const frameSource = flags.frameSource ?? null;
	return take(context, shots, { plan, assetFile: loaded.compilation.assetFile, frameSource, scale: flags.scale ?? 1 }, flags.json ?? false);
};

/** @throws UsageError for flags that do not go together */
const checkFlags = ({ output, all, out, at }: StillFlags): void => {
	if (all && output !== undefined) throw new UsageError('--all and --output exclude each other', 'choose several outputs with --select');
	if (!all && out !== undefined && extname(out).toLowerCase() !== '.png')
		throw new UsageError(`--out ${out}: a still ends in .png`, 'with --all it is a folder');
	if (at !== undefined && !/^\d+(\.\d+)?s?$/.test(at))
		throw new UsageError(`--at cannot read "${at}"`, 'seconds from the start, for example: --at 2.5s');
};

const shotsOf = ({ plan, messages }: ExecutablePlan, flags: StillFlags, fileOf: (path: string) => string): readonly Shot[] =>
	chosen(plan.outputs, flags).map((output) => {
		const parts = output.segments.map((key) => messages[key]!);
		const frame = flags.at === undefined ? restingFrame(parts) : frameAt(output, Number.parseFloat(flags.at));
		return { output, frame, message: stillOf(parts, frame), file: fileOf(output.path) };
	});

const chosen = (outputs: readonly PlannedOutput[], { all, output }: StillFlags): readonly PlannedOutput[] => {
	if (all) return outputs;
	if (output === undefined) return outputs.slice(0, 1);
	const found = outputs.find(({ id, path }) => id === output || path === output);
	if (found !== undefined) return [found];
	throw new UsageError(
		`no output is named "${output}"`,
		hintForName(
			output,
			outputs.map(({ id }) => id),
		),
	);
};

/** @throws UsageError for a time that the output does not have */
const frameAt = ({ id, fps, frames }: PlannedOutput, seconds: number): number => {
	// A time that was printed for a frame, in thousandths, leads back to it.
	const frame = Math.floor(seconds * fps + 0.05);
	if (frame < frames) return frame;
	throw new UsageError(
		`${id} is ${frames / fps} s long: it has no frame at ${seconds} s`,
		`its last is at ${shortSeconds((frames - 1) / fps)}`,
	);
};

const shortSeconds = (seconds: number): string => `${Math.ceil(seconds * 1000) / 1000}s`;

const fileFor = (campaign: string, path: string, { all, out }: StillFlags): string => {
	if (!all && out !== undefined) return out;
	const name = join(dirname(path), `${basename(path, extname(path))}.png`);
	return join(out ?? join('out', `${campaign}-stills`), name);
};

type Taking = Omit<StillRequest, 'messages'>;

const take = async (context: CliContext, shots: readonly Shot[], taking: Taking, json: boolean): Promise<ExitCode> => {
	const { stdout, stderr, cwd } = context;
	const signal = context.interruption();
	const shown: ShownStill[] = [];
	try {
		const pictures = (await context.wiring()).drawStills({ ...taking, messages: shots.map((shot) => shot.message) }, signal);
		for await (const { index, png } of pictures) {
			const { output, frame, file } = shots[index]!;
			const place = resolve(cwd, file);
			await writeWhole(place, png);
			shown.push({
				output: output.id,
				file: relative(cwd, place),
				frame,
				seconds: frame / output.fps,
				...scaledSize(output, taking.scale),
			});
			if (!json) stdout.write(stillLine(shown.at(-1)!));
		}
	} catch (error) {
		if (signal.aborted) return EXIT.interrupted;
		if (!(error instanceof RenderFailure)) throw error;
		stderr.write(failureText(shots[shown.length]?.output.id ?? 'still', error.failure, stderr.colors));
		return EXIT.failedOutputs;
	} finally {
		if (json) stdout.write(jsonDocument({ stills: shown }));
	}
	return EXIT.done;
};
