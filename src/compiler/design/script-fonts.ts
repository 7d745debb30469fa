/** Families of `@fontsource` that cover a script whole. */
const FAMILIES: readonly (readonly [script: RegExp, family: string])[] = [
	[/[\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u, 'Noto Sans JP'],
	[/\p{Script=Hangul}/u, 'Noto Sans KR'],
	[/\p{Script=Han}/u, 'Noto Sans SC'],
	[/\p{Script=Bopomofo}/u, 'Noto Sans TC'],
	[/[\p{Emoji_Presentation}\p{Extended_Pictographic}\u{1f1e6}-\u{1f1ff}]/u, 'Noto Emoji'],
	[/\p{Script=Arabic}/u, 'Noto Sans Arabic'],
	[/\p{Script=Hebrew}/u, 'Noto Sans Hebrew'],
	[/\p{Script=Thai}/u, 'Noto Sans Thai'],
	[/\p{Script=Lao}/u, 'Noto Sans Lao'],
	[/\p{Script=Khmer}/u, 'Noto Sans Khmer'],
	[/\p{Script=Myanmar}/u, 'Noto Sans Myanmar'],
	[/\p{Script=Devanagari}/u, 'Noto Sans Devanagari'],
	[/\p{Script=Bengali}/u, 'Noto Sans Bengali'],
	[/\p{Script=Gujarati}/u, 'Noto Sans Gujarati'],
	[/\p{Script=Gurmukhi}/u, 'Noto Sans Gurmukhi'],
	[/\p{Script=Tamil}/u, 'Noto Sans Tamil'],
	[/\p{Script=Telugu}/u, 'Noto Sans Telugu'],
	[/\p{Script=Kannada}/u, 'Noto Sans Kannada'],
	[/\p{Script=Malayalam}/u, 'Noto Sans Malayalam'],
	[/\p{Script=Sinhala}/u, 'Noto Sans Sinhala'],
	[/\p{Script=Georgian}/u, 'Noto Sans Georgian'],
	[/\p{Script=Armenian}/u, 'Noto Sans Armenian'],
	[/\p{Script=Ethiopic}/u, 'Noto Sans Ethiopic'],
	[/[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u, 'Noto Sans'],
	[/[\p{Sm}\u2190-\u23ff]/u, 'Noto Sans Math'],
	[/\p{So}/u, 'Noto Sans Symbols 2'],
];

/** Families that have these characters, each once; none for a character of no script that is known here. */
export const familiesFor = (characters: readonly string[]): readonly string[] => [
	...new Set(characters.flatMap((character) => FAMILIES.find(([script]) => script.test(character))?.[1] ?? [])),
];

/** `"漢" (U+6F22)`: some characters look like others, and some like nothing. */
export const nameGlyph = (character: string): string =>
	`"${character}" (${[...character].map((point) => `U+${point.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`).join(' ')})`;

/** What to do about characters that no declared font has. */
export const cureForGlyphs = (characters: readonly string[], fallback: readonly string[]): string => {
	const families = familiesFor(characters).filter((family) => !fallback.includes(family));
	if (families.length === 0) return 'write it without, or add a family that has it to `brand.fonts.fallback`';
	const packages = families.map((family) => `@fontsource/${family.toLowerCase().replaceAll(' ', '-')}`);
	return `npm install ${packages.join(' ')}, and add \`fallback: [${[...fallback, ...families].join(', ')}]\` to \`brand.fonts\``;
};
