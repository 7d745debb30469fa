/** What `output.naming` may name. */
export const PLACEHOLDERS = ['campaign', 'platform', 'duration', 'variant', 'mood', 'cta'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

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
