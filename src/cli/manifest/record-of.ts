import { axesOf } from '../../model/cell.ts';
import type { RenderEvent } from '../../model/events.ts';
import { codeOf, type Failure } from '../../model/failure.ts';
import { RECIPIENTS } from '../../model/recipient.ts';
import type { PlannedOutput } from '../../model/render-plan.ts';
import { isOfRecipient, type RowProblem, rowFailure } from '../../model/row-problem.ts';
import type { UnmadeOutput } from '../wiring.ts';
import type { ManifestRecord } from './record.ts';

/** What an event says of an output of a plan; null for what says nothing of it. */
export const recordOf = (event: RenderEvent, output: PlannedOutput): ManifestRecord | null => {
	switch (event.type) {
		case 'output-finished':
			return { ...aboutOutput(output), status: 'finished', sha256: event.report.sha256, error: null };
		case 'output-unchanged':
			return { ...aboutOutput(output), status: 'unchanged', sha256: event.sha256, error: null };
		case 'output-failed':
			return { ...aboutOutput(output), status: 'failed', sha256: null, error: errorOf(event.failure) };
		default:
			return null;
	}
};

const errorOf = (failure: Failure): ManifestRecord['error'] => ({ code: codeOf(failure), message: failure.message });

const aboutOutput = ({
	id,
	path,
	axes,
	recipient,
	row,
	fps,
	frames,
}: PlannedOutput): Omit<ManifestRecord, 'status' | 'sha256' | 'error'> => ({
	...{ key: recipient, output: id, path, frames, seconds: frames / fps, row: row ?? null },
	...axes,
});

/** An output that no plan has, and why it has not. */
export const unmadeRecord = ({ id, path, cell, recipient }: UnmadeOutput, failure: Failure): ManifestRecord => ({
	...{ key: recipient.key, output: id, path, status: 'failed', frames: null, seconds: null, sha256: null, row: recipient.row },
	...axesOf(cell),
	error: errorOf(failure),
});

/** A row of which nothing can be made. */
export const skippedRecord = (problem: RowProblem): ManifestRecord => ({
	...{ key: problem.key, output: `${isOfRecipient(problem) ? RECIPIENTS : problem.source}/${problem.row}`, path: null, row: problem.row },
	...{ status: 'skipped', frames: null, seconds: null, sha256: null },
	...{ platform: null, duration: null, variant: null, mood: null, cta: null },
	error: errorOf(rowFailure(problem)),
});
