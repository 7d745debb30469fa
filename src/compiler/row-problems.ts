import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { RECIPIENTS, type Recipient } from '../model/recipient.ts';
import type { RowProblem } from '../model/row-problem.ts';
import type { LoweredCell } from './lower.ts';

/** Why a recipient's output cannot be made, as problems of its row. */
export const problemsOf = (recipient: Recipient, { personal, unfilled }: LoweredCell): readonly RowProblem[] => [
	...unfilled.map(({ diagnostic, field }) => problem(recipient, diagnostic, field?.field ?? null)),
	...personal.filter(({ severity }) => severity === 'error').map((diagnostic) => problem(recipient, diagnostic, null)),
];

const problem = ({ row, key }: Recipient, { code, summary, hint }: Diagnostic, column: string | null): RowProblem => ({
	...{ code, source: RECIPIENTS, row, key, column, summary },
	hint: hint ?? '',
});
