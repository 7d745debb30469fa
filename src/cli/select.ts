import { hintForName } from '../diagnostics/suggest.ts';
import type { CampaignSpec, MoodName } from '../model/campaign-spec.gen.ts';
import { SELECTION_AXES, type Selection, type SelectionAxis } from '../model/selection.ts';
import { toSeconds } from '../model/units.ts';
import { UsageError } from './usage-error.ts';

/** Every value that an axis has in a campaign, in the order of the spec. */
export type AxisValues = Readonly<Record<SelectionAxis, readonly string[]>>;

/**
 * `platform=tiktok,youtube duration=15` to a selection. Spaces and repeated expressions mean "and", commas mean "or".
 * @throws UsageError for anything that is not `axis=value[,value]`, or an unknown axis.
 */
export const parseSelection = (expressions: readonly string[]): Selection => {
	const clauses = expressions.flatMap((expression) => expression.split(/\s+/).filter((word) => word !== ''));
	if (clauses.length === 0) throw new UsageError('--select is empty', EXAMPLE);
	const selection: Partial<Record<SelectionAxis, readonly string[]>> = {};
	for (const { axis, values } of clauses.map(parseClause)) {
		selection[axis] = selection[axis]?.filter((value) => values.includes(value)) ?? values;
	}
	return selection;
};

const EXAMPLE = 'for example: --select "platform=tiktok,youtube duration=15"';

const parseClause = (clause: string): { axis: SelectionAxis; values: readonly string[] } => {
	const [name, list, ...rest] = clause.split('=');
	const values = (list ?? '').split(',').filter((value) => value !== '');
	if (!name || values.length === 0 || rest.length > 0) throw new UsageError(`--select cannot read "${clause}"`, EXAMPLE);
	const axis = SELECTION_AXES.find((known) => known === name);
	if (axis === undefined) throw new UsageError(`unknown axis "${name}" in --select`, hintForName(name, SELECTION_AXES));
	return { axis, values: axis === 'duration' ? values.map(shortestSeconds) : values };
};

const shortestSeconds = (written: string): string => (/^\d+(\.\d+)?s?$/.test(written) ? String(Number.parseFloat(written)) : written);

/** The mood of a spec without `variants`. */
export const DEFAULT_MOOD: MoodName = 'sophisticated';

/** The values that `--select` can name for this spec. */
export const axisValues = (spec: CampaignSpec): AxisValues => {
	const variants = spec.variants ?? { default: { mood: DEFAULT_MOOD } };
	return {
		platform: spec.platforms.map((platform) => (typeof platform === 'string' ? platform : platform.name)),
		duration: spec.durations.map((duration) => String(toSeconds(duration))),
		variant: Object.keys(variants),
		mood: [...new Set(Object.values(variants).map((variant) => variant.mood))],
		cta: spec.matrix?.ctas ?? Object.keys(spec.ctas ?? {}),
	};
};

/** @throws UsageError for the first value that no cell of the campaign can have. */
export const checkSelection = (selection: Selection, known: AxisValues): void => {
	for (const axis of SELECTION_AXES) {
		const unknown = selection[axis]?.find((value) => !known[axis].includes(value));
		if (unknown !== undefined)
			throw new UsageError(
				`unknown ${axis} "${unknown}" in --select`,
				known[axis].length === 0 ? 'this campaign has none' : hintForName(unknown, known[axis]),
			);
	}
};
