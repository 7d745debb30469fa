import { type Diagnostic, errorAt } from '../../diagnostics/diagnostic.ts';
import { quote } from '../../diagnostics/visible.ts';
import { toSeconds } from '../../model/units.ts';
import type { SpecPath } from '../checked-spec.ts';
import { placed, type Rule, type RuleInput, scenesOf } from './rule.ts';

type Named = { readonly name: string; readonly path: SpecPath };

/** Scene ids, platforms and durations are each there once. `15` and `15s` are one duration. */
export const uniqueNames: Rule = (input) => {
	const { draft } = input;
	const scenes = scenesOf(draft).flatMap(({ part, path }) => (part.id === undefined ? [] : [{ name: part.id, path: [...path, 'id'] }]));
	const platforms = placed(draft.platforms, ['platforms']).flatMap(({ part, path }): Named[] => {
		if (typeof part === 'string') return [{ name: part, path }];
		return part.name === undefined ? [] : [{ name: part.name, path: [...path, 'name'] }];
	});
	const durations = placed(draft.durations, ['durations']).map(({ part, path }) => ({ name: `${toSeconds(part)} s`, path }));
	return [
		...repeated(input, scenes, (name) => [`the scene id ${quote(name)} is used twice`, 'give each scene an id of its own']),
		...repeated(input, platforms, (name) => [`the platform ${quote(name)} is listed twice`, 'remove one, or give it another name']),
		...repeated(input, durations, (name) => [`the duration ${name} is listed twice`, 'remove one']),
	];
};

const repeated = (
	{ rangeOf }: RuleInput,
	names: readonly Named[],
	describe: (name: string) => readonly [summary: string, hint: string],
): Diagnostic[] => {
	const firsts = new Map<string, SpecPath>();
	return names.flatMap(({ name, path }) => {
		const first = firsts.get(name);
		if (first === undefined) {
			firsts.set(name, path);
			return [];
		}
		const related = [{ message: 'first written here', range: rangeOf(first) }];
		return [{ ...errorAt(rangeOf(path), 'RF3002', ...describe(name)), related }];
	});
};
