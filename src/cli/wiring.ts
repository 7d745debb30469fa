import type { CompiledCampaign, CompileOptions, EmittedFile } from '../compiler/pipeline.ts';
import type { Outcome } from '../diagnostics/diagnostic.ts';
import type { RenderEvent } from '../model/events.ts';
import type { ExecutablePlan } from '../model/render-plan.ts';
import type { SegmentMessage } from '../model/segment-message.ts';
import type { AxisValues } from './select.ts';
import type { ToolReport } from './tool-report.ts';
import type { Sources } from './views/diagnostics.ts';

/** A spec that went through stages 1 to 6, or as far as it got. */
export type Compilation = {
	/** As the user wrote it. */
	readonly file: string;
	/** Texts for code frames. */
	readonly sources: Sources;
	/** Absolute paths of the files that the spec names. Null when the spec could not be read so far. */
	readonly namedFiles: readonly string[] | null;
	/** Null when the spec could not be read so far. */
	readonly axes: AxisValues | null;
	readonly outcome: Outcome<CompiledCampaign>;
	/** Absolute path of the file with this content, or null. Knows every asset of a campaign that was compiled. */
	readonly assetFile: AssetFile;
};

export type TypesOutcome = { readonly sources: Sources; readonly outcome: Outcome<string> };

export type AssetFile = (sha256: string) => string | null;

export type ExecuteRequest = {
	readonly plan: ExecutablePlan;
	readonly assetFile: AssetFile;
	/** Absolute. */
	readonly outputDirectory: string;
	readonly concurrency: number;
	readonly frameSource: 'stage' | 'remotion' | null;
};

export type StillRequest = Pick<ExecuteRequest, 'plan' | 'assetFile' | 'frameSource'> & {
	/** One frame each. */
	readonly messages: readonly SegmentMessage[];
	/** Factor on the size of the canvas, at most 1. */
	readonly scale: number;
};

/** Puts the frames of videos that messages draw into a folder of assets. */
export type FramesRequest = Pick<StillRequest, 'messages' | 'assetFile'> & { /** Absolute. */ readonly folder: string };

/** The picture of the message with this number. */
export type DrawnStill = { readonly index: number; readonly png: Uint8Array };

/** What the machine offers: how each tool was looked for, and what is missing. */
export type MachineReport = {
	readonly tools: readonly ToolReport[];
	/** Names of families that a spec can use. */
	readonly fontFamilies: readonly string[];
	/** Version of each installed package of the Remotion family. */
	readonly remotionVersions: ReadonlyMap<string, string>;
	readonly store: { readonly segments: number; readonly bytes: number };
};

/**
 * What the commands ask of the rest of the program: the compiler joined to the adapters of this machine.
 * `wire.ts` makes the real one, tests write theirs by hand.
 */
export type Wiring = {
	/** Stages 1 to 6. Reads the spec and the files it names; writes nothing. */
	compile(file: string, options: CompileOptions): Promise<Compilation>;
	/** Stage 7: against the tools and the store of this machine, and the plan of the last render. */
	plan(compiled: CompiledCampaign, previous: ExecutablePlan | null): Promise<ExecutablePlan>;
	/** The TypeScript types of a campaign. Reads the spec and the schemas of its components' props. */
	types(file: string): Promise<TypesOutcome>;
	/** Stage 8. The entry, and after it the modules that it imports. */
	emit(compiled: CompiledCampaign): readonly [EmittedFile, ...EmittedFile[]];
	/** Stages 9 to 11. */
	execute(request: ExecuteRequest, signal: AbortSignal): AsyncIterable<RenderEvent>;
	/** Draws single frames, in the order of the messages as far as their canvases are the same. Throws `RenderFailure`. */
	drawStills(request: StillRequest, signal: AbortSignal): AsyncIterable<DrawnStill>;
	/** Decodes the frames that are not in the cache. Throws `RenderFailure`. */
	placeFrames(request: FramesRequest, signal: AbortSignal): Promise<void>;
	/** Only the tools that rendering cannot do without. */
	tools(): Promise<readonly ToolReport[]>;
	machine(): Promise<MachineReport>;
	/** Workers that render when no `--concurrency` is given. */
	readonly defaultConcurrency: number;
};
