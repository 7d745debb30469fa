import { type Diagnostic, errorAt } from '../../diagnostics/diagnostic.ts';
import { didYouMean, hintForName } from '../../diagnostics/suggest.ts';
import { quote } from '../../diagnostics/visible.ts';
import type { ChartLayer, Layer } from '../../model/campaign-spec.gen.ts';
import type { SpecPath } from '../checked-spec.ts';
import type { Draft } from '../draft-spec.ts';
import { layersOf, type Rule, type RuleInput } from './rule.ts';

/** A share above this was meant as a number of percent. */
const HIGHEST_SHARE = 10;
const MOST_PARTS = 8;
const DEEPEST = 3;

/** Numbers are written in a language and a currency that there are, and percent as shares. */
export const numberFormats: Rule = (input) =>
	layersOf(input.draft).flatMap(({ part, path }) => {
		if (!('number' in part) && !('chart' in part)) return [];
		const values = 'chart' in part ? valuesOf(part.data) : 'number' in part ? [part.number] : [];
		return [
			...sharesIn(input, { part, path, values }),
			...knownLocale(input, part.locale, [...path, 'locale']),
			...knownCurrency(input, part.currency, [...path, 'currency']),
			...(part.format === 'unit' && !Object.hasOwn(part, 'unit')
				? [
						errorAt(
							input.rangeOf([...path, 'format']),
							'RF2004',
							'`format: unit` needs a `unit`',
							'add `unit: km/h`, or whatever is counted',
						),
					]
				: []),
		];
	});

const valuesOf = (data: Draft<ChartLayer>['data']): readonly (number | undefined)[] =>
	(data ?? []).map((point) => (typeof point === 'object' ? point.value : point));

type Amounts = {
	readonly part: { readonly format?: string | undefined };
	readonly path: SpecPath;
	readonly values: readonly (number | undefined)[];
};

const sharesIn = ({ rangeOf }: RuleInput, { part, path, values }: Amounts): readonly Diagnostic[] => {
	const high = values.find((value) => value !== undefined && Math.abs(value) > HIGHEST_SHARE);
	if (part.format !== 'percent' || high === undefined) return [];
	const summary = `${high} as a percentage is ${high * 100}%`;
	return [
		errorAt(
			rangeOf([...path, 'format']),
			'RF2005',
			summary,
			`write ${high / 100} for ${high}%, or use \`format: unit\` with \`unit: '%'\``,
		),
	];
};

const knownLocale = ({ rangeOf }: RuleInput, written: string | undefined, path: SpecPath): readonly Diagnostic[] => {
	if (written === undefined || isLocale(written)) return [];
	return [errorAt(rangeOf(path), 'RF3001', `${quote(written)} is not a language`, 'write a tag such as en-US, de-DE or ja-JP')];
};

const isLocale = (tag: string): boolean => {
	try {
		return Intl.NumberFormat.supportedLocalesOf(tag).length > 0;
	} catch {
		return false;
	}
};

const knownCurrency = ({ rangeOf }: RuleInput, written: string | undefined, path: SpecPath): readonly Diagnostic[] => {
	const known = Intl.supportedValuesOf('currency');
	if (written === undefined || known.includes(written.toUpperCase())) return [];
	const near = didYouMean(written, ['USD', 'EUR', 'GBP', 'JPY', 'CHF', ...known]);
	const hint = near === undefined ? 'write an ISO 4217 code such as USD, EUR or GBP' : `did you mean ${quote(near)}?`;
	return [errorAt(rangeOf(path), 'RF3001', `${quote(written)} is not a currency`, hint)];
};

/** Charts have data that they can show, and what stands out in them is there. */
export const chartData: Rule = (input) =>
	layersOf(input.draft).flatMap(({ part, path }) => {
		if (!('chart' in part) || part.data === undefined) return [];
		const values = valuesOf(part.data);
		const at = input.rangeOf([...path, 'data']);
		const donut = part.chart === 'donut' && values.every((value) => value !== undefined) ? donutFault(values) : null;
		return [
			...(part.chart === 'line' && values.length < 2
				? [errorAt(at, 'RF2005', 'one value is no line', 'add values, or show it as a `number`')]
				: []),
			...(donut === null ? [] : [errorAt(at, 'RF2005', donut, 'show it as `chart: bar`')]),
			...unknownHighlight(input, part, path),
		];
	});

const donutFault = (values: readonly (number | undefined)[]): string | null => {
	if (values.some((value) => value! < 0)) return 'a part of a whole is not below 0';
	if (values.every((value) => value === 0)) return 'the parts sum to 0';
	return values.length > MOST_PARTS ? `a donut of ${values.length} parts cannot be read: ${MOST_PARTS} at most` : null;
};

const unknownHighlight = ({ rangeOf }: RuleInput, part: Draft<ChartLayer>, path: SpecPath): readonly Diagnostic[] => {
	if (part.highlight === undefined || (part.data ?? []).includes(undefined)) return [];
	const labels = (part.data ?? []).flatMap((point) => (typeof point === 'object' && point.label !== undefined ? [point.label] : []));
	if (labels.includes(part.highlight)) return [];
	const hint = labels.length === 0 ? 'give the data labels: `{label: Q1, value: 12}`' : hintForName(part.highlight, labels);
	return [errorAt(rangeOf([...path, 'highlight']), 'RF3001', `the chart has no ${quote(part.highlight)}`, hint)];
};

/** Layers in a group are ones that it can place, and groups are not nested beyond telling apart. */
export const groupMembers: Rule = ({ draft, rangeOf }) =>
	layersOf(draft).flatMap(({ part, path }) => {
		const depth = path.filter((step) => step === 'group').length;
		const faults: Diagnostic[] = [];
		const inGroup = depth > 0;
		if (inGroup && part.at !== undefined)
			faults.push(
				errorAt(rangeOf([...path, 'at'], 'key'), 'RF2000', 'a layer in a group stands where its group puts it', 'give the group the `at`'),
			);
		if (inGroup && isPanelLayer(part))
			faults.push(
				errorAt(
					rangeOf([...path, 'shape']),
					'RF2000',
					`a group cannot place a ${part.shape}`,
					'put the shape beside the group, in the same region',
				),
			);
		if ('group' in part && depth === DEEPEST)
			faults.push(
				errorAt(
					rangeOf([...path, 'group'], 'key'),
					'RF2005',
					`groups are nested ${DEEPEST} deep at most`,
					'lay out this one in the group around it',
				),
			);
		return faults;
	});

const isPanelLayer = (part: Draft<Layer>): part is Draft<Extract<Layer, { shape: string }>> =>
	'shape' in part && (part.shape === 'rectangle' || part.shape === 'ellipse');

/** Only a browser has an address bar. */
export const mockupAddress: Rule = ({ draft, rangeOf }) =>
	layersOf(draft).flatMap(({ part, path }) =>
		'mockup' in part && part.mockup === 'phone' && part.url !== undefined
			? [errorAt(rangeOf([...path, 'url'], 'key'), 'RF2000', 'a phone has no address bar', 'remove `url`, or write `mockup: browser`')]
			: [],
	);
