import { type Diagnostic, errorAt } from '../../diagnostics/diagnostic.ts';
import { didYouMean, hintForName, listNames } from '../../diagnostics/suggest.ts';
import { quote } from '../../diagnostics/visible.ts';
import type { DataSource } from '../../model/campaign-spec.gen.ts';
import { type FieldPath, RECIPIENT, RECIPIENTS } from '../../model/recipient.ts';
import type { SpecPath } from '../checked-spec.ts';
import type { Draft, DraftSpec } from '../draft-spec.ts';
import { fieldOf, isOfRecipient, isPlaceholder, KEY_PLACEHOLDER, type PatternPiece, PLACEHOLDERS, piecesOf } from '../name-pattern.ts';
import type { Rule } from './rule.ts';

const NAMING: SpecPath = ['output', 'naming'];

/** `output.naming` is a relative path of an MP4 file with known placeholders, and differs from recipient to recipient. */
export const outputNaming: Rule = ({ draft, rangeOf, findIn }) => {
	const pattern = draft.output?.naming;
	if (pattern === undefined) return [];
	const pieces = piecesOf(pattern).flatMap((piece): Diagnostic[] => {
		const problem = pieceProblem(piece, draft);
		return problem ? [errorAt(findIn(NAMING, problem.at), problem.code, problem.summary, problem.hint)] : [];
	});
	const file = fileProblem(pattern);
	return [
		...pieces,
		...(sharesName(pattern, draft)
			? [
					errorAt(
						rangeOf(NAMING),
						'RF3007',
						'every recipient would get one name',
						'add {key}, or a field such as {data.name}, to `output.naming`',
					),
				]
			: []),
		...(leavesFolder(pattern)
			? [
					errorAt(
						rangeOf(NAMING),
						'RF3008',
						`${quote(pattern)} leaves the output folder`,
						'write a path below it, without `..` and not from `/`',
					),
				]
			: []),
		...(file ? [errorAt(rangeOf(NAMING), 'RF2006', ...file)] : []),
	];
};

type PieceProblem = { readonly at: string; readonly code: 'RF2006' | 'RF3009'; readonly summary: string; readonly hint: string };

const pieceProblem = (piece: PatternPiece, draft: DraftSpec): PieceProblem | undefined => {
	const at = piece.written;
	switch (piece.kind) {
		case 'stray':
			return { at, code: 'RF2006', summary: `the brace ${at} has no partner`, hint: 'write placeholders as `{platform}`' };
		case 'placeholder': {
			const problem = placeholderProblem(piece.name, draft);
			return problem && { at, code: 'RF3009', summary: problem[0], hint: problem[1] };
		}
		case 'text': {
			const [sign] = /[<>:"|?*%\\\u0000-\u001f]/.exec(at) ?? [];
			if (sign === undefined) return undefined;
			const hint = sign === '\\' ? 'write `/` between folders' : 'use letters, digits, hyphens and `/`';
			return { at: sign, code: 'RF2006', summary: `${quote(sign)} cannot be in a file name`, hint };
		}
	}
};

type Problem = readonly [summary: string, hint: string];

const placeholderProblem = (name: string, draft: DraftSpec): Problem | undefined => {
	if (isOfRecipient(name)) return recipientProblem(name, draft);
	if (!isPlaceholder(name)) return [`unknown placeholder ${quote(`{${name}}`)}`, cureFor(name, draft)];
	if (name !== 'cta' || (Object.hasOwn(draft, 'ctas') && draft.matrix?.ctas?.length !== 0)) return undefined;
	const reason = Object.hasOwn(draft, 'ctas') ? '`matrix.ctas` is empty' : 'the spec has no `ctas`';
	return [`{cta} has no value: ${reason}`, 'remove it from the name, or add `ctas`'];
};

const recipientProblem = (name: string, draft: DraftSpec): Problem | undefined => {
	const shown = quote(`{${name}}`);
	if (!hasRecipients(draft)) {
		return [`${shown} has no value: the spec has no \`data.recipients\``, 'remove it from the name, or add the rows that it differs by'];
	}
	const path = fieldOf(name);
	if (path === undefined) return undefined;
	const sources = sourcesByName(draft);
	const source = sources.get(path.source);
	if (source === undefined) return sources.has(path.source) ? undefined : unknownSource(shown, path, sources);
	const { fields } = source;
	if (fields === undefined || Object.hasOwn(fields, path.field)) return undefined;
	return [`${shown}: ${whose(path.source)} no field ${quote(path.field)}`, hintForName(path.field, Object.keys(fields))];
};

const whose = (source: string): string => (source === RECIPIENT ? 'recipients have' : `${quote(source)} has`);

const unknownSource = (shown: string, { source, field }: FieldPath, sources: ReadonlyMap<string, unknown>): Problem => [
	`${shown} names no data source`,
	source === RECIPIENTS ? `write {data.${field}}` : hintForName(source, [...sources.keys()]),
];

const hasRecipients = ({ data }: DraftSpec): boolean => data !== undefined && Object.hasOwn(data, RECIPIENTS);

/** The sources by the names that fields are read under; undefined for one that is broken. */
const sourcesByName = ({ data }: DraftSpec): ReadonlyMap<string, Draft<DataSource> | undefined> =>
	new Map(Object.entries(data ?? {}).map(([name, source]) => [name === RECIPIENTS ? RECIPIENT : name, source]));

/** Whether nothing in the name differs from recipient to recipient. */
const sharesName = (pattern: string, draft: DraftSpec): boolean =>
	hasRecipients(draft) && !piecesOf(pattern).some((piece) => piece.kind === 'placeholder' && mayDiffer(piece.name, draft));

/** Sources that are neither joined to the recipients nor asked for each of them hold for all. What is unknown or broken may differ: it is reported as such. */
const mayDiffer = (name: string, draft: DraftSpec): boolean => {
	const path = fieldOf(name);
	if (path === undefined) return name === KEY_PLACEHOLDER;
	const source = sourcesByName(draft).get(path.source);
	return path.source === RECIPIENT || source === undefined || source.type === 'api' || Object.hasOwn(source, 'on');
};

const cureFor = (name: string, draft: DraftSpec): string => {
	const known = hasRecipients(draft) ? [...PLACEHOLDERS, KEY_PLACEHOLDER] : PLACEHOLDERS;
	const close = didYouMean(name, known) ?? fieldMeant(name, draft);
	return close === undefined ? `one of: ${listNames(known.map((one) => `{${one}}`))}` : `did you mean {${close}}?`;
};

/** `{company}` for `{data.company}`. */
const fieldMeant = (name: string, draft: DraftSpec): string | undefined => {
	const source = hasRecipients(draft) ? sourcesByName(draft).get(RECIPIENT) : undefined;
	const field = didYouMean(name.replace(/^(data|recipients?)\./, ''), Object.keys(source?.fields ?? {}));
	return field === undefined ? undefined : `data.${field}`;
};

const leavesFolder = (pattern: string): boolean => /^([/\\~]|[a-z]:)/i.test(pattern) || pattern.split(/[/\\]/).includes('..');

const fileProblem = (pattern: string): Problem | undefined => {
	if (!pattern.endsWith('.mp4')) return ['the name has to end in .mp4', `write ${quote(`${pattern.replace(/\.\w{1,4}$/, '')}.mp4`, 200)}`];
	return /(^|\/)\.mp4$/.test(pattern) ? ['the file has no name before .mp4', 'add a placeholder, such as `{platform}.mp4`'] : undefined;
};
