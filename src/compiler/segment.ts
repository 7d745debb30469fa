import type { Drawing } from '../model/drawing.ts';
import type { Canvas, EncoderProfile, FontFile, SceneDrawing, SegmentMessage, TransitionDrawing } from '../model/segment-message.ts';
import type { Timeline, TimelineScene } from '../model/timeline.ts';
import type { FontBook } from '../ports/font-book.ts';
import { componentFonts } from './component-fonts.ts';
import { movements, rebaseDrawing } from './rebase-tracks.ts';
import { setFaces } from './set-faces.ts';

/** A run of frames that is rendered as one unit. `label` is for people: `hook`, or `hook > close` in a transition. */
export type Segment = { readonly label: string; readonly message: SegmentMessage };

/** A still stretch at least this long is worth a segment of its own: scenes of different lengths then share what moves. */
const SHORTEST_HOLD_SECONDS = 1;
/** Longer segments are cut, counted from the scene's start: a crash costs less, and both halves of a machine get work. */
const LONGEST_SEGMENT_SECONDS = 5;

/**
 * Stage 6. Cuts timelines where what is drawn changes its kind: at scenes and transitions, where layers come and go, and where movement gives way to
 * a hold. The frames of the segments sum to the timeline's. Timelines of one campaign have many scenes in common: each stretch of a scene is made into a
 * message once, and is then the same object.
 */
export const makeSegmenter = (profile: EncoderProfile, fonts: FontBook): ((timeline: Timeline) => readonly Segment[]) => {
	const numbers = new WeakMap<object, number>();
	let parts = 0;
	const numberOf = (part: object): number => {
		const number = numbers.get(part) ?? parts++;
		numbers.set(part, number);
		return number;
	};
	// Kept as long as the youngest of their scenes: what shows one recipient's data goes when nobody holds that any more.
	const messages = new WeakMap<object, Map<string, SegmentMessage>>();
	const messageOf = (stretch: Stretch): SegmentMessage => {
		const [youngest] = stretch.scenes.map(({ layers }) => layers).sort((a, b) => numberOf(b) - numberOf(a));
		const scenes = stretch.scenes.map((scene) => `${numberOf(scene.background)}.${numberOf(scene.layers)}@${stretch.start - scene.start}`);
		const { width, height, fps } = stretch.canvas;
		const identity = [width, height, fps, stretch.frames, JSON.stringify(stretch.scenes[0].transition), ...scenes].join(' ');
		const known = messages.get(youngest!) ?? new Map<string, SegmentMessage>();
		messages.set(youngest!, known);
		const message = known.get(identity) ?? drawStretch(stretch, profile, fonts);
		known.set(identity, message);
		return message;
	};
	return (timeline) =>
		stretchesOf(timeline).map((stretch) => ({ label: stretch.scenes.map((scene) => scene.id).join(' > '), message: messageOf(stretch) }));
};

/** Frames of a timeline in which the same one or two scenes are seen. */
type Stretch = {
	readonly canvas: Canvas;
	readonly start: number;
	readonly frames: number;
	readonly scenes: readonly [TimelineScene] | readonly [TimelineScene, TimelineScene];
};

const stretchesOf = (timeline: Timeline): readonly Stretch[] => {
	const cuts = [...new Set([0, timeline.frames, ...timeline.scenes.flatMap((scene) => sceneCuts(scene, timeline))])].sort((a, b) => a - b);
	return cuts.slice(0, -1).map((start, index) => {
		const active = timeline.scenes.filter((scene) => scene.start <= start && start < scene.start + scene.frames);
		const [first, second] = active;
		if (first === undefined || active.length > 2) throw new Error(`frame ${start}: ${active.length} scenes, expected one or two`);
		return { canvas: timeline.canvas, start, frames: cuts[index + 1]! - start, scenes: second === undefined ? [first] : [first, second] };
	});
};

const drawStretch = (
	{ canvas, start, frames, scenes: [first, second] }: Stretch,
	encoder: EncoderProfile,
	fonts: FontBook,
): SegmentMessage => {
	const draw = (scene: TimelineScene): SceneDrawing => {
		const { background, layers } = drawScene(scene, { offset: start - scene.start, frames });
		return { background, layers: layers.map((layer) => setFaces(layer, fonts)) };
	};
	const scenes = second === undefined ? ([draw(first)] as const) : ([draw(first), draw(second)] as const);
	const transition = second === undefined ? null : transitionAt(first, start - second.start);
	return { canvas, frames, scenes, transition, fonts: fontsOf(scenes, fonts), encoder };
};

const transitionAt = ({ transition }: TimelineScene, offset: number): TransitionDrawing | null =>
	transition === null ? null : { ...transition, offset };

const drawScene = (scene: TimelineScene, window: { readonly offset: number; readonly frames: number }): SceneDrawing => ({
	background: scene.background,
	layers: scene.layers
		.filter((layer) => layer.from <= window.offset && window.offset < layer.until)
		.map((layer) => rebaseDrawing(layer.drawing, window)),
});

/** Absolute frames at which a scene must be cut. A transition is cut where layers come and go, and never for its length or for a hold. */
const sceneCuts = (scene: TimelineScene, timeline: Timeline): readonly number[] => {
	const index = timeline.scenes.indexOf(scene);
	const entered = timeline.scenes[index - 1]?.transition?.frames ?? 0;
	const leaving = scene.frames - (scene.transition?.frames ?? 0);
	const alone = [...holdCuts(scene, timeline.canvas.fps), ...lengthCuts(scene, timeline.canvas.fps)].filter(
		(frame) => frame > entered && frame < leaving,
	);
	return [0, entered, leaving, ...layerCuts(scene), ...alone].map((frame) => scene.start + frame);
};

const layerCuts = (scene: TimelineScene): readonly number[] => scene.layers.flatMap((layer) => [layer.from, layer.until]);

/** Both ends of every still stretch that is long enough. */
const holdCuts = (scene: TimelineScene, fps: number): readonly number[] => {
	const busy = scene.layers.flatMap((layer) => movements(layer.drawing)).sort(([a], [b]) => a - b);
	const cuts: number[] = [];
	let still = 0;
	for (const [start, end] of [...busy, [scene.frames, scene.frames] as const]) {
		if (start - still >= SHORTEST_HOLD_SECONDS * fps) cuts.push(still, start);
		still = Math.max(still, end);
	}
	return cuts;
};

const lengthCuts = (scene: TimelineScene, fps: number): readonly number[] => {
	const step = LONGEST_SEGMENT_SECONDS * fps;
	return Array.from({ length: Math.floor(scene.frames / step) }, (_, index) => (index + 1) * step);
};

const fontKey = (file: FontFile): string => `${file.family} ${file.weight} ${file.italic} ${file.asset.sha256}`;

const fontsOf = (scenes: readonly SceneDrawing[], fonts: FontBook): readonly FontFile[] => {
	const files = new Map<string, FontFile>();
	const visit = (drawing: Drawing): void => {
		if (drawing.type === 'group') drawing.children.forEach(visit);
		if (drawing.type === 'component') for (const file of componentFonts(drawing, fonts)) files.set(fontKey(file), file);
		if (drawing.type !== 'text' && drawing.type !== 'number') return;
		const { family, weight, italic } = drawing.style;
		const text = (drawing.type === 'text' ? drawing.runs : drawing.steps).map((part) => part.text).join('');
		for (const file of fonts.measure({ family, weight, italic }, text).files) files.set(fontKey(file), file);
	};
	for (const scene of scenes) scene.layers.forEach(visit);
	return [...files.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, file]) => file);
};
