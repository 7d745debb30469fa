import { type Diagnostic, errorAt } from '../../diagnostics/diagnostic.ts';
import type { Layer } from '../../model/campaign-spec.gen.ts';
import type { SpecPath } from '../checked-spec.ts';
import type { Draft } from '../draft-spec.ts';
import { layersOf, type Rule } from './rule.ts';

/** Presets that take a layer apart suit layers that have such parts. */
export const motionSuits: Rule = ({ draft, rangeOf }) =>
	layersOf(draft).flatMap(({ part, path }): readonly Diagnostic[] => {
		// What an override is laid over decides, and is not in it.
		if (isOverride(path)) return [];
		const enter = part.motion?.enter;
		const at = (hint: string): readonly Diagnostic[] => [
			errorAt(rangeOf([...path, 'motion', 'enter']), 'RF3020', `\`${String(enter)}\` does not suit this layer`, hint),
		];
		if ((enter === 'typewriter' || enter === 'word-by-word') && !hasWords(part))
			return at('it is for texts and lists: choose fade-up, scale or mask-reveal');
		if (enter === 'count-up' && !('number' in part)) return at('it is for numbers: write the layer as `number: 10000`');
		return [];
	});

const isOverride = (path: SpecPath): boolean => path.at(-2) === 'for';

const hasWords = (part: Draft<Layer>): boolean => 'text' in part || 'list' in part;

/** Only quotations have somebody who said them. */
export const attributionsSuit: Rule = ({ draft, rangeOf }) =>
	layersOf(draft).flatMap(({ part, path }): readonly Diagnostic[] => {
		if (isOverride(path) || !('text' in part) || part.attribution === undefined || part.role === 'quote') return [];
		const place: SpecPath = [...path, 'attribution'];
		return [errorAt(rangeOf(place, 'key'), 'RF3020', '`attribution` is for quotations', 'add `role: quote`, or make a layer of the words')];
	});
