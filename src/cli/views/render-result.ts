import { visible } from '../../diagnostics/visible.ts';
import type { LeaseHolderFacts, RenderEvent, RunSummary } from '../../model/events.ts';
import type { Failure } from '../../model/failure.ts';
import { codeOf } from '../../model/failure.ts';
import type { Colors } from '../terminal.ts';
import { count, quantity, timeSpan } from './quantities.ts';

/** `12 videos in out/quickstart/  360 frames rendered, 2,880 shared, 3 mixes made, 41s`. `framesPlayed` is the sum over the videos that are there. */
export const resultLine = ({ outputs, rows, frames, mixes, durationMs }: RunSummary, directory: string, framesPlayed: number): string => {
	const good = outputs.finished + outputs.unchanged;
	const notes = [
		...(outputs.failed > 0 ? [`${count(outputs.failed)} failed`] : []),
		...(rows !== undefined && rows.skipped > 0 ? [`${quantity(rows.skipped, 'row')} left out`] : []),
		...(outputs.unchanged > 0 ? [outputs.unchanged === good ? 'unchanged' : `${count(outputs.unchanged)} unchanged`] : []),
	];
	const shared = Math.max(0, framesPlayed - frames.rendered);
	const made = mixes?.mixed ?? 0;
	const sound = made === 0 ? '' : `, ${quantity(made, 'mix', 'mixes')} made`;
	const cost = `${quantity(frames.rendered, 'frame')} rendered, ${count(shared)} shared${sound}, ${timeSpan(durationMs / 1000)}`;
	const place = `${quantity(good, 'video')} in ${directory.replace(/\/+$/, '')}/`;
	return [place, ...(notes.length === 0 ? [] : [notes.join(', ')]), cost].join('  ');
};

/** One failed output: which, why, and the end of whatever the tool said. */
export const failureText = (path: string, failure: Failure, colors: Colors): string => {
	const head = `${colors.red(`error[${codeOf(failure)}]`)} ${path}: ${visible(failure.message)}\n`;
	const detail = failure.detail?.trimEnd().split('\n').slice(-8) ?? [];
	return head + detail.map((line) => `  ${colors.dim(visible(line))}\n`).join('');
};

/** What a run with `--fail-fast` leaves behind. */
export const stoppedText = (): string =>
	'Stopped at the first video that failed. What is finished is kept; run the same command again to go on from there.\n';

/** Something that a person should know while the run goes on; null of what is told otherwise. */
export const noticeText = (event: RenderEvent): string | null => {
	switch (event.type) {
		case 'segments-awaited': {
			const what = `${quantity(event.segments, 'segment')} of this plan`;
			const end = event.segments === 1 ? 'It is taken from it when it is done.' : 'They are taken from it when they are done.';
			return `Another render draws ${what}: ${holderText(event.holder)}. ${end}\n`;
		}
		case 'mix-awaited':
			return `Another render mixes a sound of this plan: ${holderText(event.holder)}. It is taken from it when it is done.\n`;
		case 'workers-reduced':
			return `There is too little memory: ${quantity(event.workers, 'browser')} at a time from here on (${visible(event.failure.message)}).\n`;
		default:
			return null;
	}
};

const holderText = ({ pid, host, since }: LeaseHolderFacts): string => `process ${pid} on ${visible(host)}, since ${visible(since)}`;

/** What an interrupted run leaves behind, and how to go on. */
export const interruptedText = (segmentsKept: number): string =>
	`Interrupted. ${quantity(segmentsKept, 'finished segment')} of this run ${segmentsKept === 1 ? 'is' : 'are'} kept in .reelform/store; run the same command again to go on from there.\n`;
