import type { ImageLayer, Trim, VideoLayer } from '../../model/campaign-spec.gen.ts';
import type { Box, Drawing, Track, VideoStep } from '../../model/drawing.ts';
import type { ImageFacts, VideoFacts } from '../../model/inputs.ts';
import { toSeconds } from '../../model/units.ts';
import { videoSteps } from '../video-steps.ts';
import type { ImageLook } from './image-look.ts';
import type { ActiveLayer, SceneContext } from './scene-context.ts';

/** Layers that are a picture, moving or not. */
export type PictureLayer = ImageLayer | VideoLayer;

/** What a video shows in the frames of its scene. */
export type Clip = { readonly steps: readonly VideoStep[] };

/** Of a video when there is a clip. */
export type PictureFacts = ImageFacts & { readonly clip?: Clip };

/** A picture that is there. A video stands in for an image, of which it has the fit, the focus and the mask. */
export type Picture = { readonly active: ActiveLayer<ImageLayer>; readonly facts: PictureFacts };

export const isPicture = (active: ActiveLayer): active is ActiveLayer<PictureLayer> =>
	isVideo(active.layer) || ('image' in active.layer && !('mockup' in active.layer));

const isVideo = (layer: object): layer is VideoLayer => 'video' in layer;

/** Null when the file could not be used: that has been reported. */
export const pictureOf = (context: SceneContext, { layer, ...rest }: ActiveLayer<PictureLayer>): Picture | null => {
	const { images, videos } = context.request.inputs;
	if (!isVideo(layer)) {
		const facts = images.get(layer.image);
		return facts === undefined ? null : { active: { layer, ...rest }, facts };
	}
	const video = videos?.get(layer.video);
	if (video === undefined) return null;
	const { video: image, trim, loop = false, mute: _, ...common } = layer;
	const range = trimOf(context, { trim, video, path: rest.path });
	const steps = videoSteps(video, { ...range, loop, fps: context.fps, start: rest.from, end: rest.until });
	return { active: { layer: { image, ...common }, ...rest }, facts: { ...video, clip: { steps } } };
};

type Trimmed = { readonly trim: Trim | undefined; readonly video: VideoFacts; readonly path: ActiveLayer['path'] };
type Range = { readonly from: number; readonly to: number };

/** Seconds that a written end may lie behind the real one: people write two decimals. */
const ROUNDED = 0.01;

/** In seconds of the video. What lies outside of it is reported, and left out. */
const trimOf = (context: SceneContext, { trim, video, path }: Trimmed): Range => {
	const first = Math.max(0, video.times[0]!);
	const from = trim?.from === undefined ? first : toSeconds(trim.from);
	const to = trim?.to === undefined ? video.end : toSeconds(trim.to);
	const report = (key: 'from' | 'to', summary: string, hint: string): Range => {
		const range = context.request.checked.rangeOf([...path, 'trim', key]);
		context.report({ code: 'RF4042', severity: 'error', summary, range, hint });
		return { from: first, to: video.end };
	};
	const length = Math.round(video.end * 1000) / 1000;
	if (from >= video.end)
		return report('from', `the video is ${length} s long, and is to begin at ${from} s`, `write a \`from\` below ${length}`);
	if (to > video.end + ROUNDED)
		return report('to', `the video is ${length} s long, and is to end at ${to} s`, `write a \`to\` of at most ${length}`);
	if (to <= from) return report('to', `the video is to end at ${to} s, before it begins at ${from} s`, `write a \`to\` above ${from}`);
	return { from, to: Math.min(to, video.end) };
};

type Framing = {
	readonly box: Box;
	readonly tracks: readonly Track[];
	readonly fit: 'cover' | 'contain';
	readonly radius: number;
	readonly look: ImageLook;
};

export const drawPicture = (facts: PictureFacts, { box, tracks, fit, radius, look }: Framing): Drawing => {
	const { asset, clip } = facts;
	if (clip === undefined) return { type: 'image', box, tracks, asset, fit, radius, ...look };
	const focus = look.focus === undefined ? {} : { focus: look.focus };
	return { type: 'frames', box, tracks, video: asset, ...decodedSize(facts, box, fit), steps: clip.steps, fit, radius, ...focus };
};

/** As large as the box shows it, and never larger than it is: the page would have to make it smaller for every frame. */
const decodedSize = ({ width, height }: ImageFacts, box: Box, fit: 'cover' | 'contain') => {
	const [across, down] = [box.width / width, box.height / height];
	const scale = Math.min(1, fit === 'cover' ? Math.max(across, down) : Math.min(across, down));
	return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
};
