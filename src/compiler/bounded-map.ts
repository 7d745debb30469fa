/** Makes what it does not hold; forgets the oldest when it is full. */
export type BoundedMap<T> = { get(key: string, make: () => T): T };

export const boundedMap = <T>(size: number): BoundedMap<T> => {
	const values = new Map<string, T>();
	return {
		get(key, make) {
			const known = values.get(key);
			if (known !== undefined) return known;
			const made = make();
			values.set(key, made);
			if (values.size > size) values.delete(values.keys().next().value!);
			return made;
		},
	};
};
