import { type Diagnostic, errorAt } from '../../diagnostics/diagnostic.ts';
import { quote } from '../../diagnostics/visible.ts';
import type { CtaLayer } from '../../model/campaign-spec.gen.ts';
import { type Draft, isBroken } from '../draft-spec.ts';
import { layersOf, type Placed, type Rule, type RuleInput } from './rule.ts';

/** A layer that draws a call to action has one to draw, in every cell, with an address where it shows one. */
export const ctaLayers: Rule = (input) =>
	layersOf(input.draft).flatMap(({ part, path }) => {
		if (!('cta' in part) || part.cta === undefined) return [];
		const missing = missingCta(input, part.cta);
		return missing === null
			? missingAddress(input, { part, path })
			: [errorAt(input.rangeOf([...path, 'cta'], 'key'), 'RF3016', ...missing)];
	});

type Shown = Draft<CtaLayer['cta']>;

const missingCta = ({ draft }: RuleInput, cta: Shown): readonly [summary: string, hint: string] | null => {
	if (!Object.hasOwn(draft, 'ctas')) {
		const hint = 'add `ctas: {shop-now: {text: Shop Now}}` to the spec, or remove the layer';
		return ['the layer draws a call to action, and the spec has no `ctas`', hint];
	}
	if (draft.matrix?.ctas?.length !== 0 || Object.hasOwn(cta, 'default')) return null;
	return [
		'the matrix has no calls to action, and the layer has no `default`',
		'write `cta: {default: <name>}`, or take `ctas: []` out of `matrix`',
	];
};

const missingAddress = ({ draft, rangeOf }: RuleInput, { part: { cta }, path }: Placed<CtaLayer>): readonly Diagnostic[] => {
	const key = cta?.qr === true ? 'qr' : cta?.url === true ? 'url' : null;
	if (key === null || cta === undefined || isBroken(draft, 'ctas')) return [];
	const onAxis = draft.matrix?.ctas ?? Object.keys(draft.ctas ?? {});
	const drawn = onAxis.length > 0 ? onAxis : [cta.default];
	return drawn.flatMap((name) => {
		const spec = name === undefined ? undefined : draft.ctas?.[name];
		if (name === undefined || spec === undefined || Object.hasOwn(spec, 'url')) return [];
		const summary = `the layer shows the address of each call to action, and ${quote(name)} has none`;
		const related = [{ message: 'the call to action', range: rangeOf(['ctas', name], 'key') }];
		return [
			{ ...errorAt(rangeOf([...path, 'cta', key], 'key'), 'RF3050', summary, `add \`url\` to it, or remove \`${key}\` here`), related },
		];
	});
};
