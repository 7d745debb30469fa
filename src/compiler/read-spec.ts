import { conclude, type Diagnostic, fail, type Outcome } from '../diagnostics/diagnostic.ts';
import { orderDiagnostics } from '../diagnostics/order.ts';
import type { CampaignSpec } from '../model/campaign-spec.gen.ts';
import { checkMeaning } from './check.ts';
import type { CheckedSpec } from './checked-spec.ts';
import { readYaml } from './parse.ts';
import type { SpecSource } from './spec-source.ts';
import { validateShape } from './validate.ts';

/** Diagnostics that are worth reading at once. */
const MAX_DIAGNOSTICS = 50;

/**
 * Stages 1 and 2: text to a spec that is right as far as the spec alone can tell. Every problem of every phase that could run, in the order of
 * the text, at most fifty of them. Never throws, whatever the text.
 */
export const readSpec = (source: SpecSource): Outcome<CheckedSpec> => {
	const { parsed, diagnostics } = readYaml(source);
	if (!parsed) return fail(...capped(diagnostics));
	const shape = validateShape(parsed);
	const meaning = shape.draft ? checkMeaning(parsed, shape.draft) : [];
	const all = capped([...diagnostics, ...shape.diagnostics, ...meaning]);
	// The schema has been checked: without an error the data is a spec.
	return conclude({ file: parsed.file, spec: parsed.data as CampaignSpec, rangeOf: parsed.rangeOf }, all);
};

const capped = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] => {
	const ordered = orderDiagnostics(diagnostics);
	const more = ordered.length - MAX_DIAGNOSTICS;
	if (more <= 0) return ordered;
	const rest: Diagnostic = {
		code: 'RF2009',
		severity: 'error',
		summary: `and at least ${more} more problems`,
		hint: 'mend the ones above, then run it again',
	};
	return [...ordered.slice(0, MAX_DIAGNOSTICS), rest];
};
