import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { fail, type Outcome } from '../diagnostics/diagnostic.ts';

/** A compile without the sentences that could not be said. Why they could not says more than that scenes wait for them. */
export const withUnsaid = <T>(outcome: Outcome<T>, unsaid: readonly Diagnostic[]): Outcome<T> =>
	unsaid.length === 0 ? outcome : fail(...outcome.diagnostics.filter(({ code }) => code !== 'RF3075'), ...unsaid);
