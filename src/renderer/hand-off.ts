/** Passes values from a maker that is told when to go on to a taker that asks for one at a time. */
export type HandOff<T> = {
	/** Resolves when the next value is asked for. Until then the maker rests. */
	readonly offer: (value: T) => Promise<void>;
	/** The next value. Asking lets the maker go on with the one after the last. */
	readonly take: () => Promise<T>;
	/** Ends both sides: the taker with the error, the maker by letting it go on. */
	readonly fail: (error: unknown) => void;
};

export const createHandOff = <T>(): HandOff<T> => {
	let waiting: { resolve: (value: T) => void; reject: (error: unknown) => void } | undefined;
	let offered: { value: T } | undefined;
	let goOn = (): void => {};
	let failure: { error: unknown } | undefined;
	return {
		offer(value) {
			if (failure) return Promise.resolve();
			if (waiting) waiting.resolve(value);
			else offered = { value };
			waiting = undefined;
			return new Promise((resolve) => {
				goOn = resolve;
			});
		},
		take() {
			if (failure) return Promise.reject(failure.error);
			if (offered) {
				const { value } = offered;
				offered = undefined;
				return Promise.resolve(value);
			}
			return new Promise((resolve, reject) => {
				waiting = { resolve, reject };
				goOn();
			});
		},
		fail(error) {
			failure ??= { error };
			waiting?.reject(failure.error);
			waiting = undefined;
			goOn();
		},
	};
};
