import { quote } from '../diagnostics/visible.ts';
import type { SpecPath } from './checked-spec.ts';
import type { Fault } from './schema-fault.ts';

type PatternWords = {
	/** What the pattern stands for: `"x" is not {name}`. */
	readonly name: string;
	/** What to write instead. */
	readonly expected: string;
	/** The nearest text that fits, if what was written allows a guess. */
	readonly repair: (given: string) => string | undefined;
};

const slugOf = (given: string): string | undefined =>
	given
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^a-z0-9\s_-]/g, '')
		.replace(/[\s_-]+/g, '-')
		.replace(/^-|-$/g, '') || undefined;

const withUnit = (unit: string) => (given: string) => {
	const number = /^\s*(\d+(?:\.\d+)?)\s*(s|sec|secs|seconds?|%|percent)?\s*$/i.exec(given)?.[1];
	return number === undefined ? undefined : `${number}${unit}`;
};

const withScheme = (scheme: string) => (given: string) => (/^[\w-]+(\.[\w-]+)+([/?].*)?$/.test(given) ? `${scheme}${given}` : undefined);

const withColon = (given: string): string | undefined => /^\s*(\d{1,2})\s*[:x/]\s*(\d{1,2})\s*$/i.exec(given)?.slice(1).join(':');

const withBytes = (given: string): string | undefined => {
	const [, number, unit] = /^\s*(\d+(?:\.\d+)?)\s*([kmgt])i?b?\s*$/i.exec(given) ?? [];
	return number === undefined || unit === undefined ? undefined : `${number}${unit.toUpperCase()}B`;
};

const PATTERNS: ReadonlyMap<string, PatternWords> = new Map([
	['^[a-z0-9]+(-[a-z0-9]+)*$', { name: 'a name', expected: 'lower-case letters, digits and single hyphens', repair: slugOf }],
	[
		'^[A-Za-z]{3}$',
		{
			name: 'a currency',
			expected: 'an ISO 4217 code such as USD',
			repair: (given) => (given.length === 4 && /^[A-Za-z]{4}$/.test(given) ? given.slice(0, 3).toUpperCase() : undefined),
		},
	],
	['^[0-9]+(\\.[0-9]+)?s$', { name: 'a length of time', expected: 'seconds, such as 15, 2.5 or 2.5s', repair: withUnit('s') }],
	['^\\{\\{[^{}]+\\}\\}$', { name: 'a number', expected: 'a number, or a template such as {{recipient.deals}}', repair: () => undefined }],
	[
		'^[a-z][a-z0-9_]*$',
		{
			name: 'a name of a source',
			expected: 'lower-case letters, digits and underscores',
			repair: (given) => slugOf(given)?.replaceAll('-', '_'),
		},
	],
	[
		'^[A-Za-z][A-Za-z0-9_]*$',
		{
			name: 'a name of a field',
			expected: 'letters, digits and underscores; name a column of another spelling with `from`',
			repair: (given) => slugOf(given)?.replaceAll('-', '_'),
		},
	],
	[
		'^[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)?$',
		{ name: 'a field', expected: 'a field, or source.field', repair: (given) => /\{\{\s*(?:recipient\.)?([\w.]+)\s*\}\}/.exec(given)?.[1] },
	],
	['^https?://', { name: 'an address', expected: 'an address that begins with https://', repair: withScheme('https://') }],
	['^(wss?|https?)://', { name: 'an address', expected: 'an address that begins with wss:// or https://', repair: withScheme('https://') }],
	['^[A-Za-z0-9-]+$', { name: 'a name of a header', expected: 'letters, digits and hyphens', repair: () => undefined }],
	['^[0-9]+(s|m|h|d)$', { name: 'a length of time', expected: 'a number with s, m, h or d, such as 12h', repair: () => undefined }],
	[
		'^([a-z0-9]+(-[a-z0-9]+)*|asset\\.[a-z][a-zA-Z0-9-]*)$',
		{ name: 'a name of an icon', expected: 'lower-case letters, digits and single hyphens, or asset.<name>', repair: slugOf },
	],
	['^[0-9]{1,2}:[0-9]{1,2}$', { name: 'a shape', expected: 'width to height, such as 16:9', repair: withColon }],
	['^[0-9]+(\\.[0-9]+)?(KB|MB|GB|TB)$', { name: 'a size', expected: 'a number with KB, MB, GB or TB, such as 10GB', repair: withBytes }],
	[
		'^[a-z][a-zA-Z0-9-]*$',
		{ name: 'a name of an asset', expected: 'a lower-case letter, then letters, digits and hyphens', repair: slugOf },
	],
	['^[0-9]+(\\.[0-9]+)?%$', { name: 'a share', expected: 'a share in percent, such as 4%', repair: withUnit('%') }],
]);

/** What a pattern of the schema means; the pattern itself when it has no words. */
export const wordsOfPattern = (pattern: string): PatternWords =>
	PATTERNS.get(pattern) ?? { name: 'of the right form', expected: `a text like ${pattern}`, repair: () => undefined };

/** A text that does not have the form that its place asks for. */
export const malformed = (given: string, pattern: string, path: SpecPath): Fault => {
	const { name, expected, repair } = wordsOfPattern(pattern);
	const better = given.length <= 200 ? repair(given) : undefined;
	const hint =
		better !== undefined && new RegExp(pattern).test(better) ? `did you mean ${quote(better)}? Write ${expected}` : `write ${expected}`;
	return { code: 'RF2006', summary: `${quote(given)} is not ${name}`, hint, path, at: 'value', broken: [path] };
};
