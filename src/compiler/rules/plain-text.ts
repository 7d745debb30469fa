import { errorAt } from '../../diagnostics/diagnostic.ts';
import { type Rule, textsIn } from './rule.ts';

// What an escape of a double-quoted text can smuggle in: controls other than tab and line breaks, half characters, non-characters.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/u;

/** No text holds a character that cannot be drawn and only confuses what reads it. */
export const plainText: Rule = ({ draft, rangeOf }) =>
	textsIn(draft, []).flatMap(({ text, path }) => {
		const found = CONTROL.exec(text)?.[0];
		if (found === undefined) return [];
		const code = found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
		return [errorAt(rangeOf(path), 'RF2006', `the text has the control character U+${code}`, 'remove the escape that makes it')];
	});
