import type { RowValues } from '../../model/recipient.ts';
import { CLOSE, markEmphasis, OPEN } from '../design/emphasis.ts';
import type { Rendered, Renderer } from './render-template.ts';

const STAR = '\u0004';
const BACKSLASH = '\u0005';
const MARKS = new RegExp(`[${OPEN}${CLOSE}${STAR}${BACKSLASH}]`, 'g');

/** A value where nothing emphasises. Marks that the typesetter knows are no part of a text. */
export const plainEscape = (value: string): string => value.replaceAll(MARKS, '');

/** A value where asterisks emphasise, so that it is shown as it is. */
export const markupEscape = (value: string): string => plainEscape(value).replaceAll('*', '\\*');

/** A value in a script: what it has in brackets is said, and is no pause. */
export const scriptEscape = (value: string): string => plainEscape(value).replaceAll('[', '(').replaceAll(']', ')');

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
/** What no XML document may have, as a code point or as an entity. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** A value in speech markup, in an attribute too. */
export const ssmlEscape = (value: string): string =>
	plainEscape(value)
		.replaceAll(NOT_XML, '')
		.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');

/**
 * A text in which asterisks emphasise, filled: those of the template do, those of a value are shown. What is emphasised is marked before values
 * are read as text, so that a value which ends in a backslash or an asterisk cannot take away a mark of the template.
 */
export const fillMarkup = (renderer: Renderer, values: RowValues): Rendered => {
	const hidden = (value: string): string => plainEscape(value).replaceAll('*', STAR).replaceAll('\\', BACKSLASH);
	const rendered = renderer.text(values, { escape: hidden });
	if (!rendered.ok) return rendered;
	const marked = markEmphasis(rendered.text).replaceAll(STAR, '*').replaceAll(BACKSLASH, '\\');
	return { ok: true, text: marked.replaceAll('*', '\\*') };
};
