import type { CompiledCampaign, CompileOptions, EmittedFile, RejectedOutput, StreamedLine, StreamSummary } from '../compiler/pipeline.ts';
import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import type { CaptionPage } from '../model/audio.ts';
import type { RenderEvent } from '../model/events.ts';
import type { Failure } from '../model/failure.ts';
import type { SegmentKey } from '../model/keys.ts';
import type { ExecutablePlan } from '../model/render-plan.ts';
import type { SegmentMessage, Toolchain } from '../model/segment-message.ts';
import type { LiveMoment } from '../ports/data-sources.ts';
import type { OpenedDesk } from './assets/desk.ts';
import type { RowReport } from './audience.ts';
import type { GatherExport } from './commands/assets-export.ts';
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
	/** The outputs of a group that has a fault which is not its rows'; none when its source cannot be read on. Left out of a group that is right. */
	readonly unmade?: readonly UnmadeOutput[];
	/** How many outputs there are of a campaign that is right and has more of them than can be compiled at once. */
	readonly tooMany?: number;
	/** What was found in the rows of the recipients; null in a campaign without. */
	readonly rows: (RowReport & { readonly outputs: number }) | null;
	/** What the personal stretches of its outputs were cut into; left out without recipients. */
	readonly recipes?: (toolchain: Toolchain) => ReadonlyMap<string, readonly SegmentKey[]>;
	/** The campaign's components, by the hashes of their code. */
	readonly components: readonly string[];
	/** Absolute path of the file with this content, or null. Knows every asset of a campaign that was compiled. */
	readonly assetFile: AssetFile;
	/** Left out when the spec could not be read so far. */
	readonly assetCache?: CampaignCache;
};

/** An output that no plan has. */
export type UnmadeOutput = Pick<RejectedOutput, 'id' | 'path' | 'cell' | 'recipient'>;

/** The cache of assets of a campaign. */
export type CampaignCache = {
	/** Absolute. */
	readonly directory: string;
	/** Keys of the sentences that are said already. */
	readonly said: () => Promise<ReadonlySet<string>>;
	/** Keeps what the campaign's lock names from eviction, until released. */
	readonly claim: () => Promise<{ release(): Promise<void> }>;
};

/** A campaign whose recipients are compiled group by group; or why none of it can be. */
export type BatchedCampaign =
	| { readonly refused: Compilation }
	| {
			readonly campaign: string;
			readonly outputs: number;
			readonly rows: Compilation['rows'];
			readonly axes: AxisValues | null;
			readonly sources: Sources;
			readonly diagnostics: readonly Diagnostic[];
			readonly batches: AsyncIterable<Compilation>;
	  };

/** The plan of a campaign with any number of recipients, line by line; or why there is none. */
export type StreamedPlan =
	| { readonly refused: Compilation }
	| {
			readonly campaign: string;
			readonly file: string;
			readonly sources: Sources;
			readonly diagnostics: readonly Diagnostic[];
			/** @throws SourceFailure */
			readonly lines: AsyncIterable<readonly StreamedLine[]>;
			/** Whole when the lines have ended. */
			readonly result: () => StreamResult;
	  };

export type StreamResult = {
	readonly summary: StreamSummary;
	readonly rows: RowReport;
	/** What keeps the campaign from being rendered: names that two outputs would have, keys that no row has. */
	readonly refusals: readonly Diagnostic[];
};

export type TypesOutcome = { readonly sources: Sources; readonly outcome: Outcome<string> };

export type AssetFile = (sha256: string) => string | null;

export type ExecuteRequest = {
	readonly plan: ExecutablePlan;
	readonly assetFile: AssetFile;
	/** Held until the session is closed. Its folder has the sentences that were said; `.asset-cache` of the project when left out. */
	readonly assetCache?: CampaignCache;
	/** Absolute. */
	readonly outputDirectory: string;
	readonly concurrency: number;
	readonly frameSource: 'stage' | 'remotion' | null;
	/** What the run may take of the machine; left out, what the machine has. */
	readonly limits?: RunLimits;
	/** Components of plans that will be executed in the same session, so that all of them have one bundle. None when left out. */
	readonly components?: readonly string[];
};

export type RunLimits = {
	/** Whether `concurrency` was asked for: it then is not lowered for large canvases, only for `memoryBytes`. */
	readonly chosenConcurrency: boolean;
	/** For everything that the run starts, this process included. */
	readonly memoryBytes: number | null;
	/** Whether browsers and encoders give way to other programs. */
	readonly nice: boolean;
	/** Whether the first failed output ends the run. */
	readonly failFast: boolean;
};

/** The story of a run, for people. Nothing reads it back. */
export type RunJournal = {
	/** Absolute. */
	readonly path: string;
	/** Never throws. */
	write(event: RenderEvent): void;
	close(): Promise<void>;
};

/** Stages 9 to 11 for one plan or for several, one after the other. */
export type RenderSession = {
	execute(request: ExecuteRequest, signal: AbortSignal): AsyncIterable<RenderEvent>;
	/** Ends what the plans have in common: browsers and threads. */
	close(): Promise<void>;
};

export type StillRequest = Pick<ExecuteRequest, 'plan' | 'assetFile' | 'frameSource'> & {
	/** One frame each. */
	readonly messages: readonly SegmentMessage[];
	/** Factor on the size of the canvas, at most 1. */
	readonly scale: number;
};

export type VerifyRequest = Pick<ExecuteRequest, 'plan' | 'assetFile' | 'components' | 'concurrency' | 'frameSource'> & {
	/** Segments of the plan that are in the store. */
	readonly keys: readonly SegmentKey[];
};

/** `difference` is where the pictures differ; null when only the files do. */
export type VerifyEvent =
	| { readonly type: 'segment-verified'; readonly segment: SegmentKey; readonly frames: number }
	/** The stored one was wrong and is set aside. `outputs`: absolute paths of files that were made from it, and will be made again. */
	| {
			readonly type: 'segment-differs';
			readonly segment: SegmentKey;
			readonly difference: FrameDifference | null;
			readonly outputs: readonly string[];
	  }
	/** Drawn more than once now, with different bytes. `difference` is between two of them; what is stored stays. */
	| { readonly type: 'segment-impure'; readonly segment: SegmentKey; readonly difference: FrameDifference | null }
	| { readonly type: 'segment-damaged'; readonly segment: SegmentKey }
	| { readonly type: 'segment-unverified'; readonly segment: SegmentKey; readonly failure: Failure };

export type FrameDifference = { readonly frame: number; readonly stored: Uint8Array; readonly fresh: Uint8Array };

/** What is kept on disk between commands. */
export type CacheUpkeep = {
	/** By kind, as far as there is something of it. */
	stats(): Promise<readonly KindSize[]>;
	/** Removes what can be made again for nothing until everything is at most so large. */
	prune(maxBytes: number): Promise<readonly PrunedKind[]>;
	/** Compares what has a record with it, and sets aside what is damaged. */
	check(): Promise<readonly CheckedKind[]>;
};

/** How much there is of a kind. `kept` counts what no pruning removes, by the reason. */
export type KindSize = {
	readonly kind: string;
	readonly things: number;
	readonly bytes: number;
	readonly kept: Readonly<Record<string, number>>;
};
export type PrunedKind = KindSize & { readonly removed: number; readonly bytesRemoved: number };
/** `damaged`: keys. */
export type CheckedKind = { readonly kind: string; readonly checked: number; readonly bytes: number; readonly damaged: readonly string[] };

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
	/** Stages 1 to 6. Reads the spec and the files it names; writes nothing. `live` sources show what they say now when nothing else is asked for. */
	compile(file: string, options: CompileOptions, live?: LiveMoment): Promise<Compilation>;
	/** The same in groups of recipients, so that a campaign of any size can be rendered. A campaign without recipients is one group. */
	compileBatches(file: string, options: CompileOptions, live?: LiveMoment): Promise<BatchedCampaign>;
	/** Stages 1 to 7 for a campaign with recipients, in constant memory. */
	streamPlan(file: string, options: CompileOptions, live?: LiveMoment): Promise<StreamedPlan>;
	/** Keeps what the personal stretches of rendered outputs were cut into, for the next `streamPlan`. */
	remember(campaign: string, recipes: ReadonlyMap<string, readonly SegmentKey[]>): Promise<void>;
	/** Whether the spec has a source of recipients; false when it cannot be read so far. */
	hasRecipients(file: string): Promise<boolean>;
	/** The name of the campaign; null when its spec cannot be read so far. */
	campaignName(file: string): Promise<string | null>;
	/**
	 * Follows the `live` sources of a spec from what they say now, which is known when this resolves, until the signal is given. A spec that cannot be
	 * read so far has none.
	 */
	followLive(file: string, onChange: (source: string) => void, signal: AbortSignal): Promise<void>;
	/** Stage 7: against the tools, the store and the said sentences of this machine, and the plan of the last render. */
	plan(compiled: CompiledCampaign, previous: ExecutablePlan | null, assetCache?: CampaignCache): Promise<ExecutablePlan>;
	/** Whether the files of captions beside an output, an absolute path, are there as they should be. */
	areCaptionsInPlace(file: string, captions: readonly CaptionPage[] | undefined): Promise<boolean>;
	/** The TypeScript types of a campaign. Reads the spec and the schemas of its components' props. */
	types(file: string): Promise<TypesOutcome>;
	/** The assets of a spec: reads it, its lock and its settings. */
	assets(file: string): Promise<OpenedDesk>;
	readonly exportAssets: GatherExport;
	/** Stage 8. The entry, and after it the modules that it imports. */
	emit(compiled: CompiledCampaign): readonly [EmittedFile, ...EmittedFile[]];
	openRender(): RenderSession;
	/** A new file in `.reelform/runs`. */
	openJournal(): Promise<RunJournal>;
	/** Draws segments of the store once more, and compares byte for byte. */
	verify(request: VerifyRequest, signal: AbortSignal): AsyncIterable<VerifyEvent>;
	readonly cache: CacheUpkeep;
	/** Draws single frames, in the order of the messages as far as their canvases are the same. Throws `RenderFailure`. */
	drawStills(request: StillRequest, signal: AbortSignal): AsyncIterable<DrawnStill>;
	/** Decodes the frames that are not in the cache. Throws `RenderFailure`. */
	placeFrames(request: FramesRequest, signal: AbortSignal): Promise<void>;
	/** Only the tools that rendering cannot do without. */
	tools(): Promise<readonly ToolReport[]>;
	machine(): Promise<MachineReport>;
	/** A name for a file in the making, by its ending: the sweep of an output folder knows it. */
	readonly temporaryName: (extension: string) => string;
	/** Workers that render when no `--concurrency` is given. */
	readonly defaultConcurrency: number;
};
