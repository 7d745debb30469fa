import type { SpecPath } from '../checked-spec.ts';
import type { LayoutFailure } from '../design/layout.ts';
import type { SceneItem } from './build-stacks.ts';
import type { Part } from './part.ts';
import type { SceneContext } from './scene-context.ts';

const LONGEST = 60;

/** A layer's place in its list, counted from 0 as the spec has it. */
const numberOf = (path: SpecPath): string => String(path.findLast((step) => typeof step === 'number'));

/** A stack that does not fit its region even in the smallest type that can be read: names the layer, the cell and the text. */
export const reportOverflow = ({ request, report, mood, frame }: SceneContext, { stack, item }: LayoutFailure<Part>): void => {
	const { culprit } = stack.items[item] as SceneItem;
	const region = typeof stack.region === 'string' ? `the region ${stack.region}` : 'its region';
	const text = culprit?.wording?.text;
	const quoted = text === undefined ? 'its content' : `"${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}"`;
	const path = culprit?.wording?.path ?? culprit?.active.path ?? [...request.path, 'layers'];
	const of = culprit?.wording?.of;
	const layer =
		culprit === null || culprit === undefined
			? ''
			: ` ${of ?? `layer ${numberOf(request.sourceOf?.(culprit.active.path) ?? culprit.active.path)}`}`;
	report({
		code: 'RF3014',
		severity: 'error',
		summary: `scene ${request.scene.id}${layer}: ${quoted} does not fit ${region} on ${frame.width}x${frame.height} in the ${mood.name} mood at a size that can be read`,
		range: request.checked.rangeOf(path),
		hint:
			of === 'captions'
				? 'say it in shorter words, or make room: the captions stand under what else is there'
				: 'shorten the text, give the layer another role or region, or move a layer of this region to another scene',
	});
};
