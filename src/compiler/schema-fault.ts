import type { Code } from '../diagnostics/codes.ts';
import type { SpecPath } from './checked-spec.ts';

/** One way in which a spec breaks the schema. */
export type Fault = {
	readonly code: Code;
	readonly summary: string;
	readonly hint: string;
	/** Where it is shown. */
	readonly path: SpecPath;
	readonly at: 'key' | 'value';
	/** Values that later checks must not look at, written or not. Empty when what is written is of the right type all the same. */
	readonly broken: readonly SpecPath[];
};
