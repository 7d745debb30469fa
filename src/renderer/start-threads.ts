import { Piscina } from 'piscina';

/** What differs between the pools. `filename` is an absolute path. */
export type ThreadOptions = {
	readonly filename: string;
	readonly workerData: unknown;
	readonly minThreads: number;
	readonly maxThreads: number;
	readonly resourceLimits?: { readonly maxOldGenerationSizeMb: number };
};

/** Starts threads that live until `destroy`, which may be called at any moment: so their file must be one that imports the rest. */
export const startThreads = (options: ThreadOptions): Piscina => {
	if (!options.filename.endsWith('.cjs'))
		throw new Error(`a thread that is ended while it requires ${options.filename} would end the process`);
	const threads = new Piscina({
		...options,
		// A thread that sleeps in Atomics.wait between tasks would not notice that its browser died, nor hear that it should close it.
		atomics: 'disabled',
	});
	// A thread that dies between tasks is replaced; one that dies in a task rejects that task's promise.
	threads.on('error', () => {});
	return threads;
};
