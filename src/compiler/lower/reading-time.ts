import type { SceneContext } from './scene-context.ts';

/** A text that has been placed. Frames of the scene. */
export type Read = { readonly words: number; readonly arrived: number; readonly until: number };

const SECONDS_AT_LEAST = 0.4;
const SECONDS_A_WORD = 0.22;

/** Warns when the words of a scene are gone before they can be read: 0.4 s and 0.22 s a word, after the last has arrived. */
export const checkReadingTime = (context: SceneContext, reads: readonly Read[]): void => {
	const { request, fps } = context;
	// Texts that leave together are read together.
	for (const until of new Set(reads.map((read) => read.until))) {
		const together = reads.filter((read) => read.until === until);
		const words = together.reduce((sum, read) => sum + read.words, 0);
		const needed = Math.ceil((SECONDS_AT_LEAST + SECONDS_A_WORD * words) * fps);
		const arrived = Math.max(...together.map((read) => read.arrived));
		const missing = needed - (until - arrived);
		if (missing <= 0) continue;
		context.report({
			code: 'RF3018',
			severity: 'warning',
			summary: `scene ${request.scene.id} is ${(missing / fps).toFixed(1)} s too short to read its ${words} words in the ${context.mood.name} mood`,
			range: request.checked.rangeOf([...request.path, request.scene.duration === undefined ? 'id' : 'duration']),
			hint: `its last word arrives after ${(arrived / fps).toFixed(1)} s: give the scene more time or say less`,
		});
	}
};

export const countWords = (text: string): number => text.split(/[\s\u00a0]+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
