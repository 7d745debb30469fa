import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Brand, Scene } from '../model/campaign-spec.gen.ts';
import type { Cell } from '../model/cell.ts';
import type { Paint } from '../model/drawing.ts';
import type { TimedDrawing } from '../model/timeline.ts';
import type { Inputs } from '../ports/inputs.ts';
import type { CheckedSpec, SpecPath } from './checked-spec.ts';

/** One scene of one cell, with its length settled. */
export type SceneRequest = {
	readonly checked: CheckedSpec;
	readonly scene: Scene;
	/** Where the scene stands in the spec, for diagnostics: `['scenes', 2]`. */
	readonly path: SpecPath;
	readonly cell: Cell;
	readonly brand: Brand | null;
	readonly inputs: Inputs;
	/** Length of the scene, transitions included. */
	readonly frames: number;
	/** Frames at the start in which the scene before it is still seen. */
	readonly framesEntering: number;
	/** The first scene of an output is never empty at frame 0: platforms use that frame as the thumbnail. */
	readonly first: boolean;
};

export type LoweredScene = {
	readonly background: Paint;
	readonly layers: readonly TimedDrawing[];
	readonly diagnostics: readonly Diagnostic[];
};

/** Scene, theme and fonts to drawings: every size, line break, colour and movement is decided here. */
export declare const lowerScene: (request: SceneRequest) => LoweredScene;
