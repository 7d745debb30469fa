import { conclude, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { axesOf, type Cell } from '../model/cell.ts';
import type { ImageFacts } from '../model/inputs.ts';
import type { Recipient, RowValues } from '../model/recipient.ts';
import type { RowProblem } from '../model/row-problem.ts';
import type { EncoderProfile } from '../model/segment-message.ts';
import { type Selection, selects } from '../model/selection.ts';
import type { Inputs } from '../ports/inputs.ts';
import type { RowChoice } from './bind/bind-recipients.ts';
import { checkProps } from './check-props.ts';
import type { CheckedSpec } from './checked-spec.ts';
import { expand } from './expand.ts';
import { NOBODY, type Viewer } from './fit-cell.ts';
import { type LoweredCell, makeOutputLowerer, type Outline } from './lower.ts';
import { makeNamer, nameOutputs } from './name-outputs.ts';
import { problemsOf } from './row-problems.ts';
import { makeSegmenter, type Segment } from './segment.ts';
import type { OutputSound } from './sound/sound-of.ts';
import { viewerOf } from './viewer.ts';

export type CompileOptions = {
	/** Half size, for a quick look. */
	readonly draft: boolean;
	readonly select: Selection | null;
	/** At most this many outputs. */
	readonly limit: number | null;
	/** Which recipients; all of them when left out. */
	readonly rows?: Pick<RowChoice, 'keys' | 'numbers' | 'sample'> & { /** Keys that no row has are no fault. */ readonly ifThere?: true };
};

/** One output with what it plays, in order. */
export type CompiledOutput = {
	/** Unique in the campaign: the cell's, with the recipient's key after it. */
	readonly id: string;
	readonly cell: Cell;
	readonly recipient: Recipient | null;
	readonly path: string;
	readonly frames: number;
	readonly segments: readonly Segment[];
	/** What it sounds like; left out for a silent one. */
	readonly sound?: OutputSound;
};

/** An output that cannot be made from its recipient's data. */
export type RejectedOutput = {
	readonly id: string;
	readonly cell: Cell;
	readonly recipient: Recipient;
	readonly path: string;
	readonly problems: readonly RowProblem[];
};

export type CompiledCampaign = {
	readonly campaign: string;
	readonly file: string;
	/** Recipient by recipient, each in the order of the cells. */
	readonly outputs: readonly CompiledOutput[];
	readonly rejected: readonly RejectedOutput[];
};

/** A picture that a row names, as it was found. `palette` holds its colours, the most frequent first; empty when nobody asked for them. */
export type RowPicture = { readonly facts: ImageFacts; readonly palette: readonly string[] };

/** Whom a campaign is for. */
export type Audience = {
	/** Null in a campaign without recipients: one output for each cell. */
	readonly recipients: readonly Recipient[] | null;
	/** What holds for all; null in a campaign without data. */
	readonly values: RowValues | null;
	/** By the path or address that the data has. */
	readonly pictures: ReadonlyMap<string, RowPicture>;
	/** Sentences that are said to these recipients, beside those that are said to all. None when left out. */
	readonly speech?: Inputs['speech'];
};

export const EVERYONE: Audience = { recipients: null, values: null, pictures: new Map() };

const FINAL: EncoderProfile = { codec: 'h264', preset: 'veryfast', crf: 18, threads: 2, jpegQuality: 92 };
const DRAFT: EncoderProfile = { codec: 'h264', preset: 'ultrafast', crf: 26, threads: 2, jpegQuality: 80 };

/** A campaign whose cells are settled: audiences are compiled with it one after the other, and share what they have in common. */
export type CampaignCompiler = {
	/** Those that are selected. */
	readonly cells: readonly Cell[];
	readonly pathOf: (cell: Cell, recipient: Recipient | null) => string;
	readonly compile: (audience: Audience) => Outcome<CompiledCampaign>;
	/** `speech` as of an audience. */
	readonly outline: (cell: Cell, viewer: Viewer, speech?: Inputs['speech']) => Outline | null;
};

/** Stage 4, and stages 5 and 6 ready to be run for an audience. */
export const makeCompiler = (checked: CheckedSpec, inputs: Inputs, options: CompileOptions): Outcome<CampaignCompiler> => {
	const expanded = expand(checked, { draft: options.draft });
	if (!expanded.ok) return expanded;
	const named = nameOutputs(checked, expanded.value);
	const { pathOf } = makeNamer(checked.spec, expanded.value);
	const { lower, outline } = makeOutputLowerer(checked);
	const segment = makeSegmenter(options.draft ? DRAFT : FINAL, inputs.fonts);
	const cells = expanded.value.filter((cell) => options.select === null || selects(options.select, axesOf(cell)));
	const fixed = [...expanded.diagnostics, ...named.diagnostics, ...checkProps(checked, inputs)];
	const compile = (audience: Audience): Outcome<CompiledCampaign> => {
		const results = compiling({ audience, cells: audience.recipients === null ? expanded.value : cells, limit: options.limit, checked });
		const outputs: CompiledOutput[] = [];
		const rejected: RejectedOutput[] = [];
		const diagnostics: Diagnostic[] = [...fixed];
		const known = withSpeech(audience.pictures.size === 0 ? inputs : withPictures(inputs, audience.pictures), audience.speech);
		for (const { cell, recipient, viewer } of results) {
			const id = recipient === null ? cell.id : `${cell.id}/${recipient.key}`;
			const lowered = lower({ cell, viewer, inputs: known });
			diagnostics.push(...sharedDiagnostics(lowered, cell, recipient));
			const isWanted = cells.includes(cell) && (options.limit === null || outputs.length + rejected.length < options.limit);
			if (!isWanted) continue;
			const path = pathOf(cell, recipient);
			if (lowered.timeline !== null)
				outputs.push({
					...{ id, cell, recipient, path, frames: lowered.timeline.frames, segments: segment(lowered.timeline) },
					...(isHeard(lowered.sound) ? { sound: lowered.sound } : {}),
				});
			else if (recipient !== null) rejected.push({ id, cell, recipient, path, problems: problemsOf(recipient, lowered) });
		}
		const personal = audience.recipients !== null;
		return conclude({ campaign: checked.spec.campaign, file: checked.file, outputs, rejected }, mergeByPlace(diagnostics, personal));
	};
	// Thousands of outlines are asked for with one batch of sentences.
	const heard = new WeakMap<object, Inputs>();
	const outlineOf: CampaignCompiler['outline'] = (cell, viewer, speech) => {
		const known = speech === undefined ? inputs : (heard.get(speech) ?? withSpeech(inputs, speech));
		if (speech !== undefined) heard.set(speech, known);
		return outline({ cell, viewer, inputs: known });
	};
	return conclude({ cells, pathOf, compile, outline: outlineOf }, fixed);
};

/** Stages 4 to 6: cells, names, timelines, segments. Without recipients every cell is lowered and checked, also those that are not selected. */
export const compileCampaign = (
	checked: CheckedSpec,
	inputs: Inputs,
	options: CompileOptions,
	audience: Audience = EVERYONE,
): Outcome<CompiledCampaign> => {
	const compiler = makeCompiler(checked, inputs, options);
	return compiler.ok ? compiler.value.compile(audience) : compiler;
};

type Wanted = { readonly cell: Cell; readonly recipient: Recipient | null; readonly viewer: Viewer };

type Compiling = {
	readonly audience: Audience;
	readonly cells: readonly Cell[];
	readonly limit: number | null;
	readonly checked: CheckedSpec;
};

/** Every output, recipient by recipient. A campaign without recipients goes through all of its cells, whatever its limit. */
function* compiling({ audience, cells, limit, checked }: Compiling): Iterable<Wanted> {
	const { recipients, values } = audience;
	if (recipients === null) {
		const viewer: Viewer = values === null ? NOBODY : { values, brand: null };
		for (const cell of cells) yield { cell, recipient: null, viewer };
		return;
	}
	let left = limit ?? Number.POSITIVE_INFINITY;
	for (const recipient of recipients) {
		const viewer = viewerOf(checked.spec, recipient, audience.pictures);
		for (const cell of cells) if (left-- > 0) yield { cell, recipient, viewer };
		if (left <= 0) return;
	}
}

const isHeard = (sound: OutputSound | null): sound is OutputSound => sound !== null && (sound.audio !== null || sound.captions !== null);

const withSpeech = (inputs: Inputs, speech: Inputs['speech']): Inputs =>
	speech === undefined || speech.size === 0 ? inputs : { ...inputs, speech: new Map([...(inputs.speech ?? []), ...speech]) };

const withPictures = (inputs: Inputs, pictures: Audience['pictures']): Inputs => ({
	...inputs,
	images: new Map([...inputs.images, ...[...pictures].map(([name, { facts }]) => [name, facts] as const)]),
});

/** Without recipients, what a timeline lacks is the spec's own fault; with them, only what all recipients have in common is. */
const sharedDiagnostics = (
	{ diagnostics, personal, unfilled }: LoweredCell,
	cell: Cell,
	recipient: Recipient | null,
): readonly Diagnostic[] => {
	const missing = recipient === null ? unfilled.map(({ diagnostic }) => diagnostic) : [];
	const warnings = personal.filter(({ severity }) => recipient === null || severity === 'warning');
	return [...diagnostics, ...missing, ...warnings].map((d) => ({ ...d, cells: [cell.id] }));
};

/** One diagnostic for each problem, with all the cells that have it. Among recipients the first stands for all others at its place: they differ in words only. */
export const mergeByPlace = (diagnostics: readonly Diagnostic[], amongRecipients = false): readonly Diagnostic[] => {
	const merged = new Map<string, { readonly diagnostic: Diagnostic; readonly cells: Set<string> }>();
	for (const diagnostic of diagnostics) {
		const key = JSON.stringify([diagnostic.code, diagnostic.range ?? null, amongRecipients ? '' : diagnostic.summary]);
		const known = merged.get(key) ?? { diagnostic, cells: new Set<string>() };
		for (const cell of diagnostic.cells ?? []) known.cells.add(cell);
		merged.set(key, known);
	}
	return [...merged.values()].map(({ diagnostic, cells }) => (cells.size === 0 ? diagnostic : { ...diagnostic, cells: [...cells] }));
};
