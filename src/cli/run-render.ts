import type { RenderEvent, RunSummary } from '../model/events.ts';
import type { Failure } from '../model/failure.ts';
import type { CliContext } from './context.ts';
import { openProgress } from './progress-display.ts';
import { type FailureGroup, gatherFailures } from './views/failure-page.ts';
import { jsonLine } from './views/json.ts';
import { failureText, noticeText } from './views/render-result.ts';
import type { RunJournal } from './wiring.ts';

export type RunOutcome = {
	/** Null when the run was interrupted before it could sum up. */
	readonly summary: RunSummary | null;
	/** Ids of the outputs that are there and right. */
	readonly finished: ReadonlySet<string>;
	readonly failures: readonly FailureGroup[];
};

/** Reads the events of a run to its end and shows them: as JSON lines on stdout, or as progress and failures on stderr. */
export const runRender = async (
	context: CliContext,
	{ json, journal }: { readonly json: boolean; readonly journal: RunJournal },
	start: (signal: AbortSignal) => AsyncIterable<RenderEvent>,
): Promise<RunOutcome> => {
	const { stdout, stderr } = context;
	const display = json ? null : openProgress(stderr, context.now);
	const finished = new Set<string>();
	const failures = gatherFailures();
	let summary: RunSummary | null = null;
	let isFirst = true;
	const signal = context.interruption();
	try {
		for await (const event of start(signal)) {
			if (json) stdout.write(jsonLine(event, isFirst));
			isFirst = false;
			display?.show(event);
			journal.write(event);
			const notice = noticeText(event);
			if (notice !== null) display?.note(notice);
			failures.add(event);
			if (event.type === 'output-failed' && isNews(event.failure)) display?.note(failureText(event.path, event.failure, stderr.colors));
			if (event.type === 'output-finished' || event.type === 'output-unchanged') finished.add(event.output);
			if (event.type === 'run-finished') summary = event.summary;
		}
	} catch (error) {
		if (!signal.aborted) throw error;
	} finally {
		display?.close();
	}
	if (summary === null && !signal.aborted) throw new Error('the run ended without a summary');
	return { summary, finished, failures: failures.groups() };
};

/** Faults of the spec and of rows are told with their diagnostics, before the outputs that they cost. */
const isNews = ({ class: failureClass }: Failure): boolean => !['ABORTED', 'USER', 'DATA', 'NETWORK'].includes(failureClass);
