/** First and last code points that a terminal draws two columns wide, after East Asian Width (UAX 11), emoji apart. */
const WIDE: readonly (readonly [number, number])[] = [
	[0x1100, 0x115f],
	[0x2e80, 0x303e],
	[0x3041, 0x33ff],
	[0x3400, 0x4dbf],
	[0x4e00, 0x9fff],
	[0xa000, 0xa4cf],
	[0xa960, 0xa97f],
	[0xac00, 0xd7a3],
	[0xf900, 0xfaff],
	[0xfe30, 0xfe6f],
	[0xff01, 0xff60],
	[0xffe0, 0xffe6],
	[0x20000, 0x3fffd],
];

/** Columns that a terminal gives to one grapheme cluster: 0, 1 or 2. */
export const columnsOf = (grapheme: string): number => {
	if (/\p{Emoji_Presentation}|\ufe0f/u.test(grapheme)) return 2;
	const code = grapheme.codePointAt(0) ?? 0;
	if (WIDE.some(([first, last]) => code >= first && code <= last)) return 2;
	return /^[\p{Mn}\p{Me}\u200d]+$/u.test(grapheme) ? 0 : 1;
};
