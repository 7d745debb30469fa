import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Brand } from '../model/campaign-spec.gen.ts';
import type { Cell } from '../model/cell.ts';
import type { Paint } from '../model/drawing.ts';
import type { WordTiming } from '../model/sound.ts';
import type { TimedDrawing } from '../model/timeline.ts';
import type { Inputs } from '../ports/inputs.ts';
import type { CheckedSpec, SpecPath } from './checked-spec.ts';
import { layOut } from './design/layout.ts';
import type { ThemeMaker } from './design/theme.ts';
import { groundOf } from './lower/background.ts';
import { buildStacks } from './lower/build-stacks.ts';
import { spreadComponents } from './lower/component.ts';
import { drawParts } from './lower/draw-parts.ts';
import { checkFirstFrame } from './lower/first-frame.ts';
import { checkReadingTime } from './lower/reading-time.ts';
import { reportOverflow } from './lower/report-overflow.ts';
import { sceneContext } from './lower/scene-context.ts';
import { setStage } from './lower/set-stage.ts';
import type { PlainScene } from './resolve-scene.ts';

/** One scene of one cell, with its length settled. */
export type SceneRequest = {
	/** Its `rangeOf` knows the places of the scene below. */
	readonly checked: CheckedSpec;
	/** As the cell shows it. */
	readonly scene: PlainScene;
	/** Where the scene stands in the spec, for diagnostics: `['scenes', 2]`. */
	readonly path: SpecPath;
	/** Where the spec has what stands at a path of the scene; the same place when left out. */
	readonly sourceOf?: (path: SpecPath) => SpecPath;
	readonly cell: Cell;
	readonly brand: Brand | null;
	/** Of scenes that are lowered together, so that each colour is worked out once. */
	readonly themeOf?: ThemeMaker;
	readonly inputs: Inputs;
	/** Length of the scene, transitions included. */
	readonly frames: number;
	/** Frames at the start in which the scene before it is still seen. */
	readonly framesEntering: number;
	/** Share of those after which the scene has mostly appeared; that of a crossfade when left out. */
	readonly appeared?: number;
	/** What its captions draw: words by seconds from the frame `at` on. */
	readonly spoken?: { readonly at: number; readonly words: readonly WordTiming[] };
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
	checkFirstFrame(context);
	checkReadingTime(
		context,
		parts.flatMap(({ read }) => read ?? []),
	);
	const layers = [
		...stage.behind,
		...[...stage.panels, ...spreadComponents(context, ground.roles), ...parts].sort((a, b) => a.order - b.order).map((part) => part.timed),
	];
	return { background: ground.paint, layers, diagnostics: withoutRepeats(found) };
};

const withoutRepeats = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] => [
	...new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values(),
];
