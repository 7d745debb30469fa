import { join } from 'node:path';
import { countWorkers, readMachineFacts, workersIn } from '../renderer/count-workers.ts';
import { type BrowserLimits, DEFAULT_BROWSER_LIMITS } from '../renderer/worker-messages.ts';
import type { ExecuteRequest, RunJournal } from './wiring.ts';

/** What a run takes of this machine. */
export type MachineShare = {
	readonly workers: number;
	readonly browserLimits: BrowserLimits;
	readonly nice: boolean;
	readonly failFast: boolean;
};

/** As many workers as asked for, or as the machine keeps busy with the canvases of the plan, and no more than the memory that is allowed. */
export const limitsFor = ({
	plan: { plan },
	concurrency,
	limits,
}: Pick<ExecuteRequest, 'plan' | 'concurrency' | 'limits'>): MachineShare => {
	const { chosenConcurrency = false, memoryBytes = null, nice = false, failFast = false } = limits ?? {};
	const pixels = plan.segments.reduce((most, { canvas }) => Math.max(most, canvas.width * canvas.height), 1);
	const asked = chosenConcurrency ? concurrency : Math.min(concurrency, countWorkers(readMachineFacts(), pixels));
	if (memoryBytes === null) return { workers: asked, browserLimits: DEFAULT_BROWSER_LIMITS, nice, failFast };
	const workers = Math.min(asked, workersIn(memoryBytes, pixels));
	// A browser is replaced at half of what one of the workers may have, this process counted as one: before a reel it has that much left to grow.
	const bytes = Math.min(DEFAULT_BROWSER_LIMITS.bytes, memoryBytes / (workers + 1) / 2);
	return { workers, browserLimits: { ...DEFAULT_BROWSER_LIMITS, bytes }, nice, failFast };
};

/** The journal of a run that begins now. */
export const openJournal = async (stateDirectory: string): Promise<RunJournal> => {
	const startedAt = performance.now();
	const { openRunJournal } = await import('../renderer/run-journal.ts');
	const elapsedMs = (): number => performance.now() - startedAt;
	return openRunJournal({ folder: join(stateDirectory, 'runs'), startedAt: new Date(), pid: process.pid, elapsedMs });
};
