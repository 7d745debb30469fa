import type { OutputChange, PlannedOutput, PlannedSegment, RenderPlan } from '../../model/render-plan.ts';
import type { Colors } from '../terminal.ts';
import { count, quantity } from './quantities.ts';
import { table } from './table.ts';

type Change = OutputChange['change'];

export const CHANGES: readonly Change[] = ['new', 'changed', 'unchanged', 'orphaned'];
export const SIGNS: Readonly<Record<Change, string>> = { new: '+', changed: '~', unchanged: '=', orphaned: '-' };

/** Plans with more outputs than this show them in groups of one platform and variant. */
const MOST_OUTPUTS_IN_FULL = 12;
const MOST_RENDER_ROWS = 20;

/** What happens to each output, or to each group of them when there are many. Outputs that are gone come last. */
export const outputLines = (plan: RenderPlan, colors: Colors): readonly string[] => {
	const changes = new Map(plan.changes.map((change) => [change.id, change.change]));
	const orphans = plan.changes.filter((change) => change.change === 'orphaned');
	const isShort = plan.outputs.length + orphans.length <= MOST_OUTPUTS_IN_FULL;
	const rows = isShort
		? [
				...plan.outputs.map((output) => row(changes.get(output.id) ?? 'new', output.path, [output])),
				...orphans.map((orphan) => row('orphaned', orphan.path, [])),
			]
		: [...groups(plan, changes), ...(orphans.length === 0 ? [] : [row('orphaned', quantity(orphans.length, 'output'), [])])];
	const columns = Array.from({ length: 6 }, () => ({ title: '', align: 'left' as const }));
	return table(columns, rows).map((line) => paint(line, colors));
};

const groups = (plan: RenderPlan, changes: ReadonlyMap<string, Change>): readonly (readonly string[])[] => {
	const byGroup = groupBy(plan.outputs, (output) => `${output.axes.platform}/${output.axes.variant}`);
	return [...byGroup].map(([name, outputs]) => {
		const tally = groupBy(outputs, (output) => changes.get(output.id) ?? 'new');
		const sole = tally.size === 1 ? [...tally.keys()][0] : undefined;
		const parts = CHANGES.filter((change) => tally.has(change)).map((change) => `${count(tally.get(change)?.length ?? 0)} ${change}`);
		return row(sole ?? 'changed', name, outputs, [quantity(outputs.length, 'output'), sole ?? parts.join(', ')]);
	});
};

const row = (change: Change, name: string, outputs: readonly PlannedOutput[], end: readonly string[] = [change]): readonly string[] => {
	const [first] = outputs;
	const durations = [...new Set(outputs.map((output) => output.axes.duration))];
	const facts = first === undefined ? ['', '', ''] : [size(first), `${first.fps} fps`, `${durations.join(', ')} s`];
	return [`${SIGNS[change]} ${name}`, ...facts, ...end];
};

const size = ({ width, height }: { readonly width: number; readonly height: number }): string => `${width}x${height}`;

const paint = (line: string, colors: Colors): string => {
	switch (line.trimStart()[0]) {
		case '+':
			return colors.green(line);
		case '~':
			return colors.yellow(line);
		case '-':
			return colors.red(line);
		default:
			return colors.dim(line);
	}
};

/** What is rendered and why: segments of one scene with one reason on one line, the most frames first. Empty when nothing is rendered. */
export const renderLines = (plan: RenderPlan): readonly string[] => {
	const pending = plan.segments.filter((segment) => segment.action === 'render');
	if (pending.length === 0) return [];
	const rows = [...groupBy(pending, (segment) => `${segment.label}\n${segment.reason}`).values()]
		.map((segments) => ({ segments, frames: sum(segments, (segment) => segment.frames) }))
		.sort((a, b) => b.frames - a.frames);
	const shown = rows.slice(0, MOST_RENDER_ROWS);
	const hidden = rows.slice(MOST_RENDER_ROWS);
	const lines = table(
		COLUMNS,
		shown.map(({ segments, frames }) => renderRow(segments, frames)),
	);
	if (hidden.length === 0) return lines;
	return [
		...lines,
		`  and ${quantity(hidden.length, 'more row')} with ${quantity(
			sum(hidden, ({ frames }) => frames),
			'frame',
		)}: see --json`,
	];
};

const COLUMNS = [
	{ title: 'scene', align: 'left' },
	{ title: 'canvas', align: 'left' },
	{ title: 'segments', align: 'right' },
	{ title: 'frames', align: 'right' },
	{ title: 'played', align: 'right' },
	{ title: 'why', align: 'left' },
] as const;

const renderRow = (segments: readonly PlannedSegment[], frames: number): readonly string[] => {
	const [first] = segments;
	const canvases = new Set(segments.map((segment) => size(segment.canvas)));
	return [
		first?.label ?? '',
		canvases.size === 1 ? ([...canvases][0] ?? '') : `${canvases.size} canvases`,
		count(segments.length),
		count(frames),
		`${count(sum(segments, (segment) => segment.uses))}x`,
		first?.reason ?? '',
	];
};

const sum = <T>(values: readonly T[], of: (value: T) => number): number => values.reduce((total, value) => total + of(value), 0);

const groupBy = <T, K>(values: readonly T[], keyOf: (value: T) => K): Map<K, T[]> => {
	const groups = new Map<K, T[]>();
	for (const value of values) {
		const key = keyOf(value);
		groups.set(key, [...(groups.get(key) ?? []), value]);
	}
	return groups;
};
