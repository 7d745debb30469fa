/** Work that is done when it is first asked for, and whose result is then given to all. */
export const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
	let made: Promise<T> | null = null;
	return () => {
		made ??= make();
		return made;
	};
};
