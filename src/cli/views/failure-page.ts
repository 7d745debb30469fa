import { visible } from '../../diagnostics/visible.ts';
import type { RenderEvent, RowEvent } from '../../model/events.ts';
import { codeOf, type Failure, type FailureClass } from '../../model/failure.ts';
import type { Colors } from '../terminal.ts';
import { count, quantity } from './quantities.ts';

/** What a failure costs: a video, all videos of a row, a picture in the videos of a row, or the rows that were not reached. */
type Loss = 'video' | 'row' | 'picture' | 'rest';

/** Failures with one cause, and some of what they cost. */
export type FailureGroup = {
	readonly loss: Loss;
	readonly failure: Failure;
	readonly examples: readonly string[];
	readonly number: number;
};

const MOST_GROUPS = 12;
const MOST_EXAMPLES = 3;
/** Causes that are told apart; whatever comes after them counts for its class. */
const MOST_CAUSES = 200;

/** Gathers the failures of a run of any length in little memory. */
export const gatherFailures = (): { add(event: RenderEvent): void; groups(): readonly FailureGroup[] } => {
	const groups = new Map<string, { loss: Loss; failure: Failure; examples: string[]; number: number }>();
	return {
		add(event) {
			const lost = lossIn(event);
			if (lost === null) return;
			const { loss, example, failure } = lost;
			const rest = `${loss} ${failure.class}`;
			// What a diagnostic tells is one cause, though its words name a value or an address of each row.
			const cause = `${rest} ${failure.code ?? failure.message}`;
			const id = groups.size >= MOST_CAUSES && !groups.has(cause) ? rest : cause;
			const told = id === rest ? { class: failure.class, message: 'other causes' } : failure;
			const group = groups.get(id) ?? { loss, failure: told, examples: [], number: 0 };
			group.number++;
			if (group.examples.length < MOST_EXAMPLES) group.examples.push(example);
			groups.set(id, group);
		},
		groups: () => [...groups.values()].sort((a, b) => Number(isOnlyPicture(a)) - Number(isOnlyPicture(b)) || b.number - a.number),
	};
};

const isOnlyPicture = ({ loss }: { readonly loss: Loss }): boolean => loss === 'picture';

const lossIn = (event: RenderEvent): { readonly loss: Loss; readonly example: string; readonly failure: Failure } | null => {
	switch (event.type) {
		case 'output-failed':
			return event.failure.class === 'ABORTED' ? null : { loss: 'video', example: event.path, failure: event.failure };
		case 'row-skipped':
			return { loss: 'row', example: rowText(event), failure: event.failure };
		case 'picture-replaced':
			return { loss: 'picture', example: rowText(event), failure: event.failure };
		case 'rows-cut':
			return { loss: 'rest', example: 'all rows after those that were rendered', failure: event.failure };
		default:
			return null;
	}
};

const rowText = ({ source, row, key }: RowEvent): string => `${source} row ${count(row)}${key === null ? '' : ` (key ${key})`}`;

/** One page at the end of a run: what did not work, its class and cause, what to do about it, and where the whole story is. */
export const failurePage = (groups: readonly FailureGroup[], journal: string, colors: Colors): string => {
	const shown = groups.slice(0, MOST_GROUPS);
	const blocks = shown.flatMap(({ loss, failure, examples, number }) => [
		`${colors.red(`${codeOf(failure)} ${failure.class}`)}  ${lossText(loss, number)}`,
		`  cause: ${visible(failure.message)}`,
		`  which: ${examples.map((example) => visible(example)).join(', ')}${number > examples.length ? ` and ${count(number - examples.length)} more` : ''}`,
		`  cure:  ${cureOf(loss, failure)}`,
	]);
	const rest = groups.length > shown.length ? [`and ${quantity(groups.length - shown.length, 'other cause')}`] : [];
	const lines = [`${headline(groups)}:`, ...blocks, ...rest, `The whole story: ${visible(journal)}`];
	return `${lines.join('\n')}\n`;
};

const lossText = (loss: Loss, number: number): string => (loss === 'rest' ? 'rows not reached' : quantity(number, loss));

const headline = (groups: readonly FailureGroup[]): string => {
	const sum = (loss: Loss): number => groups.reduce((total, group) => total + (group.loss === loss ? group.number : 0), 0);
	const [videos, rows, pictures, rest] = [sum('video'), sum('row'), sum('picture'), sum('rest')];
	return [
		...(videos > 0 ? [`${quantity(videos, 'video')} could not be made`] : []),
		...(rows > 0 ? [`${quantity(rows, 'row')} left out`] : []),
		...(rest > 0 ? ['rows not read to their end'] : []),
		...(pictures > 0 ? [`${quantity(pictures, 'picture')} replaced`] : []),
	].join(', ');
};

const cureOf = (loss: Loss, failure: Failure): string => {
	switch (loss) {
		case 'picture':
			return 'the videos are there, without it: mend the row, or run `reelform render` again when the picture can be had';
		case 'rest':
			return 'mend the source, then run it again';
		case 'video':
		case 'row':
			return CURES[failure.class];
	}
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
