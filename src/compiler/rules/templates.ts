import { type Diagnostic, errorAt } from '../../diagnostics/diagnostic.ts';
import { quote } from '../../diagnostics/visible.ts';
import type { Field } from '../../model/campaign-spec.gen.ts';
import type { FieldPath } from '../../model/recipient.ts';
import { unreachable } from '../../model/unreachable.ts';
import type { Draft } from '../draft-spec.ts';
import { lookUpField } from '../template/known-fields.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { misplacedInSpec, type Place, placesInSpec } from '../template/places.ts';
import { nameOfField, onlyField, type Template } from '../template/template.ts';
import type { Rule, RuleInput } from './rule.ts';

/** Every template can be read, stands where one may stand, reads fields that the data has, and gives what its place takes. */
export const templates: Rule = (input) => {
	const places = placesInSpec(input.draft);
	return [...places.flatMap((place) => problemsOf(input, place)), ...misplaced(input)];
};

const problemsOf = (input: RuleInput, place: Place): readonly Diagnostic[] => {
	const { text, path } = place;
	const read = parseTemplate(text);
	if (read.ok) {
		const unknown = read.template.fields.flatMap((field) => unknownField(input, place, field));
		return unknown.length > 0 ? unknown : unsuited(input, place, read.template);
	}
	const range = read.at === undefined ? input.rangeOf(path) : input.findIn(path, text.slice(read.at.start, read.at.end));
	return [errorAt(range, read.code, read.summary, read.hint)];
};

const unknownField = ({ draft, findIn }: RuleInput, { path }: Place, field: FieldPath): readonly Diagnostic[] => {
	const found = lookUpField(draft, field);
	return found.kind === 'unknown' ? [errorAt(findIn(path, nameOfField(field)), 'RF3061', found.summary, found.hint)] : [];
};

const unsuited = (input: RuleInput, place: Place, template: Template): readonly Diagnostic[] => {
	switch (place.kind) {
		case 'markup':
		case 'plain':
		case 'prop':
		case 'script':
		case 'ssml':
			return [];
		case 'image':
			return mustBeField(input, place, {
				template,
				format: 'image',
				what: 'a picture',
				plain: place.path.at(-1) === 'path' ? 'path' : 'image',
			});
		case 'color':
			return mustBeField(input, place, { template, format: 'color', what: 'a colour', plain: 'color' });
		case 'number':
			return mustBeNumber(input, place, template);
		default:
			return unreachable(place.kind);
	}
};

type Wanted = { readonly template: Template; readonly format: 'image' | 'color'; readonly what: string; readonly plain: string };

const mustBeField = (
	{ draft, rangeOf }: RuleInput,
	{ path, text }: Place,
	{ template, format, what, plain }: Wanted,
): readonly Diagnostic[] => {
	const only = onlyField(template);
	if (only === null) {
		const summary = `${quote(text)} is more than one field, and ${what} is one`;
		return [
			errorAt(
				rangeOf(path),
				'RF3066',
				summary,
				`write \`${plain}: '{{recipient.field}}'\`, and give the field a \`fallback\` if it needs one`,
			),
		];
	}
	const found = lookUpField(draft, only);
	if (found.kind !== 'known' || found.field.format === format || formatIsBroken(found.field)) return [];
	const hint = `write \`${only.field}: {type: string, format: ${format}}\` in the fields of its source, so that each row is checked`;
	return [errorAt(rangeOf(path), 'RF3066', `the field ${quote(nameOfField(only))} is not said to be ${what}`, hint)];
};

const formatIsBroken = (field: Draft<Field>): boolean => Object.hasOwn(field, 'format') && field.format === undefined;

const mustBeNumber = ({ draft, rangeOf }: RuleInput, { path }: Place, template: Template): readonly Diagnostic[] => {
	const only = onlyField(template);
	const found = only === null ? null : lookUpField(draft, only);
	if (only === null || found?.kind !== 'known') return [];
	const name = quote(nameOfField(only));
	const hint = `write \`${only.field}: {type: number}\` in the fields of its source`;
	if (found.field.type === 'boolean') return [errorAt(rangeOf(path), 'RF3066', `the field ${name} is true or false, and no number`, hint)];
	if (found.field.type !== 'string') return [];
	const summary = `the field ${name} is a text: a row in which it is not written as a number cannot be drawn`;
	return [{ ...errorAt(rangeOf(path), 'RF3066', summary, hint), severity: 'warning' }];
};

const misplaced = ({ draft, rangeOf }: RuleInput): readonly Diagnostic[] =>
	misplacedInSpec(draft).map(({ path }) => {
		const key = path.findLast((step) => typeof step === 'string') ?? '';
		const hint = 'data fills texts, numbers, pictures, the colours of layers and props; `when: {data: ...}` chooses by it';
		return errorAt(rangeOf(path), 'RF3066', `\`${key}\` cannot be filled from data`, hint);
	});
