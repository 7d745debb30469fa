import type { Colors } from '../terminal.ts';
import { framesPerSecond, type Progress } from './progress.ts';
import { count, quantity, timeSpan } from './quantities.ts';

const BAR_WIDTH = 24;

type BarLook = { readonly nowMs: number; readonly columns: number; readonly colors: Colors };

/** One line for a terminal of `columns`: what does not fit is left out from the right, and the line never wraps. */
export const progressBar = (progress: Progress, { nowMs, columns, colors }: BarLook): string => {
	const share = doneShare(progress);
	const filled = Math.round(share * BAR_WIDTH);
	const bar = `${'━'.repeat(filled)}${'─'.repeat(BAR_WIDTH - filled)}`;
	const facts: string[] = [];
	let width = BAR_WIDTH;
	for (const fact of progressFacts(progress, nowMs)) {
		width += fact.length + 2;
		if (width >= columns) break;
		facts.push(fact);
	}
	return [columns > BAR_WIDTH ? `${colors.cyan(bar.slice(0, filled))}${colors.dim(bar.slice(filled))}` : '', ...facts].join('  ');
};

/** The same facts as one plain line, for logs. */
export const progressText = (progress: Progress, nowMs: number): string => progressFacts(progress, nowMs).join(', ');

/** Most wanted first. */
const progressFacts = (progress: Progress, nowMs: number): readonly string[] => {
	const { frames, outputs, mixes } = progress;
	const mixed = mixes.toMake === 0 ? [] : [`${count(mixes.made)}/${quantity(mixes.toMake, 'mix', 'mixes')}`];
	const rate = framesPerSecond(progress, nowMs);
	const left = frames.toRender - frames.rendered;
	return [
		`${String(Math.floor(doneShare(progress) * 100)).padStart(3)} %`,
		...(progress.phase === 'bundling' ? ['bundling'] : []),
		...(frames.toRender > 0 ? [`${count(frames.rendered)}/${count(frames.toRender)} frames`] : mixed),
		...(rate === null ? [] : [`${rate.toFixed(1)} frames/s`]),
		...(rate === null || left <= 0 ? [] : [`${timeSpan(Math.max(1, Math.round(left / rate)))} left`]),
		`${count(outputs.done)}/${quantity(outputs.total, 'video')}`,
		...(frames.toRender > 0 ? mixed : []),
		...(outputs.failed > 0 ? [`${count(outputs.failed)} failed`] : []),
		...(frames.reused > 0 ? [`${count(frames.reused)} reused`] : []),
	];
};

/** Of the frames, and of the mixes and outputs when there is no frame to render; 0 to 1. */
const doneShare = ({ frames, outputs, mixes }: Progress): number => {
	if (frames.toRender > 0) return Math.min(1, frames.rendered / frames.toRender);
	const all = outputs.total + mixes.toMake;
	return all === 0 ? 0 : Math.min(1, (outputs.done + outputs.failed + mixes.made) / all);
};
