import type { Code } from '../../diagnostics/codes.ts';
import type { ScriptPart } from '../../model/sound.ts';

/** What is wrong in a script. `start` and `end` are UTF-16 offsets into the script, `[start, end)`. */
export type ScriptProblem = {
	readonly code: Code;
	readonly start: number;
	readonly end: number;
	readonly summary: string;
	readonly hint: string;
};

export type ParsedScript =
	| { readonly ok: true; readonly parts: readonly ScriptPart[] }
	/** At least one problem, in the order of the script. */
	| { readonly ok: false; readonly problems: readonly ScriptProblem[] };
