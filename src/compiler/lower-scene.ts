import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Brand, Scene } from '../model/campaign-spec.gen.ts';
import type { Cell } from '../model/cell.ts';
import type { Paint } from '../model/drawing.ts';
import type { TimedDrawing } from '../model/timeline.ts';
import type { Inputs } from '../ports/inputs.ts';
import type { CheckedSpec, SpecPath } from './checked-spec.ts';
import { layOut } from './design/layout.ts';
import { groundOf } from './lower/background.ts';
import { buildStacks } from './lower/build-stacks.ts';
import { drawParts } from './lower/draw-parts.ts';
import { checkReadingTime } from './lower/reading-time.ts';
import { reportOverflow } from './lower/report-overflow.ts';
import { sceneContext } from './lower/scene-context.ts';
import { setStage } from './lower/set-stage.ts';

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
export const lowerScene = (request: SceneRequest): LoweredScene => {
	const found: Diagnostic[] = [];
	const context = sceneContext(request, (diagnostic) => found.push(diagnostic));
	const ground = groundOf(context);
	const layout = layOut(buildStacks(context), context.frame, context.mood);
	for (const failure of layout.failures) reportOverflow(context, failure);
	const stage = setStage(context, ground, layout.placed);
	const parts = drawParts(context, layout.placed, stage);
	checkReadingTime(
		context,
		parts.flatMap(({ read }) => read ?? []),
	);
	const layers = [...stage.behind, ...[...stage.panels, ...parts].sort((a, b) => a.order - b.order).map((part) => part.timed)];
	return { background: ground.paint, layers, diagnostics: withoutRepeats(found) };
};

const withoutRepeats = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] => [
	...new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values(),
];
