import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import type { Layer } from '../../model/campaign-spec.gen.ts';
import { toFrames, toSeconds } from '../../model/units.ts';
import type { SpecPath } from '../checked-spec.ts';
import { parseColor } from '../design/color.ts';
import { type Frame, frameOf } from '../design/layout.ts';
import type { Mood } from '../design/mood.ts';
import { moodOf } from '../design/moods.ts';
import { knownColorNames, type Theme, theme } from '../design/theme.ts';
import type { SceneRequest } from '../lower-scene.ts';

/** A layer that the cell shows, where the spec has it, and when it is seen. */
export type ActiveLayer<L extends Layer = Layer> = {
	readonly layer: L;
	readonly path: SpecPath;
	/** Frames of the scene: `until` is excluded. */
	readonly from: number;
	readonly until: number;
};

/** What every step of lowering a scene reads. `report` collects what the user should know. */
export type SceneContext = {
	readonly request: SceneRequest;
	readonly mood: Mood;
	readonly theme: Theme;
	readonly frame: Frame;
	readonly fps: number;
	readonly layers: readonly ActiveLayer[];
	readonly report: (diagnostic: Diagnostic) => void;
};

export const sceneContext = (request: SceneRequest, report: (diagnostic: Diagnostic) => void): SceneContext => {
	const { cell } = request;
	const mood = moodOf(cell.mood);
	return {
		request,
		mood,
		theme: (request.themeOf ?? theme)(mood, brandColors(request, report)),
		frame: frameOf(cell.platform, mood),
		fps: cell.platform.canvas.fps,
		layers: activeLayers(request),
		report,
	};
};

const activeLayers = (request: SceneRequest): readonly ActiveLayer[] =>
	activeIn(request, request.scene.layers ?? [], { path: [...request.path, 'layers'], from: 0, until: request.frames });

/** Where a list of layers stands in the spec, and the frames outside of which none of them is seen. */
export type LayerSpan = { readonly path: SpecPath; readonly from: number; readonly until: number };

/** The layers of a list that are seen at all. A layer in a group is seen while its group is. */
export const activeIn = ({ cell, frames }: SceneRequest, layers: readonly Layer[], span: LayerSpan): readonly ActiveLayer[] =>
	layers.flatMap((layer, index) => {
		const at = (written: number | string | undefined, otherwise: number): number =>
			written === undefined ? otherwise : Math.min(frames, toFrames(toSeconds(written), cell.platform.canvas.fps));
		const [from, until] = [Math.max(span.from, at(layer.from, span.from)), Math.min(span.until, at(layer.until, span.until))];
		return from < until ? [{ layer, path: [...span.path, index], from, until }] : [];
	});

const brandColors = (request: SceneRequest, report: (diagnostic: Diagnostic) => void) => {
	const read = (name: 'primary' | 'accent'): string | undefined => {
		const written = request.brand?.colors?.[name];
		if (written === undefined) return undefined;
		const color = parseColor(written);
		if (color === null) report(unknownColor(request, ['brand', 'colors', name], written));
		return color ?? undefined;
	};
	return { primary: read('primary'), accent: read('accent') };
};

export const unknownColor = ({ checked }: SceneRequest, path: SpecPath, written: string): Diagnostic => {
	const near = didYouMean(written, knownColorNames());
	return {
		code: 'RF3005',
		severity: 'error',
		summary: `"${written}" is not a colour`,
		range: checked.rangeOf(path),
		hint:
			near === undefined
				? 'write #rrggbb, a CSS colour name, brand.primary, brand.accent or a role such as accent'
				: `did you mean "${near}"?`,
	};
};
