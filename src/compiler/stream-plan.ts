import type { Outcome } from '../diagnostics/diagnostic.ts';
import { axesOf, type Cell } from '../model/cell.ts';
import { type SegmentKey, segmentKey } from '../model/keys.ts';
import { type FieldPath, RECIPIENTS, type Recipient, valueAt } from '../model/recipient.ts';
import type { PlannedOutput, PlanSummary } from '../model/render-plan.ts';
import type { RowProblem } from '../model/row-problem.ts';
import type { Toolchain } from '../model/segment-message.ts';
import type { Inputs } from '../ports/inputs.ts';
import type { CheckedSpec } from './checked-spec.ts';
import type { CampaignCompiler, CompiledCampaign, CompiledOutput } from './compile-campaign.ts';
import { makeFingerprintTable } from './fingerprint-set.ts';
import type { Viewer } from './fit-cell.ts';
import type { Outline } from './lower.ts';
import { fieldsShown, type PersonalPart, personalPart, recipeOf, type Stretch, segmentsIn, stretchesOf } from './recipes.ts';
import { type MixGround, openMixCounts, type StreamedMix } from './sound/stream-mixes.ts';

/**
 * A stretch of an output that shows its recipient's data: a scene, or a transition from or to one. It stands for the segments that it will be cut into.
 * `recipe` is the sha256 of all that they are made from: the templates, the values that fill them, the canvas and the tools.
 */
export type StreamedSegment = {
	readonly key: SegmentKey | `recipe:${string}`;
	readonly label: string;
	readonly frames: number;
	readonly action: 'reuse' | 'render';
};

export type StreamedLine =
	| { readonly type: 'segment'; readonly segment: StreamedSegment }
	| { readonly type: 'mix'; readonly mix: StreamedMix }
	| { readonly type: 'output'; readonly output: Omit<PlannedOutput, 'segments'> & { readonly segments: readonly string[] } };

export type StreamSummary = Pick<PlanSummary, 'outputs' | 'segments' | 'frames' | 'mixes' | 'sentences'>;

export type StreamContext = MixGround & {
	readonly checked: CheckedSpec;
	readonly compiler: CampaignCompiler;
	readonly toolchain: Toolchain;
	/** Which of these segments the store holds. */
	readonly stored: (keys: readonly SegmentKey[]) => Promise<{ has(key: SegmentKey): boolean }>;
	/** Whether all that a recipe was cut into when it was last rendered is in the store. */
	readonly isMade: (recipe: string) => boolean;
	readonly onProblem: (problem: RowProblem) => void;
};

/** `lost` counts recipients of whom no output is left. */
export type StreamedGroup = { readonly lines: readonly StreamedLine[]; readonly lost: number };

export type StreamPlanner = {
	/** The lines of some more recipients: each segment and mix before the first output that plays it. `speech` as of an audience. */
	readonly plan: (recipients: readonly Recipient[], speech?: Inputs['speech']) => Promise<StreamedGroup>;
	readonly summary: () => StreamSummary;
};

/** Stage 7 for any number of recipients, in constant memory: scenes that show data are counted by what fills them, and not drawn. */
export const makeStreamPlanner = (context: StreamContext): StreamPlanner => {
	const patterns = new Map<string, Pattern | null>();
	const counts = openCounts();
	const sounds = openMixCounts(context);
	const planOne = async ({ cell, recipient, speech }: Planned, { lines, report }: Telling): Promise<boolean> => {
		const viewer: Viewer = { values: recipient.values, brand: null };
		const outline = context.compiler.outline(cell, viewer, speech);
		if (outline === null) {
			problemsOfCell(compileOne(context, { recipient, speech }), cell, recipient).forEach(report);
			return false;
		}
		const pattern = patterns.get(outline.narrative) ?? (await makePattern(context, { cell, recipient, outline, speech }, report));
		patterns.set(outline.narrative, pattern);
		if (pattern === null || !fills({ ...pattern, outline }, recipient, report)) return false;
		const { audio } = outline.sound();
		const heard = audio === null ? null : sounds.add(audio);
		if (heard?.isFirst) lines.push({ type: 'mix', mix: heard.mix });
		const segments: string[] = [];
		for (const part of pattern.parts) {
			const segment = part.kind === 'shared' ? part.segment : personalSegment(context, part, recipient);
			segments.push(segment.key);
			if (counts.add(segment)) lines.push({ type: 'segment', segment });
		}
		lines.push({
			type: 'output',
			output: {
				...outputOf(context, cell, recipient),
				frames: pattern.frames,
				segments,
				...(heard === null ? {} : { audio: heard.mix.key }),
			},
		});
		return true;
	};
	return {
		async plan(recipients, speech) {
			const lines: StreamedLine[] = [];
			let lost = 0;
			for (const recipient of recipients) {
				const telling = { lines, report: withoutRepeats(context.onProblem) };
				let made = 0;
				for (const cell of context.compiler.cells) if (await planOne({ cell, recipient, speech }, telling)) made++;
				if (made === 0) lost++;
			}
			counts.countOutputs(lines);
			return { lines, lost };
		},
		summary: () => ({ ...counts.summary(), ...sounds.summary() }),
	};
};

type Planned = { readonly cell: Cell; readonly recipient: Recipient; readonly speech: Inputs['speech'] };
type Report = (problem: RowProblem) => void;
type Telling = { readonly lines: StreamedLine[]; readonly report: Report };

/** The cells of a recipient often fail for one reason. */
const withoutRepeats = (report: Report): Report => {
	let told: Set<string> | null = null;
	return (problem) => {
		told ??= new Set();
		const text = JSON.stringify(problem);
		if (!told.has(text)) report(problem);
		told.add(text);
	};
};

type SharedPart = { readonly kind: 'shared'; readonly segment: StreamedSegment };
/** What the outputs of one cell and one narrative have in common. */
type Pattern = {
	readonly frames: number;
	readonly parts: readonly (SharedPart | PersonalPart)[];
	/** Every field that some template of it reads. */
	readonly fields: readonly FieldPath[];
	readonly outline: Outline;
};

const compileOne = ({ compiler }: StreamContext, { recipient, speech }: Pick<Planned, 'recipient' | 'speech'>): Outcome<CompiledCampaign> =>
	compiler.compile({
		...{ recipients: [recipient], values: null, pictures: new Map() },
		...(speech === undefined ? {} : { speech }),
	});

/** Why a recipient has no output of a cell. What is the spec's own fault is told of each row that meets it. */
const problemsOfCell = (compiled: Outcome<CompiledCampaign>, cell: Cell, { row, key }: Recipient): readonly RowProblem[] =>
	compiled.ok
		? (compiled.value.rejected.find((one) => one.cell === cell)?.problems ?? [])
		: compiled.diagnostics
				.filter(({ severity, cells }) => severity === 'error' && (cells ?? [cell.id]).includes(cell.id))
				.map(({ code, summary, hint }) => ({ source: RECIPIENTS, row, key, column: null, code, summary, hint: hint ?? '' }));

type Exemplar = Planned & { readonly outline: Outline };

/** Compiled for one recipient: what shows none of their data is the same for all. Null when their data cannot fill it; the next one may. */
const makePattern = async (
	context: StreamContext,
	{ cell, recipient, outline, speech }: Exemplar,
	report: Report,
): Promise<Pattern | null> => {
	const { checked } = context;
	const compiled = compileOne(context, { recipient, speech });
	const output = compiled.ok ? compiled.value.outputs.find((one) => one.cell === cell) : undefined;
	if (output === undefined) {
		problemsOfCell(compiled, cell, recipient).forEach(report);
		return null;
	}
	const stretches = stretchesOf(outline);
	const parts = await Promise.all(
		stretches.map(async (stretch): Promise<readonly (SharedPart | PersonalPart)[]> => {
			const part = personalPart(context, { cell, outline, stretch });
			if (part !== null) return [part];
			return sharedParts(context, output, stretch);
		}),
	);
	return {
		frames: output.frames,
		parts: parts.flat(),
		fields: [...fieldsShown(checked.spec, outline), ...outline.voiceFillers.flatMap(({ fields }) => fields)],
		outline,
	};
};

const sharedParts = async (context: StreamContext, output: CompiledOutput, stretch: Stretch): Promise<readonly SharedPart[]> => {
	const inside = segmentsIn(output, stretch).map(({ label, message }) => ({
		...{ label, frames: message.frames },
		key: segmentKey(message, context.toolchain),
	}));
	const stored = await context.stored(inside.map(({ key }) => key));
	return inside.map((segment) => ({ kind: 'shared', segment: { ...segment, action: stored.has(segment.key) ? 'reuse' : 'render' } }));
};

const personalSegment = (
	{ isMade }: StreamContext,
	{ identity, label, frames, fields }: PersonalPart,
	{ values }: Recipient,
): StreamedSegment => {
	const recipe = recipeOf({ identity, fields }, values);
	return { key: `recipe:${recipe}`, label, frames, action: isMade(recipe) ? 'reuse' : 'render' };
};

/** Only a row without some value can leave a template empty; then every template is tried. */
const fills = ({ fields, outline }: Pattern, { row, key, values }: Recipient, report: Report): boolean => {
	if (fields.every((field) => valueAt(values, field) !== null)) return true;
	const problems = [...outline.fillers.flat(), ...outline.voiceFillers].flatMap((filler) => {
		const filled = filler.fill(values);
		return filled.ok ? [] : filled.problems;
	});
	for (const { code, field, summary, hint } of problems)
		report({ source: RECIPIENTS, row, key, column: field?.field ?? null, code, summary, hint });
	return problems.length === 0;
};

const outputOf = ({ compiler }: StreamContext, cell: Cell, recipient: Recipient): Omit<PlannedOutput, 'segments' | 'frames'> => ({
	id: `${cell.id}/${recipient.key}`,
	path: compiler.pathOf(cell, recipient),
	axes: axesOf(cell),
	recipient: recipient.key,
	row: recipient.row,
	...cell.platform.canvas,
});

/** Sums over everything that was planned, with a few bytes for each distinct segment. */
const openCounts = () => {
	const seen = makeFingerprintTable();
	let outputs = 0;
	const segments = { total: 0, unique: 0, reused: 0, toRender: 0 };
	const frames = { total: 0, unique: 0, reused: 0, toRender: 0 };
	return {
		/** Whether it is the first of its kind. */
		add(segment: StreamedSegment): boolean {
			segments.total++;
			frames.total += segment.frames;
			if (seen.put(segment.key, 0) !== undefined) return false;
			segments.unique++;
			frames.unique += segment.frames;
			const kind = segment.action === 'reuse' ? 'reused' : 'toRender';
			segments[kind]++;
			frames[kind] += segment.frames;
			return true;
		},
		countOutputs(lines: readonly StreamedLine[]): void {
			for (const { type } of lines) if (type === 'output') outputs++;
		},
		summary: (): StreamSummary => ({ outputs, segments: { ...segments }, frames: { ...frames } }),
	};
};
