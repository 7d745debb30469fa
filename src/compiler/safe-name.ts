/** Bytes of UTF-8 that one value of a file name may take. */
export const MAX_VALUE_BYTES = 80;

const EMPTY = 'untitled';

// Nothing to see: controls, joiners, direction marks, variation selectors, fillers, private use, halves of characters.
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|\p{Cc}|\p{Cf}|\p{Cs}|\p{Co}|[\u2800\ufffc\ufffd]/gu;
const FORBIDDEN = /[<>:"/\\|?*%]/;
/** Names that Windows gives to devices, with or without an ending. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;

/**
 * Any text to one part of a path that every file system takes as it is, and that no program reads as an option, a pattern or an address: NFC, nothing invisible, no separator or wildcard, no leading `-`, `.` or `~`, no trailing dot or space, no device name, at most
 * `maxBytes` of UTF-8. Never empty. `safeName(safeName(x))` is `safeName(x)`.
 */
export const safeName = (text: string, maxBytes: number = MAX_VALUE_BYTES): string => {
	if (text.length <= maxBytes && isSafeAscii(text)) return text;
	const drawn = text.replace(/\s+/gu, ' ').replace(INVISIBLE, '').normalize('NFC');
	const mapped = [...drawn]
		.map((character) => (FORBIDDEN.test(character.normalize('NFKC')) ? '-' : character))
		.join('')
		.replace(/ +/g, ' ')
		.replace(/-{2,}/g, '-')
		.normalize('NFC');
	const named = trim(mapped).replace(DEVICE, '$1_');
	return trim(cutToBytes(named, maxBytes)) || EMPTY;
};

/**
 * Whether making a value safe took something from it that may tell it from another: more than white space, the dots at its end, or how its characters
 * are composed. True for an empty value.
 */
export const losesIdentity = (value: string, safe: string): boolean =>
	value === '' ||
	(value !== safe &&
		value
			.normalize('NFC')
			.replace(/\s+/gu, ' ')
			.trim()
			.replace(/[\s.]+$/u, '') !== safe);

/** Two paths with one key would be one file on some file system: case and compatibility forms do not tell files apart. */
export const collisionKey = (path: string): string =>
	ASCII.test(path) ? path.toLowerCase() : path.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');

const ASCII = /^[\0-\x7f]*$/;

/** What most values are: nothing of the long way would change them. */
const SAFE_ASCII = /^[!#-$&-)+,0-9;=@-[\]-{}](?:[!#-$&-)+,0-9;=@-[\]-{}~]|[ .-](?=[!#-$&-)+,.0-9;=@-[\]-{}~]))*$/;
const isSafeAscii = (text: string): boolean => SAFE_ASCII.test(text) && !DEVICE.test(text);

const trim = (name: string): string => name.replace(/^[\s.~-]+/u, '').replace(/[\s.-]+$/u, '');

/** The longest beginning that fits, of whole grapheme clusters; of whole characters when not even the first cluster does. */
const cutToBytes = (name: string, maxBytes: number): string => {
	if (bytesOf(name) <= maxBytes) return name;
	return takeWhileFits(graphemesOf(name), maxBytes) || takeWhileFits(name, maxBytes);
};

function* graphemesOf(text: string): Iterable<string> {
	for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) yield segment;
}

const takeWhileFits = (pieces: Iterable<string>, maxBytes: number): string => {
	let taken = '';
	let bytes = 0;
	for (const piece of pieces) {
		bytes += bytesOf(piece);
		if (bytes > maxBytes) return taken;
		taken += piece;
	}
	return taken;
};

/** Bytes of a text in UTF-8. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
