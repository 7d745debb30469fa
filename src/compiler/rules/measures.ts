import { type Diagnostic, errorAt } from '../../diagnostics/diagnostic.ts';
import { toSeconds } from '../../model/units.ts';
import type { SpecPath } from '../checked-spec.ts';
import { conditionsOf, layersOf, placed, type Rule, type RuleInput, scenesOf, textsIn } from './rule.ts';

const MAX_SECONDS = 3600;
const TIMES: readonly unknown[] = ['durations', 'duration', 'min', 'max', 'from', 'until'];
const SHARES: readonly unknown[] = ['top', 'bottom', 'left', 'right', 'x', 'y', 'width', 'height'];

/** Times and shares that are written as texts keep to the limits that the schema sets for numbers. */
export const measures: Rule = (input) =>
	textsIn(input.draft, []).flatMap(({ text, path }) => {
		// Data, and what a component is given, have names of their own.
		if (['props', 'propsSchema', 'data'].some((key) => path.includes(key))) return [];
		const name = path.findLast((step) => typeof step === 'string');
		const number = Number(text.slice(0, -1));
		const isTime = TIMES.includes(name) && /^[\d.]+s$/.test(text);
		if (isTime && number === 0 && name !== 'from' && name !== 'until')
			return [outOfRange(input, path, `${text} is too short`, 'write more than 0')];
		if (isTime && number > MAX_SECONDS) return [outOfRange(input, path, `${text} is too long`, `write at most ${MAX_SECONDS}s`)];
		const isShare = SHARES.includes(name) && /^[\d.]+%$/.test(text);
		return isShare && number > 100 ? [outOfRange(input, path, `${text} is more than the whole`, 'write at most 100%')] : [];
	});

/** The shortest length is not longer than the longest, of a scene and of a condition. */
export const orderedLengths: Rule = (input) => {
	const scenes = scenesOf(input.draft).map(({ part, path }) => ({ range: part.duration, path: [...path, 'duration'] }));
	const conditions = conditionsOf(input.draft).map(({ part, path }) => ({ range: part.duration, path: [...path, 'duration'] }));
	return [...scenes, ...conditions].flatMap(({ range, path }) => {
		if (typeof range !== 'object' || range.min === undefined || range.max === undefined) return [];
		if (toSeconds(range.min) <= toSeconds(range.max)) return [];
		const related = [{ message: 'the longest length', range: input.rangeOf([...path, 'max']) }];
		const problem = outOfRange(input, [...path, 'min'], `min ${range.min} is more than max ${range.max}`, 'exchange them, or raise max');
		return [{ ...problem, related }];
	});
};

/** Safe areas and boxes leave something to draw in. */
export const roomToDraw: Rule = (input) => {
	const areas = placed(input.draft.platforms, ['platforms']).flatMap(({ part, path }) => {
		const { top, bottom, left, right } = (typeof part === 'object' ? part.safeArea : undefined) ?? {};
		return [
			...(coverAll(top, bottom) ? [outOfRange(input, [...path, 'safeArea', 'top'], 'top and bottom cover the whole height', SHRINK)] : []),
			...(coverAll(left, right) ? [outOfRange(input, [...path, 'safeArea', 'left'], 'left and right cover the whole width', SHRINK)] : []),
		];
	});
	const boxes = layersOf(input.draft).flatMap(({ part, path }) => {
		const box = part.at;
		if (typeof box !== 'object') return [];
		return [
			...beyondEdge(input, [...path, 'at', 'width'], box.x, box.width),
			...beyondEdge(input, [...path, 'at', 'height'], box.y, box.height),
		];
	});
	return [...areas, ...boxes];
};

const SHRINK = 'keep their sum under 100%';

/** Of two insets that are each possible on their own. */
const coverAll = (one: string | undefined, other: string | undefined): boolean =>
	share(one) + share(other) >= 100 && share(one) <= 100 && share(other) <= 100;

const beyondEdge = (input: RuleInput, path: SpecPath, start: string | undefined, size: string | undefined): readonly Diagnostic[] => {
	if (start === undefined || size === undefined || share(start) > 100 || share(size) > 100) return [];
	if (share(size) === 0) return [outOfRange(input, path, 'the box has no size', 'write more than 0%')];
	if (share(start) + share(size) <= 100) return [];
	return [
		outOfRange(
			input,
			path,
			`the box ends at ${share(start) + share(size)}%, outside the safe area`,
			`write at most ${100 - share(start)}%`,
		),
	];
};

const share = (percent: string | undefined): number => (percent === undefined ? 0 : Number(percent.slice(0, -1)));

const outOfRange = ({ rangeOf }: RuleInput, path: SpecPath, summary: string, hint: string): Diagnostic =>
	errorAt(rangeOf(path), 'RF2005', summary, hint);
