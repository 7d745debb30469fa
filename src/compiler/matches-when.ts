import type { AxisFilter, When } from '../model/campaign-spec.gen.ts';
import type { Cell } from '../model/cell.ts';
import { aspectOf } from '../model/platform.ts';
import type { RowValues } from '../model/recipient.ts';
import { toSeconds } from '../model/units.ts';
import { dataTest } from './data-condition.ts';

const among = (names: string | readonly string[] | undefined, name: string | null): boolean =>
	names === undefined || (name !== null && (typeof names === 'string' ? names === name : names.includes(name)));

/**
 * Whether every condition of a `when` holds for a cell and a row, those inside `any`, `all` and `not` included. No `when` holds always;
 * without a row no condition on data holds.
 */
export const matchesWhen = (when: When | undefined, cell: Cell, values: RowValues | null = null): boolean => {
	if (when === undefined) return true;
	const { min, max } = when.duration ?? {};
	return (
		among(when.platform, cell.platform.name) &&
		among(when.variant, cell.variant) &&
		among(when.mood, cell.mood) &&
		among(when.cta, cell.cta?.name ?? null) &&
		among(when.aspect, aspectOf(cell.platform.canvas)) &&
		(min === undefined || cell.seconds >= toSeconds(min)) &&
		(max === undefined || cell.seconds <= toSeconds(max)) &&
		(when.data === undefined || (values !== null && dataTest(when.data)(values))) &&
		(when.any === undefined || when.any.some((one) => matchesWhen(one, cell, values))) &&
		(when.all === undefined || when.all.every((one) => matchesWhen(one, cell, values))) &&
		(when.not === undefined || !matchesWhen(when.not, cell, values))
	);
};

/** Whether a cell is one of those that a matrix entry names. */
export const matchesAxes = (filter: AxisFilter, cell: Cell): boolean => {
	const durations = filter.duration === undefined ? undefined : Array.isArray(filter.duration) ? filter.duration : [filter.duration];
	return (
		among(filter.platform, cell.platform.name) &&
		among(filter.variant, cell.variant) &&
		among(filter.cta, cell.cta?.name ?? null) &&
		(durations === undefined || durations.some((written) => toSeconds(written) === cell.seconds))
	);
};
