/** Ends a request when its time is up or its caller gives it up. */
export type Watch = {
	readonly signal: AbortSignal;
	/** Why the signal was given; null as long as it was not. */
	stopped(): 'time' | 'aborted' | null;
	remainingMs(): number;
	/** Must be called when the request is over. */
	close(): void;
};

export const openWatch = (timeoutMs: number, caller: AbortSignal | undefined, now: () => number): Watch => {
	const end = now() + timeoutMs;
	const controller = new AbortController();
	let reason: 'time' | 'aborted' | null = null;
	const stop = (why: 'time' | 'aborted') => {
		reason ??= why;
		controller.abort(new DOMException(why, 'AbortError'));
	};
	const abort = () => stop('aborted');
	const timer = setTimeout(() => stop('time'), timeoutMs);
	caller?.addEventListener('abort', abort, { once: true });
	if (caller?.aborted) abort();
	return {
		signal: controller.signal,
		stopped: () => reason,
		remainingMs: () => end - now(),
		close: () => {
			clearTimeout(timer);
			caller?.removeEventListener('abort', abort);
		},
	};
};
