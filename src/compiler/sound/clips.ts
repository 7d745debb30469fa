import type { AudioCue } from '../../model/audio.ts';
import type { Layer, VideoLayer } from '../../model/campaign-spec.gen.ts';
import { toFrames, toSeconds } from '../../model/units.ts';
import type { Inputs } from '../../ports/inputs.ts';
import type { PlainScene } from '../resolve-scene.ts';

/** Frames of an output. */
type Span = { readonly from: number; readonly until: number };

/** A scene in an output: its first frame, and the frames in which it is seen, both transitions included. */
export type ClipScene = { readonly scene: PlainScene; readonly start: number; readonly seen: number };

/** The sound of the videos of a scene that are not mute, in the frames in which they are seen. */
export const clipCues = ({ scene, start, seen }: ClipScene, videos: Inputs['videos'], fps: number): readonly AudioCue[] =>
	videosIn(scene.layers ?? [], { from: start, until: start + seen }, { start, fps }).flatMap(({ layer, from, until }) => {
		const facts = videos?.get(layer.video);
		if (facts === undefined) return [];
		const first = layer.trim?.from === undefined ? Math.max(0, facts.times[0] ?? 0) : toSeconds(layer.trim.from);
		const last = Math.min(facts.end, layer.trim?.to === undefined ? facts.end : toSeconds(layer.trim.to));
		// A trim outside of the video has been reported.
		if (last <= first) return [];
		return [
			{
				role: 'clip',
				source: { type: 'clip', asset: facts.asset, from: first, seconds: last - first, loop: layer.loop ?? false },
				at: from,
				until,
				gain: layer.gain ?? 0,
			},
		];
	});

type Heard = Span & { readonly layer: VideoLayer };

const videosIn = (layers: readonly Layer[], span: Span, scene: { readonly start: number; readonly fps: number }): readonly Heard[] =>
	layers.flatMap((layer): readonly Heard[] => {
		const at = (written: number | string | undefined, otherwise: number): number =>
			written === undefined ? otherwise : scene.start + toFrames(toSeconds(written), scene.fps);
		const own = { from: Math.max(span.from, at(layer.from, span.from)), until: Math.min(span.until, at(layer.until, span.until)) };
		if (own.from >= own.until) return [];
		if ('group' in layer) return videosIn(layer.group, own, scene);
		return 'video' in layer && layer.mute === false ? [{ layer, ...own }] : [];
	});
