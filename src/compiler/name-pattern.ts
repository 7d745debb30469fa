import { type FieldPath, fieldPathOf } from '../model/recipient.ts';

/** What `output.naming` may name of a cell. */
export const PLACEHOLDERS = ['campaign', 'platform', 'duration', 'variant', 'mood', 'cta'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** The placeholder of a recipient's key. */
export const KEY_PLACEHOLDER = 'key';
const FIELD_PREFIX = 'data.';

/** A piece of a naming pattern. `stray` is a brace without its partner. */
export type PatternPiece =
	| { readonly kind: 'text' | 'stray'; readonly written: string }
	| { readonly kind: 'placeholder'; readonly written: string; readonly name: string };

/** `{platform}/{duration}s.mp4` in pieces, in order, nothing left out. */
export const piecesOf = (pattern: string): readonly PatternPiece[] =>
	pattern
		.split(/(\{[^{}]*\}|[{}])/)
		.filter((written) => written !== '')
		.map((written): PatternPiece => {
			if (written === '{' || written === '}') return { kind: 'stray', written };
			return written.startsWith('{') ? { kind: 'placeholder', written, name: written.slice(1, -1) } : { kind: 'text', written };
		});

export const isPlaceholder = (name: string): name is Placeholder => (PLACEHOLDERS as readonly string[]).includes(name);

/** The field that `data.company` or `data.accounts.plan` stands for, whether or not there is one; undefined for a placeholder of another form. */
export const fieldOf = (name: string): FieldPath | undefined => {
	const path = name.slice(FIELD_PREFIX.length);
	return name.startsWith(FIELD_PREFIX) && /^[^.]+(\.[^.]+)?$/.test(path) ? fieldPathOf(path) : undefined;
};

/** Whether a placeholder may differ from recipient to recipient: `key`, or any `data.field`. */
export const isOfRecipient = (name: string): boolean => name === KEY_PLACEHOLDER || fieldOf(name) !== undefined;
