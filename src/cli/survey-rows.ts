import type { CheckedSpec } from '../compiler/checked-spec.ts';
import {
	type Audience,
	bindRecipients,
	type CampaignCompiler,
	type CompileOptions,
	collisionCure,
	EVERY_ROW,
	type FoundPicture,
	makeCompiler,
	makeDecisions,
	type RowChoice,
} from '../compiler/pipeline.ts';
import { type Diagnostic, errorAt, fail, type Outcome, succeed } from '../diagnostics/diagnostic.ts';
import { quote } from '../diagnostics/visible.ts';
import { RECIPIENTS, type Recipient } from '../model/recipient.ts';
import type { RowProblem } from '../model/row-problem.ts';
import type { DataSources } from '../ports/data-sources.ts';
import type { Inputs } from '../ports/inputs.ts';
import { type NameCollision, openNameCheck, openRowLedger, type RowReport } from './audience.ts';
import type { AssetFile, Compilation } from './wiring.ts';

type FoundFile = FoundPicture & { readonly file?: string };

/** A campaign that is right as far as its spec tells, with its data still to be read. */
export type OpenedCampaign = {
	readonly checked: CheckedSpec;
	readonly inputs: Inputs;
	readonly options: CompileOptions;
	/** Of the stages before. */
	readonly diagnostics: readonly Diagnostic[];
	readonly data: DataSources;
	readonly images: {
		resolve(
			written: readonly string[],
			options: { readonly palette: boolean; readonly source: string },
		): Promise<ReadonlyMap<string, FoundFile>>;
	};
	readonly assetFile: AssetFile;
	/** Has said what lengths and captions of an audience hang on, or all of it, into `inputs.speech`; gives what cannot be said. */
	readonly say: (audience: Pick<Audience, 'recipients' | 'values'>, what?: 'needed' | 'all') => Promise<readonly Diagnostic[]>;
	/** Ends what is under way on the network. */
	readonly close: () => Promise<void>;
};

export type Known = Omit<Compilation, 'outcome'>;

/** Outputs whose segments are held at once. */
export const MOST_AT_ONCE = 5_000;
/** What every step needs: the campaign with its cells settled, and the files of the pictures that rows have named so far. */
export type Work = {
	readonly campaign: OpenedCampaign;
	readonly compiler: CampaignCompiler;
	readonly known: Known;
	readonly pictureFiles: Map<string, string>;
};

export const startWork = (campaign: OpenedCampaign, known: Known): Outcome<Work> => {
	const compiler = makeCompiler(campaign.checked, campaign.inputs, campaign.options);
	if (!compiler.ok) return fail(...campaign.diagnostics, ...compiler.diagnostics);
	const pictureFiles = new Map<string, string>();
	const assetFile: AssetFile = (sha256) => pictureFiles.get(sha256) ?? campaign.assetFile(sha256);
	return succeed({ campaign, compiler: compiler.value, known: { ...known, assetFile }, pictureFiles });
};

/** What reading every row has told. */
export type RowSurvey = {
	readonly rows: RowReport & { readonly outputs: number };
	readonly collisions: readonly NameCollision[];
	readonly unknownKeys: readonly string[];
	/** Null when there are too many to hold. */
	readonly kept: readonly Recipient[] | null;
};

export const surveyRows = async (work: Work): Promise<RowSurvey> => {
	const { compiler, campaign } = work;
	const ledger = openRowLedger();
	const names = openNameCheck(compiler);
	let kept: Recipient[] | null = [];
	let unknownKeys: readonly string[] = [];
	let rows = 0;
	const tellUnknown = (keys: readonly string[]): void => {
		if (!campaign.options.rows?.ifThere) unknownKeys = keys;
	};
	for await (const group of recipientsOf(work, ledger.report, tellUnknown)) {
		rows += group.length;
		for (const recipient of group) names.add(recipient);
		if (rows * compiler.cells.length > MOST_AT_ONCE) kept = null;
		kept?.push(...group);
	}
	ledger.count({ good: rows, bad: 0 });
	const outputs = Math.min(rows * compiler.cells.length, campaign.options.limit ?? Number.POSITIVE_INFINITY);
	return { rows: { ...ledger.result(), outputs }, collisions: names.found(), unknownKeys, kept };
};

export const recipientsOf = (
	{ campaign, compiler }: Work,
	onProblem: (problem: RowProblem) => void,
	onUnknownKeys: (keys: readonly string[]) => void = () => {},
): AsyncIterable<readonly Recipient[]> => {
	const { checked, data, options } = campaign;
	const limit = options.limit === null ? null : Math.ceil(options.limit / Math.max(1, compiler.cells.length));
	const choice: RowChoice = { ...EVERY_ROW, ...options.rows, limit };
	return bindRecipients({ spec: checked.spec, sources: data, choice, onProblem, onUnknownKeys, narrativeOf: makeDecisions(checked.spec) });
};

/** Recipients are named by their keys where the spec says nothing. */
const KEYS_ALONE = '{key}';

/** What keeps the whole campaign from being made. */
export const refusalsOf = (campaign: OpenedCampaign, { rows: report, collisions, unknownKeys }: RowSurvey): readonly Diagnostic[] => {
	const { checked } = campaign;
	const naming = checked.rangeOf(['output', 'naming']);
	const colliding = collisions.map(({ path, rows, cell }) =>
		errorAt(
			naming,
			'RF3007',
			`rows ${rows[0]} and ${rows[1]} have one name in ${cell}: ${quote(path, 120)}`,
			collisionCure(checked.spec.output?.naming ?? KEYS_ALONE, rows[0] === rows[1]),
		),
	);
	const unknown = unknownKeys.map((key) =>
		errorAt(
			checked.rangeOf(['data', RECIPIENTS, 'key']),
			'RF3001',
			`no row has the key ${quote(key, 60)}`,
			'see the column that `key` names',
		),
	);
	const bad = rowErrors(campaign, report);
	const nobody = report.good === 0 && unknown.length === 0 ? [noRow(campaign, report)] : [];
	return [...colliding, ...unknown, ...bad, ...nobody];
};

export const noRow = ({ checked }: OpenedCampaign, { bad }: RowReport): Diagnostic =>
	errorAt(
		checked.rangeOf(['data', RECIPIENTS], 'key'),
		'RF4208',
		noRowText(bad),
		bad === 0 ? 'add rows, or look whether `at` or the file is the right one' : 'mend the rows, or loosen `fields`',
	);

const noRowText = (bad: number): string => {
	if (bad === 0) return 'the source has no row';
	return bad === 1 ? 'the only row breaks its contract' : `none of the ${bad} rows keeps its contract`;
};

/** Whether a bad row of some source stops the command. */
export const isStrict = ({ checked }: OpenedCampaign): boolean =>
	Object.values(checked.spec.data ?? {}).some(({ onBadRow }) => onBadRow === 'fail');

const stops = ({ checked }: OpenedCampaign, { source }: RowProblem): boolean => checked.spec.data?.[source]?.onBadRow === 'fail';

const MOST_TOLD = 20;

/** The problems that stop the command, the first of them one by one. A row whose picture is replaced is no bad one. */
export const rowErrors = (
	campaign: OpenedCampaign,
	{ problems, replaced }: Pick<RowReport, 'problems' | 'replaced'>,
): readonly Diagnostic[] => {
	const stopping = problems.filter((problem) => stops(campaign, problem) && !replaced.includes(problem));
	const told = stopping.slice(0, MOST_TOLD).map((problem) => rowError(campaign, problem));
	const next = stopping[MOST_TOLD];
	if (next === undefined) return told;
	const place = campaign.checked.rangeOf(['data', next.source, 'onBadRow']);
	const summary = `and at least ${stopping.length - MOST_TOLD} more problems of rows`;
	return [...told, errorAt(place, 'RF2009', summary, 'mend these first, or write `onBadRow: skip`')];
};

/** Without the problems that are told as errors. */
export const withoutErrors = <Rows extends RowReport>(campaign: OpenedCampaign, rows: Rows): Rows => ({
	...rows,
	problems: rows.problems.filter((problem) => !stops(campaign, problem)),
});

export const rowError = ({ checked }: OpenedCampaign, { code, source, row, key, column, summary, hint }: RowProblem): Diagnostic => {
	const who = key === null ? '' : ` (key ${quote(key, 60)})`;
	const where = column === null ? '' : `, column ${quote(column, 60)}`;
	return errorAt(checked.rangeOf(['data', source], 'key'), code, `row ${row}${who}${where}: ${summary}`, hint);
};
