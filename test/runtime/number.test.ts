import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { movements, rebaseDrawing } from '../../src/compiler/rebase-tracks.ts';
import { canonicalJson } from '../../src/model/canonical-json.ts';
import type { Drawing } from '../../src/model/drawing.ts';
import { textAt } from '../../src/runtime/draw-number.tsx';
import { box } from '../support/timelines.ts';

const Counting = suite('runtime/number');

const steps = [
	{ start: -2, text: '0' },
	{ start: 3, text: '5' },
	{ start: 4, text: '8' },
	{ start: 9, text: '10' },
];
const style = { family: 'Inter', weight: 700, italic: false, size: 40, tracking: -1, tabular: true };
const drawing: Drawing = { type: 'number', box, tracks: [], steps, color: '#ffffff', style, align: 'left', baseline: 30 };

const stepsOf = (rebased: Drawing) => (rebased.type === 'number' ? rebased.steps : []);

Counting('a count reads the last text that has started, and its first before that', () => {
	assert.equal(
		[-9, -2, 0, 2, 3, 4, 8, 9, 400].map((frame) => textAt(steps, frame)),
		['0', '0', '0', '0', '5', '8', '8', '10', '10'],
	);
});

Counting('every window of a count reads in each of its frames what the whole reads there', () => {
	for (let offset = 0; offset < 14; offset++)
		for (const frames of [1, 3, 12]) {
			const part = stepsOf(rebaseDrawing(drawing, { offset, frames }));
			for (let frame = 0; frame < frames; frame++) assert.is(textAt(part, frame), textAt(steps, frame + offset), `${offset} ${frame}`);
		}
});

Counting('windows in which a count is over are one and the same', () => {
	const after = (offset: number): string => canonicalJson(rebaseDrawing(drawing, { offset, frames: 30 }));
	assert.is(after(9), after(40));
	assert.equal(stepsOf(rebaseDrawing(drawing, { offset: 9, frames: 30 })), [{ start: 0, text: '10' }]);
});

Counting('a count moves from its first change to its last, and a number that stands still does not', () => {
	assert.equal(movements(drawing), [[-2, 9]]);
	assert.equal(movements({ ...drawing, steps: steps.slice(0, 1) }), []);
});

Counting.run();
