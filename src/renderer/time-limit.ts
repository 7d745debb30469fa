export type Limits = {
	readonly ms: number;
	/** Made only when time runs out. */
	readonly failure: () => Error;
	readonly signal: AbortSignal;
};

/** Settles as `work` does, or rejects when time runs out or with the signal's reason: whichever is first. `work` itself is not stopped. */
export const within = async <T>(work: Promise<T>, limits: Limits): Promise<T> => {
	work.catch(() => {}); // It may reject after nobody listens any more.
	limits.signal.throwIfAborted();
	let release = (): void => {};
	const end = new Promise<never>((_, reject) => {
		const timer = setTimeout(() => reject(limits.failure()), limits.ms);
		const abort = (): void => reject(limits.signal.reason);
		limits.signal.addEventListener('abort', abort, { once: true });
		release = () => {
			clearTimeout(timer);
			limits.signal.removeEventListener('abort', abort);
		};
	});
	try {
		return await Promise.race([work, end]);
	} finally {
		release();
	}
};

/** True when `work` settled in time, whatever way. */
export const settlesWithin = async (work: Promise<unknown>, ms: number): Promise<boolean> => {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<boolean>((resolve) => {
		timer = setTimeout(() => resolve(false), ms);
	});
	const settled = work.then(
		() => true,
		() => true,
	);
	try {
		return await Promise.race([settled, late]);
	} finally {
		clearTimeout(timer);
	}
};
