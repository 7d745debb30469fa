import { type Row, readField, textOf } from './read-field.ts';

const PLACEHOLDER = /\{([^{}]*)\}/g;
/** A placeholder before the path: data would say whom to ask. */
const IN_HOST = /^([a-z][a-z0-9+.-]*:)?(\/\/)[^/?#]*\{|^[^/?#]*\{/i;

/**
 * `https://example.com/user/{user.id}` with the values of a row, percent-encoded, so that no value leaves its place.
 * @throws Error for a field that the row does not have, and for a placeholder in the host
 */
export const fillAddress = (template: string, row: Row): string => {
	if (IN_HOST.test(template)) throw new Error(`the address ${template} has a placeholder before its path: write the host out`);
	return template.replace(PLACEHOLDER, (written, name: string) => {
		const text = textOf(readField(row, name.trim()));
		if (text === undefined) throw new Error(`the address ${template} asks for ${written}, and the row has no "${name.trim()}"`);
		// Encoded or not, these would lead to the folder above.
		if (/^\.{1,2}$/.test(text)) throw new Error(`the address ${template} asks for ${written}, and "${text}" is no part of an address`);
		return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));
	});
};

/** For messages: nothing that may be a secret. */
export const speakAddress = (address: string): string => address.replace(/\/\/[^/?#]*@/, '//').replace(/[?#].*$/s, '');
