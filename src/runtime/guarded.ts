import { useFailure } from './use-failure.ts';

/** A component or a hook whose errors cancel a render for certain. What it throws that is no error is React's way of waiting. */
export const guarded = <Given extends readonly unknown[], Result>(draw: (...given: Given) => Result): ((...given: Given) => Result) => {
	// biome-ignore lint/correctness/noComponentHookFactories: it is called where a module is loaded, once for each component
	const useGuarded = (...given: Given): Result => {
		const fail = useFailure();
		try {
			return draw(...given);
		} catch (error) {
			if (error instanceof Error) return fail(error);
			throw error;
		}
	};
	return useGuarded;
};
