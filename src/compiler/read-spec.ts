import { conclude, type Diagnostic, fail, type Outcome } from '../diagnostics/diagnostic.ts';
import { orderDiagnostics } from '../diagnostics/order.ts';
import type { CampaignSpec } from '../model/campaign-spec.gen.ts';
import { checkMeaning } from './check.ts';
import type { CheckedSpec } from './checked-spec.ts';
import type { DraftSpec } from './draft-spec.ts';
import { type ParsedSpec, readYaml } from './parse.ts';
import type { SpecSource } from './spec-source.ts';
import { validateShape } from './validate.ts';

/** Diagnostics that are worth reading at once. */
const MAX_DIAGNOSTICS = 50;
const LONGEST_SUMMARY = 500;

/** A spec as far as it could be read. */
export type SpecSurvey = {
	readonly outcome: Outcome<CheckedSpec>;
	/** What is left of the spec without its faulty parts, so that the files it names can be checked in the same run; null when too little is. */
	readonly draft: (Pick<ParsedSpec, 'rangeOf'> & { readonly spec: DraftSpec }) | null;
};

/**
 * Stages 1 and 2: text to a spec that is right as far as the spec alone can tell. Every problem of every phase that could run, in the order of
 * the text, at most fifty of them. Never throws, whatever the text.
 */
export const surveySpec = (source: SpecSource): SpecSurvey => {
	const { parsed, diagnostics } = readYaml(source);
	if (!parsed) return { outcome: fail(...capped(diagnostics)), draft: null };
	const shape = validateShape(parsed);
	const meaning = shape.draft ? checkMeaning(parsed, shape.draft) : [];
	const all = capped([...diagnostics, ...shape.diagnostics, ...meaning]);
	return {
		// The schema has been checked: without an error the data is a spec.
		outcome: conclude({ file: parsed.file, spec: parsed.data as CampaignSpec, rangeOf: parsed.rangeOf }, all),
		draft: shape.draft && { spec: shape.draft, rangeOf: parsed.rangeOf },
	};
};

/** Stages 1 and 2, for callers that need a spec without a fault. */
export const readSpec = (source: SpecSource): Outcome<CheckedSpec> => surveySpec(source).outcome;

/** Names out of a hostile text can be as long as it is. */
const clipped = (diagnostic: Diagnostic): Diagnostic =>
	diagnostic.summary.length <= LONGEST_SUMMARY
		? diagnostic
		: { ...diagnostic, summary: `${diagnostic.summary.slice(0, LONGEST_SUMMARY)}…` };

const capped = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] => {
	const ordered = orderDiagnostics(diagnostics).map(clipped);
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
