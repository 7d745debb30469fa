import type { SourceRange } from '../diagnostics/diagnostic.ts';
import type { CampaignSpec } from '../model/campaign-spec.gen.ts';

export type SpecPath = readonly (string | number)[];

/** A spec that passed stages 1 and 2, and where each of its values stands in the text. */
export type CheckedSpec = {
	readonly file: string;
	readonly spec: CampaignSpec;
	/** Range of the value at a path of `spec`, or of its key. Falls back to the nearest parent that is written. */
	readonly rangeOf: (path: SpecPath, at?: 'key' | 'value') => SourceRange;
};
