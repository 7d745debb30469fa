import { type Diagnostic, errorAt } from '../../diagnostics/diagnostic.ts';
import { hintForName } from '../../diagnostics/suggest.ts';
import { quote } from '../../diagnostics/visible.ts';
import type { ApiSource, DataSource } from '../../model/campaign-spec.gen.ts';
import { RECIPIENTS } from '../../model/recipient.ts';
import type { SpecPath } from '../checked-spec.ts';
import { type Draft, type DraftSpec, isBroken } from '../draft-spec.ts';
import { brandProblems, conditionProblems } from './data-uses.ts';
import { fieldProblems } from './fields.ts';
import { type Rule, type RuleInput, textsIn } from './rule.ts';

/** Sources say where they are, what tells their rows apart and how they are joined; what names a field names one that there is. */
export const data: Rule = (input) => [
	...Object.entries(input.draft.data ?? {}).flatMap(([name, source]) => (source === undefined ? [] : sourceProblems(input, name, source))),
	...conditionProblems(input),
	...brandProblems(input),
];

type Source = Draft<DataSource>;
/** A source with the path that it stands at. */
type Placed = { readonly name: string; readonly source: Source; readonly path: SpecPath };

const sourceProblems = (input: RuleInput, name: string, source: Source): readonly Diagnostic[] => {
	const placed: Placed = { name, source, path: ['data', name] };
	return [
		...whereFrom(input, placed),
		...keyProblems(input, placed),
		...joinProblems(input, placed),
		...callProblems(input, placed),
		...fieldProblems(input, source.fields, [...placed.path, 'fields']),
	];
};

/** A file or an address, and a way into it that suits it. */
const whereFrom = ({ rangeOf }: RuleInput, { name, source, path }: Placed): readonly Diagnostic[] => {
	if (source.type !== 'csv' && source.type !== 'json') return [];
	const [hasPath, hasUrl] = [Object.hasOwn(source, 'path'), Object.hasOwn(source, 'url')];
	const problems: Diagnostic[] = [];
	if (!hasPath && !hasUrl)
		problems.push(
			errorAt(
				rangeOf(path, 'key'),
				'RF3065',
				`${quote(name)} does not say where it is`,
				`add \`path: ${name}.${source.type}\`, or \`url\``,
			),
		);
	if (hasPath && hasUrl)
		problems.push(errorAt(rangeOf([...path, 'url'], 'key'), 'RF3065', `${quote(name)} is in two places`, 'keep one of `path` and `url`'));
	if (source.type !== 'json' || source.at === undefined) return problems;
	if (source.lines === true)
		problems.push(
			errorAt(
				rangeOf([...path, 'at'], 'key'),
				'RF3065',
				'a document of lines has its rows in its lines',
				'remove `at`, or `lines`; reach into a row with `from` of a field',
			),
		);
	if (source.at.split('.').includes(''))
		problems.push(
			errorAt(
				rangeOf([...path, 'at']),
				'RF2006',
				`${quote(source.at)} has a dot with no key beside it`,
				'write keys with a dot between them: `data.items`',
			),
		);
	return problems;
};

const keyProblems = ({ rangeOf }: RuleInput, { name, source, path }: Placed): readonly Diagnostic[] => {
	if (!Object.hasOwn(source, 'key')) {
		if (name === RECIPIENTS)
			return [
				errorAt(
					rangeOf(path, 'key'),
					'RF3065',
					'the recipients have no `key`',
					'add `key: id`: a field whose value stays with a row for good, and is in no other row',
				),
			];
		if (Object.hasOwn(source, 'on'))
			return [
				errorAt(
					rangeOf([...path, 'on'], 'key'),
					'RF3065',
					`${quote(name)} is joined, and has no \`key\``,
					'add `key`: the field whose value a recipient names',
				),
			];
	}
	// A key that is no field is a column: whether it is there shows when the source is read.
	return [];
};

type Mention = { readonly written: string | undefined; readonly fields: Source['fields']; readonly path: SpecPath };

const unknownName = ({ rangeOf }: Pick<RuleInput, 'rangeOf'>, { written, fields, path }: Mention): readonly Diagnostic[] => {
	if (written === undefined || fields === undefined || Object.hasOwn(fields, written)) return [];
	return [errorAt(rangeOf(path), 'RF3061', `no field is named ${quote(written)}`, hintForName(written, Object.keys(fields)))];
};

const joinProblems = (input: RuleInput, { name, source, path }: Placed): readonly Diagnostic[] => {
	if (!Object.hasOwn(source, 'on')) return [];
	const { draft, rangeOf } = input;
	const at = [...path, 'on'];
	if (name === RECIPIENTS)
		return [errorAt(rangeOf(at, 'key'), 'RF3065', 'the recipients are what other sources are joined to', 'remove `on`')];
	if (!hasRecipients(draft))
		return [
			errorAt(
				rangeOf(at, 'key'),
				'RF3065',
				`${quote(name)} is joined to recipients, and the spec has none`,
				'add `data.recipients`, or remove `on`',
			),
		];
	return unknownName(input, { written: source.on, fields: draft.data?.[RECIPIENTS]?.fields, path: at });
};

const hasRecipients = (draft: DraftSpec): boolean => Object.hasOwn(draft.data ?? {}, RECIPIENTS);

/** `{field}` in the address and in the texts of the body. */
const placeholdersOf = (source: Draft<ApiSource>, path: SpecPath): readonly { readonly field: string; readonly path: SpecPath }[] =>
	[...(source.url === undefined ? [] : [{ text: source.url, path: [...path, 'url'] }]), ...textsIn(source.body, [...path, 'body'])].flatMap(
		({ text, path: at }) => [...text.matchAll(/(?<!\$)\{([^{}]*)\}/g)].map(([, field = '']) => ({ field, path: at })),
	);

const callProblems = (input: RuleInput, { name, source, path }: Placed): readonly Diagnostic[] => {
	if (source.type !== 'api') return [];
	const { draft, rangeOf, findIn } = input;
	const problems: Diagnostic[] = [];
	if (Object.hasOwn(source, 'body') && source.method !== 'POST' && !isBroken(source, 'method'))
		problems.push(
			errorAt(rangeOf([...path, 'body'], 'key'), 'RF3065', 'a body is sent with `POST` alone', 'add `method: POST`, or remove `body`'),
		);
	const placeholders = placeholdersOf(source, path);
	const [first] = placeholders;
	if (first === undefined) return problems;
	const at = findIn(first.path, `{${first.field}}`);
	if (name === RECIPIENTS)
		return [
			...problems,
			errorAt(at, 'RF3065', 'the call for the recipients cannot name one of them', 'remove the placeholder: one call gives the whole list'),
		];
	if (!hasRecipients(draft))
		return [
			...problems,
			errorAt(
				at,
				'RF3061',
				`{${first.field}} has no value: the spec has no recipients`,
				'add `data.recipients`, or remove the placeholder',
			),
		];
	if (Object.hasOwn(source, 'on'))
		problems.push(
			errorAt(
				rangeOf([...path, 'on'], 'key'),
				'RF3065',
				`${quote(name)} is asked for each recipient, and joined as well`,
				'remove `on`, or the placeholders',
			),
		);
	const fields = draft.data?.[RECIPIENTS]?.fields;
	if (fields === undefined) return problems;
	const unknown = placeholders.filter(({ field }) => !Object.hasOwn(fields, field));
	return [
		...problems,
		...unknown.map(({ field, path: place }) =>
			errorAt(
				findIn(place, `{${field}}`),
				'RF3061',
				`the recipients have no field ${quote(field)}`,
				hintForName(field, Object.keys(fields)),
			),
		),
	];
};
