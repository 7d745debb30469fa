import { errorAt } from '../../diagnostics/diagnostic.ts';
import { readAs } from '../template/known-fields.ts';
import { type Rule, textsIn } from './rule.ts';

const SINGLE = /(?<![{$\\])\{\s*([A-Za-z][\w-]*)\.[A-Za-z]\w*\s*\}(?!\})/g;

/** Single braces name files and addresses. In what is drawn or said they stand as they are written, which nobody wants of a field of the data. */
export const singleBraces: Rule = ({ draft, findIn }) => {
	const sources = new Set(Object.keys(draft.data ?? {}).map(readAs));
	const texts = [...textsIn(draft.ctas, ['ctas']), ...textsIn(draft.scenes, ['scenes'])];
	return texts
		.filter(({ path }) => !path.includes('propsSchema'))
		.flatMap(({ text, path }) =>
			[...text.matchAll(SINGLE)].flatMap(({ 0: written, 1: source = '', index }) => {
				if (!sources.has(source)) return [];
				// The same letters may stand in a template before it.
				const piece = text.indexOf(written) === index ? written : text;
				const hint = `did you mean \`{${written}}\`?`;
				return [
					{
						...errorAt(findIn(path, piece), 'RF3067', `\`${written}\` is no template: it stands there as it is`, hint),
						severity: 'warning' as const,
					},
				];
			}),
		);
};
