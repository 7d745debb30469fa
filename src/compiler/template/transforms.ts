import type { ArgumentKind } from './accept.ts';
import { dateText } from './dates.ts';
import { currencyText, type Formats, numberText, percentText, pluralWord } from './figures.ts';
import type { Scalar } from './template.ts';
import { capitalised, firstName, initials, possessive, replaced, truncated } from './words.ts';

export type Arguments = { readonly args: readonly Scalar[]; readonly named: Readonly<Record<string, Scalar>>; readonly formats: Formats };

export type Transform = {
	/** What its values are, in order; the last `optional` of them may be left out. */
	readonly takes: readonly ArgumentKind[];
	readonly optional?: number;
	/** Whether the last kind may come any number of times. */
	readonly more?: boolean;
	readonly named?: Readonly<Record<string, ArgumentKind>>;
	readonly example: string;
	/** Every argument has been accepted. */
	readonly run: (given: Arguments) => string;
};

const textAt = (args: readonly Scalar[], index: number): string => String(args[index] ?? '');
const STYLE = { decimals: 'decimals', locale: 'locale' } as const;
const LOCALE = { locale: 'locale' } as const;
const localeOf = (named: Readonly<Record<string, Scalar>>): string => String(named['locale'] ?? 'en-US');

/** Everything that a template can do to a value. Each is a function of what it is given: no clock, no chance, no machine. */
export const TRANSFORMS = {
	upper: {
		takes: ['text'],
		named: LOCALE,
		example: '{{upper recipient.name}}',
		run: ({ args, named }) => textAt(args, 0).toLocaleUpperCase(localeOf(named)),
	},
	lower: {
		takes: ['text'],
		named: LOCALE,
		example: '{{lower recipient.name}}',
		run: ({ args, named }) => textAt(args, 0).toLocaleLowerCase(localeOf(named)),
	},
	title: {
		takes: ['text'],
		named: LOCALE,
		example: '{{title recipient.name}}',
		run: ({ args, named }) => capitalised(textAt(args, 0), localeOf(named)),
	},
	trim: { takes: ['text'], example: '{{trim recipient.name}}', run: ({ args }) => textAt(args, 0).trim() },
	truncate: {
		takes: ['text', 'length', 'text'],
		optional: 1,
		named: { ellipsis: 'text' },
		example: '{{truncate recipient.title 30}}',
		run: ({ args, named }) => truncated(textAt(args, 0), Number(args[1]), String(args[2] ?? named['ellipsis'] ?? '…')),
	},
	replace: {
		takes: ['text', 'text', 'text'],
		example: '{{replace recipient.company ", Inc." ""}}',
		run: ({ args }) => replaced(textAt(args, 0), textAt(args, 1), textAt(args, 2)),
	},
	concat: {
		takes: ['text'],
		more: true,
		example: '{{concat recipient.first " " recipient.last}}',
		run: ({ args }) => args.map(String).join(''),
	},
	default: { takes: ['text', 'text'], more: true, example: '{{default recipient.first_name "there"}}', run: ({ args }) => textAt(args, 0) },
	'first-name': { takes: ['text'], example: '{{first-name recipient.name}}', run: ({ args }) => firstName(textAt(args, 0)) },
	possessive: { takes: ['text'], example: '{{possessive recipient.company}}', run: ({ args }) => possessive(textAt(args, 0)) },
	initials: { takes: ['text'], example: '{{initials recipient.name}}', run: ({ args }) => initials(textAt(args, 0)) },
	plural: {
		takes: ['number', 'text', 'text'],
		named: LOCALE,
		example: '{{plural recipient.deals "deal" "deals"}}',
		run: ({ args, named, formats }) =>
			pluralWord(formats, { count: Number(args[0]), one: textAt(args, 1), other: textAt(args, 2), locale: localeOf(named) }),
	},
	number: {
		takes: ['number'],
		named: STYLE,
		example: '{{number recipient.users}}',
		run: ({ args, named, formats }) => numberText(formats, Number(args[0]), named),
	},
	currency: {
		takes: ['number', 'currency'],
		optional: 1,
		named: { ...STYLE, currency: 'currency' },
		example: '{{currency recipient.revenue "EUR"}}',
		run: ({ args, named, formats }) =>
			currencyText(formats, Number(args[0]), { ...named, currency: String(args[1] ?? named['currency'] ?? 'USD').toUpperCase() }),
	},
	percent: {
		takes: ['number'],
		named: STYLE,
		example: '{{percent recipient.growth}}',
		run: ({ args, named, formats }) => percentText(formats, Number(args[0]), named),
	},
	date: {
		takes: ['date', 'dateStyle'],
		optional: 1,
		named: {
			format: 'dateStyle',
			locale: 'locale',
			zone: 'zone',
			weekday: 'words',
			day: 'digits',
			month: 'monthStyle',
			year: 'digits',
			hour: 'digits',
			minute: 'digits',
		},
		example: '{{date recipient.renewal "long"}}',
		run: ({ args, named, formats }) =>
			dateText(formats, textAt(args, 0), { ...named, ...(args[1] === undefined ? {} : { format: args[1] }) }),
	},
} as const satisfies Readonly<Record<string, Transform>>;

export type TransformName = keyof typeof TRANSFORMS;

export const TRANSFORM_NAMES: readonly string[] = Object.keys(TRANSFORMS);

export const isTransform = (name: string): name is TransformName => Object.hasOwn(TRANSFORMS, name);

export const transformOf = (name: TransformName): Transform => TRANSFORMS[name];

export type Signature = {
	readonly least: number;
	readonly most: number;
	readonly named: Readonly<Record<string, ArgumentKind>>;
	readonly example: string;
};

/** How many values a transform takes, what it takes by name, and how it is written. */
export const signatureOf = (name: TransformName): Signature => {
	const { takes, optional = 0, more = false, named = {}, example }: Transform = TRANSFORMS[name];
	return { least: takes.length - optional, most: more ? Number.POSITIVE_INFINITY : takes.length, named, example };
};

/** What kind of value a transform takes at a position or under a name. */
export const kindTaken = (name: TransformName, to: number | string): ArgumentKind => {
	const { takes, named = {} }: Transform = TRANSFORMS[name];
	return (typeof to === 'number' ? (takes[to] ?? takes.at(-1)) : named[to]) ?? 'text';
};
