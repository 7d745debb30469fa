import type { CheckedSpec } from '../../src/compiler/checked-spec.ts';
import type { CampaignSpec } from '../../src/model/campaign-spec.gen.ts';

/** A spec as stages 1 and 2 would pass it on, for tests of later stages: ranges carry the path as their file. */
export const checked = (spec: Partial<CampaignSpec>): CheckedSpec => ({
	file: 'test.campaign.yaml',
	spec: { reelform: 1, campaign: 'test', platforms: ['youtube'], durations: [10], scenes: [{ id: 'only' }], ...spec },
	rangeOf: (path) => ({ file: path.join('.'), start: 0, end: 0 }),
});
