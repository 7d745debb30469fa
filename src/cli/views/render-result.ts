import { visible } from '../../diagnostics/visible.ts';
import type { RunSummary } from '../../model/events.ts';
import type { Failure } from '../../model/failure.ts';
import { CODE_OF_FAILURE } from '../../model/failure.ts';
import type { Colors } from '../terminal.ts';
import { count, quantity, timeSpan } from './quantities.ts';

/** `12 videos in out/quickstart/  360 frames rendered, 2,880 shared, 41s`. `framesPlayed` is the sum over the videos that are there. */
export const resultLine = ({ outputs, frames, durationMs }: RunSummary, directory: string, framesPlayed: number): string => {
	const good = outputs.finished + outputs.unchanged;
	const notes = [
		...(outputs.failed > 0 ? [`${count(outputs.failed)} failed`] : []),
		...(outputs.unchanged > 0 ? [outputs.unchanged === good ? 'unchanged' : `${count(outputs.unchanged)} unchanged`] : []),
	];
	const shared = Math.max(0, framesPlayed - frames.rendered);
	const cost = `${quantity(frames.rendered, 'frame')} rendered, ${count(shared)} shared, ${timeSpan(durationMs / 1000)}`;
	const place = `${quantity(good, 'video')} in ${directory.replace(/\/+$/, '')}/`;
	return [place, ...(notes.length === 0 ? [] : [notes.join(', ')]), cost].join('  ');
};

/** One failed output: which, why, and the end of whatever the tool said. */
export const failureText = (path: string, failure: Failure, colors: Colors): string => {
	const head = `${colors.red(`error[${CODE_OF_FAILURE[failure.class]}]`)} ${path}: ${visible(failure.message)}\n`;
	const detail = failure.detail?.trimEnd().split('\n').slice(-8) ?? [];
	return head + detail.map((line) => `  ${colors.dim(visible(line))}\n`).join('');
};

/** What an interrupted run leaves behind, and how to go on. */
export const interruptedText = (segmentsKept: number): string =>
	`Interrupted. ${quantity(segmentsKept, 'finished segment')} of this run ${segmentsKept === 1 ? 'is' : 'are'} kept in .reelform/store; run the same command again to go on from there.\n`;
