import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { ExecutablePlan, PlannedOutput } from '../model/render-plan.ts';
import { isExecutablePlan, isRecord } from './plan-shape.ts';
import { FORMAT_VERSION } from './views/json.ts';
import { writeWhole } from './write-file.ts';

/** What the renders of a campaign have left in an output folder: what the next plan's changes are told against. */
export type Applied = {
	/** The output folder, relative to the project root. */
	readonly directory: string;
	/** The outputs that are there, with the segments that they play. */
	readonly plan: ExecutablePlan;
};

type Which = { readonly campaign: string; readonly draft: boolean };

const appliedFile = (cwd: string, { campaign, draft }: Which): string =>
	join(cwd, '.reelform', 'applied', `${campaign}${draft ? '.draft' : ''}.json`);

/** The outputs of earlier renders whose files are still there; null before the first render. A record that cannot be read counts as none. */
export const readApplied = async (cwd: string, which: Which): Promise<Applied | null> => {
	const text = await readFile(appliedFile(cwd, which), 'utf8').catch(() => null);
	const applied = text === null ? null : parseApplied(text);
	if (applied === null) return null;
	const { plan } = applied.plan;
	const outputs = plan.outputs.filter((output) => existsSync(resolve(cwd, applied.directory, output.path)));
	return { ...applied, plan: { ...applied.plan, plan: { ...plan, outputs } } };
};

const parseApplied = (text: string): Applied | null => {
	try {
		const applied: unknown = JSON.parse(text);
		if (!isRecord(applied) || applied['formatVersion'] !== FORMAT_VERSION) return null;
		const { directory, plan } = applied;
		return typeof directory === 'string' && isExecutablePlan(plan) ? { directory, plan } : null;
	} catch {
		return null;
	}
};

/** What a run has made. */
export type Run = {
	readonly plan: ExecutablePlan;
	readonly draft: boolean;
	/** Whether only some outputs of the campaign were asked for. */
	readonly partial: boolean;
	/** The output folder, absolute or relative to the project root. */
	readonly directory: string;
	/** Ids of the outputs that are there and right. */
	readonly finished: ReadonlySet<string>;
};

export const recordRun = async (cwd: string, run: Run): Promise<void> => {
	const which = { campaign: run.plan.plan.campaign, draft: run.draft };
	const directory = relative(cwd, resolve(cwd, run.directory));
	const applied = mergeApplied(await readApplied(cwd, which), { ...run, directory });
	await writeWhole(appliedFile(cwd, which), `${JSON.stringify({ formatVersion: FORMAT_VERSION, ...applied })}\n`);
};

/** The part of earlier renders that a plan of only some outputs can be told against: other outputs are not orphans, they were not asked for. */
export const narrowTo = (ids: ReadonlySet<string>, plan: ExecutablePlan): ExecutablePlan => ({
	...plan,
	plan: { ...plan.plan, outputs: plan.plan.outputs.filter((output) => ids.has(output.id)) },
});

/**
 * What is there after a run: its finished outputs, and of the earlier ones those that it did not make again, unless it made a whole campaign or
 * wrote to another folder.
 */
export const mergeApplied = (before: Applied | null, run: Run): Applied => {
	const made = run.plan.plan.outputs.filter((output) => run.finished.has(output.id));
	const remade = new Set(made.flatMap((output) => [output.id, output.path]));
	const planned = new Set(run.plan.plan.outputs.map((output) => output.id));
	const earlier = before === null || before.directory !== run.directory ? [] : before.plan.plan.outputs;
	const kept = earlier.filter(({ id, path }) => !remade.has(id) && !remade.has(path) && (run.partial || planned.has(id)));
	const outputs = [...kept, ...made];
	const keys = new Set<string>(outputs.flatMap((output) => output.segments));
	const segments = [...(before?.plan.plan.segments ?? []), ...run.plan.plan.segments].filter((segment) => keys.has(segment.key));
	const messages = { ...before?.plan.messages, ...run.plan.messages };
	return {
		directory: run.directory,
		plan: {
			toolchain: run.plan.toolchain,
			plan: { ...run.plan.plan, outputs, segments: [...new Map(segments.map((segment) => [segment.key, segment])).values()] },
			messages: Object.fromEntries(Object.entries(messages).filter(([key]) => keys.has(key))),
			...soundsPlayed(outputs, { ...before?.plan.sounds, ...run.plan.sounds }),
		},
	};
};

const soundsPlayed = (outputs: readonly PlannedOutput[], sounds: NonNullable<ExecutablePlan['sounds']>): Pick<ExecutablePlan, 'sounds'> => {
	const played = new Set<string>(outputs.flatMap(({ audio }) => audio ?? []));
	const known = Object.entries(sounds).filter(([key]) => played.has(key));
	return known.length === 0 ? {} : { sounds: Object.fromEntries(known) };
};
