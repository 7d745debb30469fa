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
export { bindRecipients, bindShared, EVERY_ROW, type RowChoice } from './bind/bind-recipients.ts';
export { type FoundPicture, type PictureField, pictureFieldsOf, picturesNamedBy, placePictures } from './bind/place-pictures.ts';
export { checkCells } from './check-cells.ts';
export { collectNeeds } from './collect-needs.ts';
export {
	type Audience,
	type CampaignCompiler,
	type CompiledCampaign,
	type CompiledOutput,
	type CompileOptions,
	compileCampaign,
	EVERYONE,
	makeCompiler,
	type RejectedOutput,
} from './compile-campaign.ts';
export { diffPlans, type PlanDifference } from './diff-plan.ts';
export { type EmittedFile, emitComponent, emitEntry } from './emit-entry.ts';
export { emitTypes, type TypesRequest } from './emit-types.ts';
export { collisionCure, makeCollisionCheck } from './name-outputs.ts';
export { makeDecisions } from './narrative-decisions.ts';
export { type PlanContext, planCampaign } from './plan.ts';
export { readSpec, type SpecSurvey, surveySpec } from './read-spec.ts';
export { recipesOf } from './recipes.ts';
export { type Sharing, share } from './share.ts';
export { type SpeechNeed, speechNeeds } from './sound/speech-needs.ts';
export { restingFrame, stillOf } from './still.ts';
export { makeStreamPlanner, type StreamedLine, type StreamSummary } from './stream-plan.ts';
