import { CLOSE, OPEN } from './emphasis.ts';

const NBSP = '\u00a0';

const UNITS =
	'%|‰|°C|°F|°|km|cm|mm|m|kg|g|mg|ml|l|h|hrs?|hours?|min|mins|minutes?|s|sec|seconds?|ms|GB|MB|TB|kB|fps|px|x|k|M|bn|million|billion|€|\\$|£|¥|am|pm|AM|PM|days?|weeks?|months?|years?';

/**
 * Text as a typesetter would have it: composed (NFC), with curly quotes, real dashes and ellipses, a number tied to its unit, no stray spaces.
 * Line breaks stay, and so do marks of emphasis.
 */
export const typeset = (text: string): string =>
	text
		.normalize('NFC')
		.replaceAll('\r\n', '\n')
		.replaceAll(/[ \t]+/g, ' ')
		.replaceAll(/ ?\n ?/g, '\n')
		.trim()
		.replaceAll('...', '…')
		.replaceAll(/ ?--- ?/g, '—')
		.replaceAll(/(\d)\s?--?\s?(?=\d)/g, '$1–')
		.replaceAll(/ --? /g, ` – `)
		.replaceAll(new RegExp(`(^|[\\s([{–—${OPEN}])"`, 'g'), '$1“')
		.replaceAll('"', '”')
		.replaceAll(new RegExp(`(^|[\\s([{–—“${OPEN}])'(?=\\S)(?!\\d0s)`, 'g'), '$1‘')
		.replaceAll("'", '’')
		.replaceAll(new RegExp(`(\\d${CLOSE}?) (?=${OPEN}?(?:${UNITS})(?![\\p{L}\\p{N}]))`, 'gu'), `$1${NBSP}`)
		// A dash never opens a line.
		.replaceAll(/ (?=[–—] )/g, NBSP);

const OPENS_QUOTED = /^[“„«‹‘"']/;

/** A quotation in its marks, unless it brings its own. Marks of emphasis stay inside. */
export const quoted = (text: string): string => (OPENS_QUOTED.test(text.replace(OPEN, '')) ? text : `“${text}”`);

/** Who said it, after a dash. */
export const attributed = (name: string): string => `—${NBSP}${name.replace(/^[—–-]+\s*/, '')}`;
