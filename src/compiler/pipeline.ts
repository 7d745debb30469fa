/**
 * The table of contents of the compiler: pure functions from the text of a spec to a plan and a generated entry.
 *
 * | # | stage          | here                | in -> out                                     |
 * |---|----------------|---------------------|-----------------------------------------------|
 * | 1 | parse          | parse.ts            | text -> ParsedSpec                            |
 * | 2 | validate       | validate.ts, rules/ | ParsedSpec -> CheckedSpec                     |
 * | 3 | collect needs  | collect-needs.ts    | CheckedSpec -> Needs (resolved by providers/) |
 * | 4 | expand         | expand.ts           | CheckedSpec -> Cell[], named                  |
 * | 5 | lower          | lower.ts, lower/    | Cell -> Timeline                              |
 * | 6 | segment, share | segment.ts, share.ts | Timeline -> keyed segments                   |
 * | 7 | plan           | plan.ts             | segments + store index -> ExecutablePlan      |
 * | 8 | emit           | emit-entry.ts       | campaign -> generated entry                   |
 */
export { checkCells } from './check-cells.ts';
export { collectNeeds } from './collect-needs.ts';
export { type CompiledCampaign, type CompileOptions, compileCampaign } from './compile-campaign.ts';
export { diffPlans, type PlanDifference } from './diff-plan.ts';
export { type EmittedFile, emitComponent, emitEntry } from './emit-entry.ts';
export { emitTypes, type TypesRequest } from './emit-types.ts';
export { type PlanContext, planCampaign } from './plan.ts';
export { readSpec, type SpecSurvey, surveySpec } from './read-spec.ts';
export { type Sharing, share } from './share.ts';
export { restingFrame, stillOf } from './still.ts';
