import type { FieldPath } from '../../model/recipient.ts';
import type { SpecPath } from '../checked-spec.ts';
import type { PlainScene } from '../resolve-scene.ts';
import type { FillProblem } from './fill-scene.ts';

/** The first donut of a filled scene whose parts make no whole: what the rule on charts says of numbers that stand in the spec. */
export const donutProblem = ({ layers }: PlainScene, fields: readonly FieldPath[]): FillProblem | null =>
	problemIn(layers ?? [], ['layers'], fields);

const problemIn = (layers: NonNullable<PlainScene['layers']>, path: SpecPath, fields: readonly FieldPath[]): FillProblem | null => {
	for (const [index, layer] of layers.entries()) {
		const here = [...path, index];
		const inner = 'group' in layer ? problemIn(layer.group, [...here, 'group'], fields) : null;
		if (inner !== null) return inner;
		if (!('chart' in layer) || layer.chart !== 'donut') continue;
		const parts = layer.data.map((point) => (typeof point === 'object' ? point.value : point));
		const summary = parts.some((part) => part < 0)
			? 'a part of a whole is below 0'
			: parts.every((part) => part === 0)
				? 'the parts sum to 0'
				: null;
		if (summary !== null)
			return {
				path: [...here, 'data'],
				field: fields[0] ?? null,
				code: 'RF3066',
				summary,
				hint: 'show it as `chart: bar`, or set `minimum` for the field',
			};
	}
	return null;
};
