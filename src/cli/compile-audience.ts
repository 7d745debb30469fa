import { bindShared, type CompiledCampaign, type CompiledOutput, pictureFieldsOf, recipesOf } from '../compiler/pipeline.ts';
import { conclude, type Diagnostic, errorAt, fail, type Outcome, succeed } from '../diagnostics/diagnostic.ts';
import { RECIPIENTS, type Recipient } from '../model/recipient.ts';
import { isOfRecipient, type RowProblem } from '../model/row-problem.ts';
import { SourceFailure } from '../ports/data-sources.ts';
import { withPictures } from './audience.ts';
import {
	isStrict,
	type Known,
	MOST_AT_ONCE,
	noRow,
	type OpenedCampaign,
	type RowSurvey,
	recipientsOf,
	refusalsOf,
	rowError,
	rowErrors,
	startWork,
	surveyRows,
	type Work,
	withoutErrors,
} from './survey-rows.ts';
import type { BatchedCampaign, Compilation, UnmadeOutput } from './wiring.ts';
import { withUnsaid } from './with-unsaid.ts';

const DEFAULT_BATCH = 100;

/** Compiles a campaign with all of its recipients. One that has more outputs than can be held is refused, with their number in `tooMany`. */
export const compileAll = async (campaign: OpenedCampaign, known: Known): Promise<Compilation> => {
	const work = startWork(campaign, known);
	if (!work.ok) return { ...known, outcome: fail(...work.diagnostics) };
	const compiled = await guarded(campaign, known, async () => {
		if (!isPersonal(campaign)) return compileShared(work.value);
		const survey = await surveyRows(work.value);
		const whole = await compileSurveyed(work.value, survey, 'needed');
		return whole ?? { ...work.value.known, rows: survey.rows, tooMany: survey.rows.outputs, outcome: fail(tooManyFor(campaign, survey)) };
	});
	await campaign.close();
	return compiled;
};

/** Compiles group by group, after the contract of every row was checked. All that will be heard is said, so that no voice runs over the end of its scene. */
export const compileBatches = async (campaign: OpenedCampaign, known: Known): Promise<BatchedCampaign> => {
	const work = startWork(campaign, known);
	if (!work.ok) return { refused: { ...known, outcome: fail(...work.diagnostics) } };
	const size = campaign.checked.spec.output?.batch?.size ?? DEFAULT_BATCH;
	const common = { campaign: campaign.checked.spec.campaign, axes: known.axes, sources: known.sources };
	let large: BatchedCampaign | null = null;
	const whole = await guarded(campaign, known, async () => {
		if (!isPersonal(campaign)) return compileShared(work.value);
		const survey = await surveyRows(work.value);
		const held = await compileSurveyed(work.value, survey, 'all');
		if (held !== null) return held;
		const { rows } = survey;
		const faults = isStrict(campaign) ? await faultsOf(work.value, streamed(work.value, size, rows.skipped)) : [];
		if (faults.length > 0) return { ...known, rows, outcome: fail(...campaign.diagnostics, ...faults) };
		const batches = closing(campaign, streamed(work.value, size, rows.skipped));
		large = { ...common, outputs: rows.outputs, rows, diagnostics: campaign.diagnostics, batches };
		return { ...known, outcome: fail() };
	});
	if (large !== null) return large;
	await campaign.close();
	const { outcome, rows } = whole;
	if (!outcome.ok) return { refused: whole };
	const outputs = outcome.value.outputs.length + outcome.value.rejected.length;
	return { ...common, outputs, rows, diagnostics: outcome.diagnostics, batches: split(whole, outcome.value, size) };
};

const isPersonal = ({ checked }: OpenedCampaign): boolean => checked.spec.data?.[RECIPIENTS] !== undefined;

const tooManyFor = ({ checked }: OpenedCampaign, { rows }: RowSurvey): Diagnostic =>
	errorAt(
		checked.rangeOf(['data', RECIPIENTS], 'key'),
		'RF4217',
		`${rows.outputs} outputs are more than the ${MOST_AT_ONCE} that are compiled at once`,
		'choose some with `--limit`, `--sample` or `--rows`; `plan` and `render` take any number',
	);

/** A source that cannot be read is a fault of the spec, at the place where it is named. */
const guarded = async (campaign: OpenedCampaign, known: Known, compile: () => Promise<Compilation>): Promise<Compilation> => {
	try {
		return await compile();
	} catch (error) {
		if (!(error instanceof SourceFailure)) throw error;
		return { ...known, outcome: fail(...campaign.diagnostics, sourceFault(campaign, error)) };
	}
};

const sourceFault = ({ checked }: OpenedCampaign, { source, key, code, message, hint }: SourceFailure): Diagnostic =>
	errorAt(key === null ? checked.rangeOf(['data', source], 'key') : checked.rangeOf(['data', source, key]), code, message, hint);

const compileShared = async ({ campaign, compiler, known }: Work): Promise<Compilation> => {
	const { checked, data, diagnostics } = campaign;
	const bound = await bindShared({ spec: checked.spec, sources: data });
	const problems = bound.ok ? [] : bound.problems.map((problem) => rowError(campaign, problem));
	if (!bound.ok) return { ...known, outcome: fail(...diagnostics, ...problems) };
	const audience = { recipients: null, values: bound.values, pictures: new Map() };
	const unsaid = await campaign.say(audience);
	return { ...known, outcome: withMore(withUnsaid(compiler.compile(audience), unsaid), diagnostics) };
};

/** Null when the rows are too many to be held. */
const compileSurveyed = async (work: Work, survey: RowSurvey, speech: 'needed' | 'all'): Promise<Compilation | null> => {
	const { campaign, known } = work;
	const refusals = refusalsOf(campaign, survey);
	if (refusals.length > 0)
		return { ...known, rows: withoutErrors(campaign, survey.rows), outcome: fail(...campaign.diagnostics, ...refusals) };
	if (survey.kept === null) return null;
	const compiled = await compileGroup(work, survey.kept, speech);
	const { good, bad, problems, skipped, replaced } = survey.rows;
	const rows = {
		...{ ...survey.rows, good: good - compiled.bad, bad: bad + compiled.bad },
		...{ problems: [...problems, ...compiled.problems], skipped: [...skipped, ...compiled.skipped] },
		replaced: [...replaced, ...compiled.replaced],
	};
	const strict = rowErrors(campaign, compiled);
	const none = rows.good === 0 && compiled.outcome.ok ? [noRow(campaign, rows)] : [];
	const outcome = withMore(compiled.outcome, [...campaign.diagnostics, ...strict, ...none]);
	return { ...known, rows: strict.length > 0 ? withoutErrors(campaign, rows) : rows, outcome, ...recipesFor(work, outcome) };
};

const recipesFor = ({ campaign: { checked }, compiler }: Work, outcome: Outcome<CompiledCampaign>): Pick<Compilation, 'recipes'> =>
	outcome.ok ? { recipes: (toolchain) => recipesOf(outcome.value.outputs, { checked, compiler, toolchain }) } : {};

type CompiledGroup = {
	readonly outcome: Outcome<CompiledCampaign>;
	/** Of pictures that cannot be drawn, and outputs that cannot be made. */
	readonly problems: readonly RowProblem[];
	/** Rows of which no output is left. */
	readonly bad: number;
	/** One problem of each of them that has no output to be listed under. */
	readonly skipped: readonly RowProblem[];
	/** Pictures of rows whose outputs are made without them. */
	readonly replaced: readonly RowProblem[];
};

const compileGroup = async (work: Work, group: readonly Recipient[], speech: 'needed' | 'all'): Promise<CompiledGroup> => {
	const { campaign, compiler, pictureFiles } = work;
	const fields = pictureFieldsOf(campaign.checked.spec);
	const palette = campaign.checked.spec.brand?.colors?.from !== undefined;
	const placed = await withPictures(group, {
		fields,
		find: async (written, source) => {
			const found = await campaign.images.resolve(written, { palette, source });
			for (const picture of found.values())
				if (picture.ok && picture.file !== undefined) pictureFiles.set(picture.facts.asset.sha256, picture.file);
			return found;
		},
	});
	const unsaid = await campaign.say({ recipients: placed.recipients, values: null }, speech);
	const compiled = compiler.compile({ recipients: placed.recipients, values: null, pictures: placed.pictures });
	const outcome = withUnsaid(blamingPictures(compiled, placed.problems), unsaid);
	const rejected = outcome.ok ? outcome.value.rejected : [];
	const made = new Set(outcome.ok ? outcome.value.outputs.map(({ recipient }) => recipient?.key) : []);
	const lost = new Set(rejected.map(({ recipient }) => recipient.key).filter((key) => !made.has(key)));
	const problems = withoutRepeats([...placed.problems, ...rejected.flatMap((output) => output.problems)]);
	const left = new Set(placed.recipients.map(({ row }) => row));
	const skipped = group.flatMap(({ row }) => (left.has(row) ? [] : placed.problems.filter((problem) => problem.row === row).slice(0, 1)));
	const replaced = placed.problems.filter(({ row, key }) => left.has(row) && made.has(key ?? undefined));
	return { outcome, problems, bad: lost.size + skipped.length, skipped, replaced };
};

/** A value that is missing because its picture cannot be had is told as what happened to the picture. */
const blamingPictures = (compiled: Outcome<CompiledCampaign>, pictures: readonly RowProblem[]): Outcome<CompiledCampaign> => {
	if (!compiled.ok || pictures.length === 0) return compiled;
	const idOf = ({ row, column }: RowProblem): string => `${row} ${column}`;
	const causes = new Map(pictures.map((problem) => [idOf(problem), problem]));
	const rejected = compiled.value.rejected.map((output) => ({
		...output,
		problems: output.problems.map((problem) => causes.get(idOf(problem)) ?? problem),
	}));
	return { ...compiled, value: { ...compiled.value, rejected } };
};

/** What keeps a campaign from being made that is to be made whole or not at all. */
const faultsOf = async ({ campaign }: Work, batches: AsyncIterable<Compilation>): Promise<readonly Diagnostic[]> => {
	for await (const { outcome, rows } of batches) {
		if (!outcome.ok) return outcome.diagnostics;
		const told = rows === null ? [] : rowErrors(campaign, rows);
		if (told.length > 0) return told;
	}
	return [];
};

/** Ends what is under way on the network when the last batch was read. */
async function* closing(campaign: OpenedCampaign, batches: AsyncIterable<Compilation>): AsyncGenerator<Compilation> {
	try {
		yield* batches;
	} finally {
		await campaign.close();
	}
}

/** The cells of a recipient often fail for one reason. */
const withoutRepeats = (problems: readonly RowProblem[]): readonly RowProblem[] => [
	...new Map(problems.map((problem) => [JSON.stringify([problem.row, problem.code, problem.column, problem.summary]), problem])).values(),
];

/** The outputs of a compiled campaign in groups of so many recipients. What cannot be made comes with the first. */
async function* split(whole: Compilation, compiled: CompiledCampaign, size: number): AsyncGenerator<Compilation> {
	let group: CompiledOutput[] = [];
	let keys = new Set<string | null>();
	let rejected = compiled.rejected;
	// What the rows told is told of the whole.
	const batch = (): Compilation => ({ ...whole, rows: null, outcome: succeed({ ...compiled, outputs: group, rejected }) });
	for (const output of compiled.outputs) {
		const key = output.recipient?.key ?? null;
		if (keys.size === size && !keys.has(key)) {
			yield batch();
			group = [];
			keys = new Set();
			rejected = [];
		}
		group.push(output);
		keys.add(key);
	}
	yield batch();
}

/**
 * Reads the rows again and compiles them group by group. Problems that `told` has are told already; a row that was good and is no more, since a service
 * that was asked for it does not answer now, is lost with its group. A group with a fault that is not its rows' is followed by the others.
 */
async function* streamed(work: Work, size: number, told: readonly RowProblem[]): AsyncGenerator<Compilation> {
	const known = new Set(told.map(({ row }) => row));
	let waiting: Recipient[] = [];
	let lost: RowProblem[] = [];
	const compile = async (group: readonly Recipient[]): Promise<Compilation> => {
		const { outcome, bad, ...found } = await compileGroup(work, group, 'all');
		const missed = firstOfEach(lost);
		const rows = { ...found, problems: [...lost, ...found.problems], skipped: [...missed, ...found.skipped], outputs: 0 };
		lost = [];
		const counts = { good: group.length - bad, bad: bad + missed.length };
		const unmade = outcome.ok ? {} : { unmade: outputsOf(work, group) };
		return { ...work.known, rows: { ...rows, ...counts }, outcome, ...unmade, ...recipesFor(work, outcome) };
	};
	const onProblem = (problem: RowProblem): void => {
		if (isOfRecipient(problem) && !known.has(problem.row)) lost.push(problem);
	};
	try {
		for await (const group of recipientsOf(work, onProblem)) {
			waiting.push(...group);
			for (; waiting.length >= size || lost.length >= size; waiting = waiting.slice(size)) yield await compile(waiting.slice(0, size));
		}
	} catch (error) {
		if (!(error instanceof SourceFailure)) throw error;
		if (waiting.length > 0) yield await compile(waiting);
		yield { ...work.known, outcome: fail(sourceFault(work.campaign, error)), unmade: [] };
		return;
	}
	if (waiting.length > 0 || lost.length > 0) yield await compile(waiting);
}

const firstOfEach = (problems: readonly RowProblem[]): readonly RowProblem[] => [
	...new Map([...problems].reverse().map((problem) => [problem.row, problem])).values(),
];

const outputsOf = ({ compiler: { cells, pathOf } }: Work, group: readonly Recipient[]): readonly UnmadeOutput[] =>
	group.flatMap((recipient) =>
		cells.map((cell) => ({ id: `${cell.id}/${recipient.key}`, path: pathOf(cell, recipient), cell, recipient })),
	);

const withMore = <T>(outcome: Outcome<T>, more: readonly Diagnostic[]): Outcome<T> => {
	const diagnostics = [...more, ...outcome.diagnostics];
	return outcome.ok ? conclude(outcome.value, diagnostics) : fail(...diagnostics);
};
