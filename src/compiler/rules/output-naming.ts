import { type Diagnostic, errorAt } from '../../diagnostics/diagnostic.ts';
import { didYouMean, listNames } from '../../diagnostics/suggest.ts';
import { quote } from '../../diagnostics/visible.ts';
import type { SpecPath } from '../checked-spec.ts';
import type { DraftSpec } from '../draft-spec.ts';
import { isPlaceholder, type PatternPiece, PLACEHOLDERS, piecesOf } from '../name-pattern.ts';
import type { Rule } from './rule.ts';

const NAMING: SpecPath = ['output', 'naming'];

/** `output.naming` is a relative path of an MP4 file with known placeholders. */
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
			if (!isPlaceholder(piece.name)) return { at, code: 'RF3009', summary: `unknown placeholder ${quote(at)}`, hint: cureFor(piece.name) };
			if (piece.name !== 'cta' || (Object.hasOwn(draft, 'ctas') && draft.matrix?.ctas?.length !== 0)) return undefined;
			const reason = Object.hasOwn(draft, 'ctas') ? '`matrix.ctas` is empty' : 'the spec has no `ctas`';
			return { at, code: 'RF3009', summary: `{cta} has no value: ${reason}`, hint: 'remove it from the name, or add `ctas`' };
		}
		case 'text': {
			const [sign] = /[<>:"|?*%\\\u0000-\u001f]/.exec(at) ?? [];
			if (sign === undefined) return undefined;
			const hint = sign === '\\' ? 'write `/` between folders' : 'use letters, digits, hyphens and `/`';
			return { at: sign, code: 'RF2006', summary: `${quote(sign)} cannot be in a file name`, hint };
		}
	}
};

const cureFor = (name: string): string => {
	const close = didYouMean(name, PLACEHOLDERS);
	return close === undefined ? `one of: ${listNames(PLACEHOLDERS.map((known) => `{${known}}`))}` : `did you mean {${close}}?`;
};

const leavesFolder = (pattern: string): boolean => /^([/\\~]|[a-z]:)/i.test(pattern) || pattern.split(/[/\\]/).includes('..');

const fileProblem = (pattern: string): readonly [summary: string, hint: string] | undefined => {
	if (!pattern.endsWith('.mp4')) return ['the name has to end in .mp4', `write ${quote(`${pattern.replace(/\.\w{1,4}$/, '')}.mp4`, 200)}`];
	return /(^|\/)\.mp4$/.test(pattern) ? ['the file has no name before .mp4', 'add a placeholder, such as `{platform}.mp4`'] : undefined;
};
