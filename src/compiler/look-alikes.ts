/** Characters of word processors and web pages that look like those that YAML means, where it means them. */
const LOOK_ALIKES: readonly (readonly [where: RegExp, cure: string])[] = [
	[/^\s*[\u2010-\u2015\u2212]\s/, 'this line begins with a dash of another kind: write -'],
	[/[:,[{]\s*[\u2018-\u201e]/, 'these quotes are curly: write straight ones'],
	[/[^\S \t\r\n]/, 'a space of this line is of another kind than the usual one: type it again'],
];

/** More of a line than a person writes. */
const MOST_LOOKED_AT = 2_000;

/** What to do about a character in the line of `offset` that is not the one that it looks like, or about a `#` there or in the line above; else null. */
export const cureForLookAlike = (text: string, offset: number): string | null => {
	const start = text.lastIndexOf('\n', offset - 1) + 1;
	const end = text.indexOf('\n', offset);
	const line = text.slice(Math.max(start, offset - MOST_LOOKED_AT), Math.min(end < 0 ? text.length : end, offset + MOST_LOOKED_AT));
	for (const [where, cure] of LOOK_ALIKES) if (where.test(line)) return cure;
	const above = text.slice(Math.max(0, start - MOST_LOOKED_AT), start).trimEnd();
	const hashed = [line, above.slice(above.lastIndexOf('\n') + 1)].some(hasHashInBracket);
	return hashed ? 'put what begins with # in quotes: it is a comment otherwise' : null;
};

/** What stands behind such a `#` is a comment, and the bracket never closes. */
const hasHashInBracket = (line: string): boolean => {
	const hash = line.search(/\s#/);
	const before = line.slice(0, Math.max(0, hash));
	return Math.max(before.lastIndexOf('['), before.lastIndexOf('{')) > Math.max(before.lastIndexOf(']'), before.lastIndexOf('}'));
};
