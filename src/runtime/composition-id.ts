/**
 * Ids that Remotion accepts (letters, digits and hyphens), one for each given id, in order.
 * Ids that would become equal, to each other or to one of `taken`, get a number.
 */
export const compositionIds = (ids: readonly string[], taken: readonly string[]): readonly string[] => {
	const used = new Set(taken);
	return ids.map((id) => {
		const base = id.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'output';
		let candidate = base;
		for (let number = 2; used.has(candidate); number++) candidate = `${base}-${number}`;
		used.add(candidate);
		return candidate;
	});
};
