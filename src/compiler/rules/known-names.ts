import { type Diagnostic, errorAt } from '../../diagnostics/diagnostic.ts';
import { hintForName, listNames } from '../../diagnostics/suggest.ts';
import { quote } from '../../diagnostics/visible.ts';
import type { AxisFilter, Overrides } from '../../model/campaign-spec.gen.ts';
import { toSeconds } from '../../model/units.ts';
import type { SpecPath } from '../checked-spec.ts';
import { type Draft, type DraftSpec, isBroken } from '../draft-spec.ts';
import { conditionsOf, forsOf, layersOf, type Placed, placed, type Rule, type RuleInput } from './rule.ts';

type Axis = 'platform' | 'duration' | 'variant' | 'mood' | 'cta';

/** The names of each axis; null when one of them is broken, so that it cannot be said what is unknown. */
type AxisNames = Readonly<Record<Axis, readonly string[] | null>>;

/** Every platform, duration, variant, mood and CTA that `matrix`, `when`, `for` and `cta` name is one that the spec has. */
export const knownNames: Rule = (input) => {
	const { draft } = input;
	const axes = axisNames(draft);
	const filters: readonly Placed<AxisFilter>[] = [
		...placed(draft.matrix?.include, ['matrix', 'include']),
		...placed(draft.matrix?.exclude, ['matrix', 'exclude']),
	];
	return [
		...filters.flatMap(({ part, path }) => [
			...(['platform', 'variant', 'cta'] as const).flatMap((axis) =>
				unknownIn(input, axes, { axis, written: part[axis], path: [...path, axis] }),
			),
			...unknownIn(input, axes, { axis: 'duration', written: asNames(part.duration), path: [...path, 'duration'] }),
		]),
		...conditionsOf(draft).flatMap(({ part, path }) =>
			(['platform', 'variant', 'mood', 'cta'] as const).flatMap((axis) =>
				unknownIn(input, axes, { axis, written: part[axis], path: [...path, axis] }),
			),
		),
		...forsOf(draft).flatMap((overrides) => unknownOverrides(input, axes, overrides)),
		...unknownIn(input, axes, { axis: 'cta', written: draft.matrix?.ctas, path: ['matrix', 'ctas'] }),
		...layersOf(draft).flatMap(({ part, path }) =>
			'cta' in part ? unknownIn(input, axes, { axis: 'cta', written: part.cta?.default, path: [...path, 'cta', 'default'] }) : [],
		),
	];
};

const ASPECTS: readonly string[] = ['portrait', 'landscape', 'square'];

const unknownOverrides = (
	{ rangeOf }: RuleInput,
	{ platform, variant }: AxisNames,
	{ part, path }: Placed<Overrides>,
): readonly Diagnostic[] => {
	if (platform === null || variant === null) return [];
	const known = [...platform, ...variant, ...ASPECTS];
	return Object.keys(part)
		.filter((name) => !known.includes(name))
		.map((name) =>
			errorAt(
				rangeOf([...path, name], 'key'),
				'RF3001',
				`no platform, aspect or variant is named ${quote(name)}`,
				hintForName(name, known),
			),
		);
};

type Mention = { readonly axis: Axis; readonly written: Draft<string | string[]> | undefined; readonly path: SpecPath };

const unknownIn = ({ rangeOf }: RuleInput, axes: AxisNames, { axis, written, path }: Mention): readonly Diagnostic[] => {
	const known = axes[axis];
	if (known === null || written === undefined) return [];
	const names = typeof written === 'string' ? [{ part: written, path }] : placed(written, path);
	return names
		.filter(({ part }) => !known.includes(part))
		.map(({ part, path: place }) => {
			const unit = axis === 'duration' ? `${part} s` : quote(part);
			return errorAt(rangeOf(place), 'RF3001', `the spec has no ${axis} ${unit}`, cureFor(axis, part, known));
		});
};

const cureFor = (axis: Axis, name: string, known: readonly string[]): string => {
	if (known.length === 0) return `add ${axis}s to the spec, or remove the condition`;
	// 30 is not a misspelt 60.
	return axis === 'duration' ? `one of: ${listNames(known)}` : hintForName(name, known);
};

const axisNames = (draft: DraftSpec): AxisNames => {
	const variants = Object.values(draft.variants ?? {});
	const moods = variants.map((variant) => variant?.mood);
	return {
		platform: whole(draft.platforms?.map((platform) => (typeof platform === 'string' ? platform : platform?.name))),
		duration: whole(draft.durations?.map((seconds) => (seconds === undefined ? undefined : String(toSeconds(seconds))))),
		variant: isBroken(draft, 'variants') ? null : Object.keys(draft.variants ?? { default: null }),
		mood: isBroken(draft, 'variants') ? null : draft.variants === undefined ? ['sophisticated'] : whole(moods),
		cta: isBroken(draft, 'ctas') ? null : Object.keys(draft.ctas ?? {}),
	};
};

const whole = (names: readonly (string | undefined)[] | undefined): readonly string[] | null => {
	const known = (names ?? []).filter((name) => name !== undefined);
	return names === undefined || known.length < names.length ? null : [...new Set(known)];
};

const asNames = (seconds: Draft<AxisFilter>['duration']): readonly (string | undefined)[] | string | undefined => {
	if (typeof seconds === 'object') return seconds.map((one) => (one === undefined ? undefined : String(toSeconds(one))));
	return seconds === undefined ? undefined : String(toSeconds(seconds));
};
