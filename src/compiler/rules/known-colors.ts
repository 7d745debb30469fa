import { errorAt } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { quote } from '../../diagnostics/visible.ts';
import type { SpecPath } from '../checked-spec.ts';
import { parseColor } from '../design/color.ts';
import { knownColorNames } from '../design/theme.ts';
import type { DraftSpec } from '../draft-spec.ts';
import { backgroundsOf, layersOf, type Rule, transitionsOf } from './rule.ts';

type Mention = { readonly written: string | undefined; readonly path: SpecPath };

/** Every colour that a spec writes is one: a hex value, a CSS name, the brand's, or a role of the mood. */
export const knownColors: Rule = ({ draft, rangeOf }) => {
	const names = new Set(knownColorNames());
	return mentions(draft).flatMap(({ written, path }) => {
		// The brand's own colours are what the other names stand on.
		const isKnown = written === undefined || parseColor(written) !== null || (path[0] !== 'brand' && names.has(written));
		if (isKnown) return [];
		const near = didYouMean(written, [...names]);
		const hint =
			near === undefined
				? 'write #rrggbb, a CSS colour name, brand.primary, brand.accent or a role such as accent'
				: `did you mean "${near}"?`;
		return [errorAt(rangeOf(path), 'RF3005', `${quote(written)} is not a colour`, hint)];
	});
};

const mentions = (draft: DraftSpec): readonly Mention[] => [
	...(['primary', 'accent'] as const).map((name) => ({ written: draft.brand?.colors?.[name], path: ['brand', 'colors', name] })),
	...Object.entries(draft.ctas ?? {}).map(([name, cta]) => ({ written: cta?.color, path: ['ctas', name, 'color'] })),
	...backgroundsOf(draft).flatMap(({ part, path }) => [
		...('colors' in part ? (part.colors ?? []).map((written, i) => ({ written, path: [...path, 'colors', i] })) : []),
		...(['color', 'ground'] as const).flatMap((key) => {
			const written = (part as { readonly [K in typeof key]?: string })[key];
			return written === undefined ? [] : [{ written, path: [...path, key] }];
		}),
	]),
	...transitionsOf(draft).flatMap(({ part, path }) =>
		typeof part === 'object' && 'color' in part ? [{ written: part.color, path: [...path, 'color'] }] : [],
	),
	...layersOf(draft).flatMap(({ part, path }) => [
		...('color' in part ? [{ written: part.color, path: [...path, 'color'] }] : []),
		...('logo' in part ? [{ written: part.logo?.color, path: [...path, 'logo', 'color'] }] : []),
	]),
];
