import { errorAt } from '../../diagnostics/diagnostic.ts';
import { toSeconds } from '../../model/units.ts';
import { layersOf, type Rule } from './rule.ts';

/** A layer comes before it goes, and inside a scene of fixed length. */
export const layerTimes: Rule = ({ draft, rangeOf }) =>
	layersOf(draft).flatMap(({ part, path, scene }) => {
		const from = part.from === undefined ? undefined : toSeconds(part.from);
		const until = part.until === undefined ? undefined : toSeconds(part.until);
		const length =
			scene.duration === undefined || typeof scene.duration === 'object' ? Number.POSITIVE_INFINITY : toSeconds(scene.duration);
		if (until !== undefined && until <= (from ?? 0)) {
			const summary =
				from === undefined ? `the layer is gone at ${until} s, before it is seen` : `the layer goes at ${until} s and comes at ${from} s`;
			return [errorAt(rangeOf([...path, 'until']), 'RF3012', summary, `write an \`until\` above ${from ?? 0}, or leave it out`)];
		}
		if (from !== undefined && from >= length) {
			const hint = `write a \`from\` below ${length}, or make the scene longer`;
			return [errorAt(rangeOf([...path, 'from']), 'RF3012', `the layer comes at ${from} s, its scene ends at ${length} s`, hint)];
		}
		if (until !== undefined && until > length) {
			const summary = `the layer goes at ${until} s, its scene ends at ${length} s`;
			return [errorAt(rangeOf([...path, 'until']), 'RF3012', summary, 'leave `until` out to show it until the end')];
		}
		return [];
	});

/** A layer that draws the brand has one to draw. */
export const layerSubjects: Rule = ({ draft, rangeOf }) =>
	layersOf(draft).flatMap(({ part, path }) => {
		if ('logo' in part && !Object.hasOwn(draft, 'brand')) {
			const hint = 'add `brand: {name: Acme, logo: assets/logo.svg}` to the spec, or remove the layer';
			return [errorAt(rangeOf([...path, 'logo'], 'key'), 'RF3019', "the layer draws the brand's logo, and the spec has no `brand`", hint)];
		}
		return [];
	});
