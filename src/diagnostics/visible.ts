// Controls, bidirectional marks and zero-width characters. The zero-width joiner stays: emoji are made with it.
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Cs}/gu;

const picture = (character: string): string => {
	const code = character.charCodeAt(0);
	if (code < 0x20) return String.fromCharCode(0x2400 + code);
	return code === 0x7f ? '\u2421' : '\ufffd';
};

/** The text with every character that would move the cursor, hide or reorder its neighbours shown as a sign of its own. One line. */
export const visible = (text: string): string => text.replace(HIDDEN, picture);

/** A user's text inside a message: in double quotes, on one line, at most `limit` UTF-16 units of it. */
export const quote = (text: string, limit = 60): string => {
	const shown = text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
	return `"${visible(shown)}"`;
};
