/** Code points from the first to the last, both included. */
export type CodeRange = readonly [first: number, last: number];

/** Reads a CSS `unicode-range`: `U+0-FF, U+131, U+4??`. Sorted and without overlaps. */
export const parseUnicodeRange = (text: string): readonly CodeRange[] => {
	const ranges = text
		.split(',')
		.map((part) => part.trim().replace(/^U\+/i, ''))
		.filter((part) => part !== '')
		.map((part): CodeRange => {
			const [first, last] = part.split('-');
			return [parseInt(first!.replaceAll('?', '0'), 16), parseInt((last ?? first!).replaceAll('?', 'F'), 16)];
		});
	return merge(ranges);
};

const merge = (ranges: readonly CodeRange[]): readonly CodeRange[] => {
	const merged: [number, number][] = [];
	for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
		const previous = merged.at(-1);
		if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
		else merged.push([first, last]);
	}
	return merged;
};

/** The code points of `ranges` that are not in `taken`. Both sorted and without overlaps. */
export const subtractRanges = (ranges: readonly CodeRange[], taken: readonly CodeRange[]): readonly CodeRange[] =>
	ranges.flatMap(([first, last]) => {
		const left: CodeRange[] = [];
		let from = first;
		for (const [takenFirst, takenLast] of taken) {
			if (takenLast < from || takenFirst > last) continue;
			if (takenFirst > from) left.push([from, takenFirst - 1]);
			from = takenLast + 1;
		}
		return from <= last ? [...left, [from, last] as const] : left;
	});

export const unionRanges = (a: readonly CodeRange[], b: readonly CodeRange[]): readonly CodeRange[] => merge([...a, ...b]);

export const hasCodePoint = (ranges: readonly CodeRange[], codePoint: number): boolean =>
	ranges.some(([first, last]) => first <= codePoint && codePoint <= last);

/** Writes a CSS `unicode-range`. */
export const formatUnicodeRange = (ranges: readonly CodeRange[]): string =>
	ranges.map(([first, last]) => (first === last ? `U+${hex(first)}` : `U+${hex(first)}-${hex(last)}`)).join(',');

const hex = (codePoint: number): string => codePoint.toString(16).toUpperCase();
