import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CompileOptions } from '../compiler/pipeline.ts';
import { type Diagnostic, fail, type Outcome, succeed } from '../diagnostics/diagnostic.ts';
import { diskReason } from '../diagnostics/disk-reasons.ts';
import { quote } from '../diagnostics/visible.ts';
import { type SegmentKey, segmentKey } from '../model/keys.ts';
import { type ExecutablePlan, PLAN_FORMAT_VERSION } from '../model/render-plan.ts';
import type { SegmentMessage, Toolchain } from '../model/segment-message.ts';
import { isExecutablePlan, isRecord } from './plan-shape.ts';
import { writeWhole } from './write-file.ts';

/** A plan as `plan --out` saves it: with the spec and the options that it was made from, so that it can be told when they have changed. */
export type SavedPlan = {
	/** Path of the spec, relative to the project root. */
	readonly spec: string;
	readonly options: CompileOptions;
	readonly plan: ExecutablePlan;
};

export const isPlanFile = (file: string): boolean => file.endsWith('.json');

export const writePlanFile = (file: string, saved: SavedPlan): Promise<void> =>
	writeWhole(file, `${JSON.stringify({ formatVersion: PLAN_FORMAT_VERSION, ...saved })}\n`);

/** A saved plan that is whole: every segment has its message, and every message its key. `file` is relative to `cwd`. */
export const readPlanFile = async (cwd: string, file: string): Promise<Outcome<SavedPlan>> => {
	let text: string;
	try {
		text = await readFile(resolve(cwd, file), 'utf8');
	} catch (error) {
		return mismatch(`${file} ${unreadable((error as NodeJS.ErrnoException).code ?? '')}`);
	}
	const saved = parse(text);
	if (saved === null) return mismatch(`${file} is not a plan of this version of reelform`);
	const { plan, messages, toolchain } = saved.plan;
	const isWhole = plan.segments.every(({ key }) => Object.hasOwn(messages, key) && keyOf(messages[key]!, toolchain) === key);
	return isWhole ? succeed(saved) : mismatch(`${file} was edited after it was saved: a segment is not what its key says`);
};

/** Null for what has no key: JSON can write numbers that no message has, such as 1e999. */
const keyOf = (message: SegmentMessage, toolchain: Toolchain): SegmentKey | null => {
	try {
		return segmentKey(message, toolchain);
	} catch {
		return null;
	}
};

const unreadable = (code: string): string => {
	if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist';
	return code === 'EISDIR' ? 'is a folder, not a plan' : `cannot be read: ${diskReason(code)}`;
};

const parse = (text: string): SavedPlan | null => {
	try {
		const saved: unknown = JSON.parse(text);
		if (!isRecord(saved) || saved['formatVersion'] !== PLAN_FORMAT_VERSION) return null;
		const { spec, options, plan } = saved;
		return typeof spec === 'string' && isOptions(options) && isExecutablePlan(plan) ? { spec, options, plan } : null;
	} catch {
		return null;
	}
};

/** A selection that is none is refused where it is compared with what the spec has. */
const isOptions = (value: unknown): value is CompileOptions =>
	isRecord(value) &&
	typeof value['draft'] === 'boolean' &&
	(value['select'] === null || isSelection(value['select'])) &&
	(value['limit'] === null || isCount(value['limit'])) &&
	(value['rows'] === undefined || isRows(value['rows']));

const isSelection = (value: unknown): boolean =>
	isRecord(value) && Object.values(value).every((list) => Array.isArray(list) && list.every((one) => typeof one === 'string'));

const isRows = (value: unknown): boolean =>
	isRecord(value) &&
	(value['keys'] == null || (Array.isArray(value['keys']) && value['keys'].every((key) => typeof key === 'string'))) &&
	(value['sample'] == null || isCount(value['sample']));

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

/**
 * Why the plan that the spec gives now is not the saved one, or null when executing it does what the saved one shows. Segments that have come
 * into the store since are welcome; segments that have left it would cost what was not shown.
 */
export const driftFrom = (saved: ExecutablePlan, now: ExecutablePlan): Diagnostic | null => {
	const tool = driftedTool(saved.toolchain, now.toolchain);
	if (tool !== null) return drift(`the plan was made with another ${tool}`);
	const [before, after] = [saved.plan.campaign, now.plan.campaign];
	if (before !== after) return drift(`the campaign is named ${quote(after)} now, and was ${quote(before)} in the plan`);
	const shown = saved.plan.outputs.map(outputIdentity);
	const found = new Set(now.plan.outputs.map(outputIdentity));
	const changed = saved.plan.outputs.find((_, index) => !found.has(shown[index] ?? ''));
	if (changed !== undefined) return drift(`the spec or a file that it names has changed since the plan: ${changed.path} is not the same`);
	if (found.size !== shown.length || new Set(shown).size !== shown.length) return drift('the spec has outputs that the plan does not show');
	const reused = new Set(saved.plan.segments.filter((segment) => segment.action === 'reuse').map((segment) => segment.key));
	const lost = now.plan.segments.filter((segment) => segment.action === 'render' && reused.has(segment.key));
	return lost.length === 0 ? null : drift(`the store has lost ${lost.length} of the segments that the plan reuses`);
};

const driftedTool = (before: Toolchain, after: Toolchain): string | null => {
	const names = new Set([...Object.keys(before), ...Object.keys(after)]) as ReadonlySet<keyof Toolchain>;
	for (const name of names)
		if (before[name] !== after[name]) return `${name} (${before[name] ?? 'none'}, and here ${after[name] ?? 'none'})`;
	return null;
};

const outputIdentity = ({ id, path, audio, segments }: ExecutablePlan['plan']['outputs'][number]): string =>
	[id, path, audio ?? '', ...segments].join('\n');

const drift = (summary: string): Diagnostic => ({
	code: 'RF7002',
	severity: 'error',
	summary,
	hint: 'make the plan again with `reelform plan <spec> --out FILE`, and look at what it shows',
});

const mismatch = (summary: string): Outcome<never> => fail(drift(summary));
