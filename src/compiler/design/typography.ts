const NBSP = '\u00a0';

const UNITS =
	'%|‰|°C|°F|°|km|cm|mm|m|kg|g|mg|ml|l|h|hrs?|hours?|min|mins|minutes?|s|sec|seconds?|ms|GB|MB|TB|kB|fps|px|x|k|M|bn|million|billion|€|\\$|£|¥|am|pm|AM|PM|days?|weeks?|months?|years?';

/**
 * Text as a typesetter would have it: curly quotes, real dashes and ellipses, a number tied to its unit, no stray spaces.
 * Line breaks stay.
 */
export const typeset = (text: string): string =>
	text
		.replaceAll('\r\n', '\n')
		.replaceAll(/[ \t]+/g, ' ')
		.replaceAll(/ ?\n ?/g, '\n')
		.trim()
		.replaceAll('...', '…')
		.replaceAll(/ ?--- ?/g, '—')
		.replaceAll(/(\d)\s?--?\s?(?=\d)/g, '$1–')
		.replaceAll(/ --? /g, ` – `)
		.replaceAll(/(^|[\s([{–—])"/g, '$1“')
		.replaceAll('"', '”')
		.replaceAll(/(^|[\s([{–—“])'(?=\S)(?!\d0s)/g, '$1‘')
		.replaceAll("'", '’')
		.replaceAll(new RegExp(`(\\d) (?=(?:${UNITS})(?![\\p{L}\\p{N}]))`, 'gu'), `$1${NBSP}`)
		// A dash never opens a line.
		.replaceAll(/ (?=[–—] )/g, NBSP);
