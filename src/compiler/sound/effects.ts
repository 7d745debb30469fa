import { type EffectName, effectAccent } from '../../audio/effects/effects.ts';
import type { AudioCue } from '../../model/audio.ts';
import type { Layer } from '../../model/campaign-spec.gen.ts';
import type { SceneTransition } from '../../model/timeline.ts';
import { APPEARED } from '../../model/transitions.ts';
import { toFrames, toSeconds } from '../../model/units.ts';
import { unreachable } from '../../model/unreachable.ts';
import type { PlainScene } from '../resolve-scene.ts';

/** A scene of an output in frames: where it begins, and the transition that leads into it. */
export type EffectScene = {
	readonly scene: PlainScene;
	readonly start: number;
	readonly frames: number;
	readonly entering: SceneTransition | null;
};

/** An effect by the frame that its accent belongs on. */
type Accent = { readonly name: EffectName; readonly frame: number };

/** Seconds behind the moment at which a scene has appeared: when what the eye is led to comes in. */
const SETTLED = 0.35;
/** Ticks of a count, and the seconds over which they are spread, ever further apart. */
const TICKS = 8;
const COUNT_SECONDS = 1.2;

/** Sounds under the movements of an output: under transitions, and with `full` under cuts, buttons, cards and counters too. */
export const effectCues = (scenes: readonly EffectScene[], amount: 'subtle' | 'full', fps: number): readonly AudioCue[] => {
	const accents = scenes.flatMap((scene, index) => [
		...(index === 0 ? [] : transitionAccents(scene, amount)),
		...(amount === 'full' ? layerAccents(scene, fps) : []),
	]);
	return accents.map(({ name, frame }, index) => ({
		role: 'effect',
		// Takes differ, so that the same sound twice is not heard as a copy.
		source: { type: 'effect', name, seed: index + 1 },
		at: frame - Math.round(effectAccent(name) * fps),
		until: null,
		gain: 0,
	}));
};

const transitionAccents = ({ start, entering }: EffectScene, amount: 'subtle' | 'full'): readonly Accent[] => {
	if (entering === null) return amount === 'full' ? [{ name: 'soft-hit', frame: start }] : [];
	const name = transitionSound(entering.type);
	return name === null ? [] : [{ name, frame: start + Math.round(entering.frames / 2) }];
};

/** Gentle ones are silent. */
const transitionSound = (type: SceneTransition['type']): EffectName | null => {
	switch (type) {
		case 'slide':
		case 'wipe':
		case 'push':
			return 'whoosh';
		case 'zoom':
		case 'iris':
			return 'rise';
		case 'crossfade':
		case 'fade':
			return null;
		default:
			return unreachable(type);
	}
};

/** From what the spec says alone: lines and sizes differ between canvases, and platforms share a mix. */
const layerAccents = ({ scene, start, frames, entering }: EffectScene, fps: number): readonly Accent[] => {
	const appeared = entering === null ? 0 : Math.round(entering.frames * APPEARED[entering.type]);
	return (scene.layers ?? []).flatMap((layer): readonly Accent[] => {
		const from = layer.from === undefined ? 0 : toFrames(toSeconds(layer.from), fps);
		const frame = start + (from > appeared ? from : appeared + toFrames(SETTLED, fps));
		if (layer.motion?.enter === 'none' || frame >= start + frames) return [];
		if ('number' in layer) return counts(layer) ? ticks(frame, fps) : [];
		return 'cta' in layer || 'group' in layer ? [{ name: 'pop', frame }] : [];
	});
};

const counts = (layer: Extract<Layer, { number: number }>): boolean => layer.animate !== false;

const ticks = (frame: number, fps: number): readonly Accent[] =>
	Array.from({ length: TICKS }, (_, index) => ({
		name: 'tick',
		frame: frame + Math.round((index / (TICKS - 1)) ** 1.6 * COUNT_SECONDS * fps),
	}));
