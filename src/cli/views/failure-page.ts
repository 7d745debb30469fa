import { visible } from '../../diagnostics/visible.ts';
import { CODE_OF_FAILURE, type Failure, type FailureClass } from '../../model/failure.ts';
import type { Colors } from '../terminal.ts';
import { count, quantity } from './quantities.ts';

/** Failures with one cause, and some of the videos that they cost. */
export type FailureGroup = { readonly failure: Failure; readonly paths: readonly string[]; readonly outputs: number };

const MOST_GROUPS = 12;
const MOST_PATHS = 3;
/** Causes that are told apart; whatever comes after them counts for its class. */
const MOST_CAUSES = 200;

/** Gathers the failures of a run of any length in little memory. */
export const gatherFailures = (): { add(path: string, failure: Failure): void; groups(): readonly FailureGroup[] } => {
	const groups = new Map<string, { failure: Failure; paths: string[]; outputs: number }>();
	return {
		add(path, failure) {
			const full = groups.size >= MOST_CAUSES;
			const cause = `${failure.class} ${failure.message}`;
			const id = full && !groups.has(cause) ? failure.class : cause;
			const told = id === failure.class ? { class: failure.class, message: 'other causes' } : failure;
			const group = groups.get(id) ?? { failure: told, paths: [], outputs: 0 };
			group.outputs++;
			if (group.paths.length < MOST_PATHS) group.paths.push(path);
			groups.set(id, group);
		},
		groups: () => [...groups.values()].sort((a, b) => b.outputs - a.outputs),
	};
};

/** One page at the end of a run: what did not work, its class and cause, what to do about it, and where the whole story is. */
export const failurePage = (groups: readonly FailureGroup[], journal: string, colors: Colors): string => {
	const shown = groups.slice(0, MOST_GROUPS);
	const outputs = groups.reduce((sum, group) => sum + group.outputs, 0);
	const blocks = shown.flatMap(({ failure, paths, outputs: lost }) => [
		`${colors.red(`${CODE_OF_FAILURE[failure.class]} ${failure.class}`)}  ${quantity(lost, 'video')}`,
		`  cause: ${visible(failure.message)}`,
		`  which: ${paths.map((path) => visible(path)).join(', ')}${lost > paths.length ? ` and ${count(lost - paths.length)} more` : ''}`,
		`  cure:  ${CURES[failure.class]}`,
	]);
	const rest = groups.length > shown.length ? [`and ${quantity(groups.length - shown.length, 'other cause')}`] : [];
	const lines = [`${quantity(outputs, 'video')} could not be made:`, ...blocks, ...rest, `The whole story: ${visible(journal)}`];
	return `${lines.join('\n')}\n`;
};

const CURES: Readonly<Record<FailureClass, string>> = {
	BROWSER_LAUNCH: 'see `reelform doctor`, mend what it names, then run it again',
	BROWSER_CRASH: 'run it again; with --concurrency 1 when it happens every time',
	FRAME_TIMEOUT: 'look at what the scene loads or computes, or lower --concurrency',
	OOM: 'lower --concurrency or --max-memory, or give the machine more',
	PAGE: 'mend the component or the picture that is named, then run it again',
	ENCODE: 'run it again; see `reelform doctor` for the encoder when it happens every time',
	MIX: 'look at the sound that is named, then run it again',
	DISK: 'make room or mend the permissions, then run it again: what is done is kept',
	WORKER: 'run it again; lower --concurrency when it happens every time',
	OUTPUT: 'look at the file in .reelform/rejected and at the report beside it',
	BUNDLE: 'mend the code or the file that is named, then run it again',
	INPUT_CHANGED: 'run it again: the file is planned as it is now',
	ASSET: 'run `reelform assets resolve`, then run it again',
	USER: 'mend the spec where it is named, then run it again',
	DATA: 'mend the row, then run `reelform retry`',
	NETWORK: 'run `reelform retry` when the service answers again',
	LOCK: 'see what the other run does, or end it, then run it again',
	ABORTED: 'run it again: it goes on from here',
	INTERNAL: 'this is a mistake of ours: report it with the journal',
};
