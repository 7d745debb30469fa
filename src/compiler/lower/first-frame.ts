import type { Layer } from '../../model/campaign-spec.gen.ts';
import type { ActiveLayer, SceneContext } from './scene-context.ts';

/** Warns when everything of the first scene comes in later because the spec says so: its first frame is the thumbnail, and would be empty. */
export const checkFirstFrame = ({ request, layers, report }: SceneContext): void => {
	const [first] = layers;
	if (!request.first || first === undefined || !layers.every(isAway)) return;
	report({
		code: 'RF3021',
		severity: 'warning',
		summary: `the first frame of scene ${request.scene.id} shows none of its layers, and platforms use it as the thumbnail`,
		range: request.checked.rangeOf(first.path),
		hint: 'leave `enter` out of one layer: what is there from the start moves into place without being hidden',
	});
};

const isAway = ({ layer, from }: ActiveLayer): boolean => from > 0 || hides(layer);

const hides = ({ motion }: Layer): boolean => motion?.enter !== undefined && motion.enter !== 'none' && motion.enter !== 'count-up';
