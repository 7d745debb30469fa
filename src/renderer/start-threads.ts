import { Piscina } from 'piscina';

/** What differs between the pools. `filename` is a built ES module, an absolute path. */
export type ThreadOptions = {
	readonly filename: string;
	readonly workerData: unknown;
	readonly minThreads: number;
	readonly maxThreads: number;
	readonly resourceLimits?: { readonly maxOldGenerationSizeMb: number };
};

/** Starts threads that live until `destroy`, which may be called at any moment. */
export const startThreads = (options: ThreadOptions): Piscina => {
	const threads = new Piscina({
		...options,
		// A thread that sleeps in Atomics.wait between tasks would not notice that its browser died, nor hear that it should close it.
		atomics: 'disabled',
		// Piscina tries `require` before `import`. A thread that is ended while it requires an ES module aborts the whole process
		// (node::loader::ModuleWrap::CreateRequiredModuleFacade, seen in Node 20.20); one that imports it just ends.
		execArgv: ['--no-experimental-require-module'],
	});
	// A thread that dies between tasks is replaced; one that dies in a task rejects that task's promise.
	threads.on('error', () => {});
	return threads;
};
