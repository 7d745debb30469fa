import { quote } from '../../diagnostics/visible.ts';
import type { TemplateProblem } from './template.ts';

/** Templates are read by a parser whose time grows with the square of their depth: these bounds keep it in milliseconds. */
export const LIMITS = { length: 4096, depth: 16, output: 65_536 } as const;

/** `{{...}}` in a text, braces included. */
export type Tag = {
	readonly start: number;
	readonly end: number;
	readonly kind: 'value' | 'open' | 'close' | 'comment';
	/** Of a block: `if`. */
	readonly name: string;
};

/** Signs after the braces that ask for something that templates do not have, longest first. */
const REFUSED: readonly (readonly [sign: string, name: string, hint: string])[] = [
	['{{{{', 'raw blocks', 'write `\\{{` for braces that are shown'],
	['{{{', 'three braces', 'write `{{recipient.name}}`: a value is always shown as it is'],
	['{{&', '`{{&`', 'write `{{recipient.name}}`: a value is always shown as it is'],
	['{{#>', 'partials', 'write the text itself'],
	['{{#*', 'decorators', 'remove it'],
	['{{>', 'partials', 'write the text itself'],
	['{{*', 'decorators', 'remove it'],
];

type Scan = { readonly ok: true; readonly tags: readonly Tag[] } | ({ readonly ok: false } & TemplateProblem);

/** The tags of a text, when they are few, closed and nested well: what the parser may be given. Linear in the length of the text. */
export const scanTags = (text: string): Scan => {
	if (text.length > LIMITS.length)
		return refuse(
			'RF3063',
			`a template of ${text.length} characters is too long`,
			`write at most ${LIMITS.length}, or move parts to the data`,
		);
	const tags: Tag[] = [];
	for (let at = text.indexOf('{{'); at !== -1; at = text.indexOf('{{', at)) {
		if (isEscaped(text, at)) {
			at += 2;
			continue;
		}
		const tag = tagAt(text, at);
		if ('code' in tag) return { ok: false, ...tag };
		tags.push(tag);
		at = tag.end;
	}
	const problem = nestingProblem(text, tags);
	return problem === null ? { ok: true, tags } : { ok: false, ...problem };
};

/** One backslash makes braces text; two are a backslash before a tag. */
const isEscaped = (text: string, at: number): boolean => text[at - 1] === '\\' && text[at - 2] !== '\\';

const tagAt = (text: string, start: number): Tag | TemplateProblem => {
	const head = text.slice(start, start + 6).replace('{{~', '{{');
	const refused = REFUSED.find(([sign]) => head.startsWith(sign));
	const end = endOfTag(text, start, head);
	const at = { start, end: end ?? text.length };
	if (refused) return { code: 'RF3062', summary: `not allowed in a template: ${refused[1]}`, hint: refused[2], at };
	if (end === null)
		return { code: 'RF3060', summary: 'the braces are not closed', hint: 'close them with `}}`, or write `\\{{` to show them', at };
	if (text[end] === '}' && !head.startsWith('{{!'))
		return {
			code: 'RF3060',
			summary: 'a third brace closes what two have opened',
			hint: 'put a space before the brace that is shown',
			at: { start, end: end + 1 },
		};
	if (head.startsWith('{{!')) return { start, end, kind: 'comment', name: '' };
	const inner = text
		.slice(start, end)
		.replace(/^\{\{~?\s*/, '')
		.replace(/\s*~?\}\}$/, '');
	if (inner === '') return { code: 'RF3060', summary: 'the braces hold nothing', hint: 'write `{{recipient.name}}`', at };
	const [, sign = '', name = ''] = /^([#^/]?)\s*([^\s~}]*)/.exec(inner) ?? [];
	if (sign === '/') return { start, end, kind: 'close', name };
	return { start, end, kind: sign !== '' && inner !== '^' ? 'open' : 'value', name };
};

/** Where a tag ends: behind the first `}}` that is not in a quoted text. */
const endOfTag = (text: string, start: number, head: string): number | null => {
	const [close, from] = head.startsWith('{{!--')
		? [/--~?\}\}/g, start + 5]
		: head.startsWith('{{!')
			? [/\}\}/g, start + 3]
			: [TAG_END, start + 2];
	const search = new RegExp(close);
	search.lastIndex = from;
	for (let found = search.exec(text); found !== null; found = search.exec(text)) if (found[0].endsWith('}}')) return search.lastIndex;
	return null;
};

/** A quoted text, to be passed over, or the end. */
const TAG_END = /"(?:\\"|[^"])*"|'(?:\\'|[^'])*'|\}\}/g;

const nestingProblem = (text: string, tags: readonly Tag[]): TemplateProblem | null => {
	const open: Tag[] = [];
	for (const tag of tags) {
		const at = { start: tag.start, end: tag.end };
		if (tag.kind === 'open') open.push(tag);
		if (open.length > LIMITS.depth) return { ...TOO_DEEP, at };
		if (tag.kind !== 'close') continue;
		const opened = open.pop();
		if (opened === undefined)
			return {
				code: 'RF3060',
				summary: `${quote(text.slice(tag.start, tag.end))} closes nothing`,
				hint: 'remove it, or open it before',
				at,
			};
		if (opened.name !== tag.name) {
			const summary = `${quote(text.slice(tag.start, tag.end))} closes a block that begins with ${quote(text.slice(opened.start, opened.end))}`;
			return { code: 'RF3060', summary, hint: `write \`{{/${opened.name}}}\``, at };
		}
	}
	const left = open.at(-1);
	if (left === undefined) return null;
	const at = { start: left.start, end: left.end };
	return { code: 'RF3060', summary: `${quote(text.slice(left.start, left.end))} is not closed`, hint: `add \`{{/${left.name}}}\``, at };
};

export const TOO_DEEP: TemplateProblem = {
	code: 'RF3063',
	summary: `a template is nested more than ${LIMITS.depth} deep`,
	hint: 'use fewer conditions inside of conditions, or prepare the value in the data',
};

const refuse = (code: 'RF3063', summary: string, hint: string): Scan => ({ ok: false, code, summary, hint });
