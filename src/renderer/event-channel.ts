/** A queue between one that tells and one that listens. */
export type EventChannel<Event> = AsyncIterable<Event> & {
	push(event: Event): void;
	/** Ends the listener after what is queued. With an error, the listener gets it then. */
	close(error?: unknown): void;
};

/** Unbounded: whoever tells is never held up by who listens. For one listener. */
export const createEventChannel = <Event>(): EventChannel<Event> => {
	const queue: Event[] = [];
	let end: { readonly error: unknown } | null = null;
	let wake = (): void => {};
	return {
		push(event) {
			queue.push(event);
			wake();
		},
		close(error) {
			end ??= { error };
			wake();
		},
		async *[Symbol.asyncIterator]() {
			for (;;) {
				for (let event = queue.shift(); event !== undefined; event = queue.shift()) yield event;
				if (end !== null) break;
				await new Promise<void>((resolve) => {
					wake = resolve;
				});
			}
			if (end.error !== undefined) throw end.error;
		},
	};
};
