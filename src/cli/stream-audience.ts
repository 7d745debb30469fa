import type { CompileOptions } from '../compiler/pipeline.ts';
import { makeStreamPlanner } from '../compiler/pipeline.ts';
import { type Diagnostic, fail } from '../diagnostics/diagnostic.ts';
import type { AudioKey, AudioToolchain } from '../model/audio.ts';
import type { SegmentKey } from '../model/keys.ts';
import type { Toolchain } from '../model/segment-message.ts';
import type { LiveMoment } from '../ports/data-sources.ts';
import { openNameCheck, openRowLedger } from './audience.ts';
import { type Known, type OpenedCampaign, recipientsOf, refusalsOf, startWork } from './survey-rows.ts';
import type { StreamedPlan } from './wiring.ts';

/** What a plan is made against. */
export type PlanGround = {
	readonly toolchain: Toolchain;
	readonly audioToolchain: AudioToolchain;
	/** Mixes that the store holds. */
	readonly mixed: { has(key: AudioKey): boolean };
	readonly stored: (keys: readonly SegmentKey[]) => Promise<{ has(key: SegmentKey): boolean }>;
	/** By the name of the campaign. */
	readonly made: (campaign: string) => Promise<(recipe: string) => boolean>;
};

export type PlanStreamer = (
	file: string,
	request: PlanGround & { readonly options: CompileOptions; readonly live: LiveMoment },
) => Promise<StreamedPlan>;

/** Sentences that cannot be said, as they are told at once. */
const MOST_UNSAID = 20;

/** Plans recipient by recipient; names, keys and contracts of all rows are checked on the way. */
export const streamPlan = async (campaign: OpenedCampaign, known: Known, ground: PlanGround): Promise<StreamedPlan> => {
	const started = startWork(campaign, known);
	if (!started.ok) return { refused: { ...known, outcome: fail(...started.diagnostics) } };
	const work = started.value;
	const { checked, diagnostics } = campaign;
	const { compiler } = work;
	const ledger = openRowLedger();
	const names = openNameCheck(compiler);
	let unknownKeys: readonly string[] = [];
	const { toolchain, audioToolchain, stored, mixed } = ground;
	const isMade = await ground.made(checked.spec.campaign);
	const said = await known.assetCache?.said();
	const tools = { toolchain, audioToolchain, stored, mixed, ...(said === undefined ? {} : { said }) };
	const planner = makeStreamPlanner({ ...tools, checked, compiler, isMade, onProblem: ledger.note });
	let unsaid: readonly Diagnostic[] = [];
	const tellUnknown = (keys: readonly string[]): void => {
		unknownKeys = keys;
	};
	async function* lines() {
		try {
			for await (const group of recipientsOf(work, ledger.report, tellUnknown)) {
				for (const recipient of group) names.add(recipient);
				// Into `inputs.speech`, which the compiler reads.
				unsaid = [...unsaid, ...(await campaign.say({ recipients: group, values: null }))].slice(0, MOST_UNSAID);
				const { lines, lost } = await planner.plan(group);
				ledger.count({ good: group.length - lost, bad: lost });
				yield lines;
			}
		} finally {
			await campaign.close();
		}
	}
	return {
		...{ campaign: checked.spec.campaign, file: known.file, sources: known.sources, diagnostics, lines: lines() },
		result: () => {
			const summary = planner.summary();
			const rows = ledger.result();
			const survey = { rows: { ...rows, outputs: summary.outputs }, collisions: names.found(), unknownKeys, kept: null };
			return { summary, rows, refusals: [...unsaid, ...refusalsOf(campaign, survey)] };
		},
	};
};
