/** The compiler as pure functions, and the machinery that executes its plans. The command line is made of these. */
export type { CheckedSpec } from './compiler/checked-spec.ts';
export {
	type CompiledCampaign,
	type CompileOptions,
	collectNeeds,
	compileCampaign,
	diffPlans,
	type EmittedFile,
	emitEntry,
	type PlanContext,
	type PlanDifference,
	planCampaign,
	readSpec,
} from './compiler/pipeline.ts';
export type { SpecSource } from './compiler/spec-source.ts';
export { formatDiagnostic } from './diagnostics/code-frame.ts';
export { CODES, type Code } from './diagnostics/codes.ts';
export type { Diagnostic, Outcome, Severity, SourceRange } from './diagnostics/diagnostic.ts';
export type { CampaignSpec } from './model/campaign-spec.gen.ts';
export type { RenderEvent, RunSummary } from './model/events.ts';
export type { Failure, FailureClass } from './model/failure.ts';
export type { ExecutablePlan, RenderPlan } from './model/render-plan.ts';
export type { Selection } from './model/selection.ts';
export { type ResolvedInputs, resolveInputs } from './providers/resolve-inputs.ts';
export { execute } from './renderer/execute.ts';
export type { ExecuteOptions } from './renderer/run-state.ts';
