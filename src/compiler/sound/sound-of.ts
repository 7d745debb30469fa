import { pagesOf } from '../../audio/captions.ts';
import type { AudioCue, AudioMessage, CaptionPage, SpokenPart } from '../../model/audio.ts';
import type { CampaignSpec } from '../../model/campaign-spec.gen.ts';
import { canonicalJson } from '../../model/canonical-json.ts';
import type { Cell } from '../../model/cell.ts';
import type { Inputs } from '../../ports/inputs.ts';
import type { FittedScenes } from '../fit-cell.ts';
import { captionWishes, MAX_WORDS } from './caption-settings.ts';
import { clipCues } from './clips.ts';
import { type EffectScene, effectCues } from './effects.ts';
import { musicCue } from './music.ts';
import { voiceFrame } from './scene-length.ts';
import type { SceneSpeech } from './speak.ts';

export type SoundRequest = {
	readonly spec: Pick<CampaignSpec, 'music' | 'assets' | 'sound' | 'captions'>;
	readonly cell: Cell;
	readonly inputs: Pick<Inputs, 'sounds' | 'videos'>;
	readonly fitted: FittedScenes;
	/** By scene; null for one in which nothing is said. */
	readonly speech: readonly (SceneSpeech | null)[];
};

export type OutputSound = {
	/** Null when there is nothing to hear. */
	readonly audio: AudioMessage | null;
	/** Null when nobody asks for files of captions, or not all words are known. */
	readonly captions: readonly CaptionPage[] | null;
	/** Scenes by where they begin, for people. */
	readonly scenes: readonly { readonly id: string; readonly start: number }[];
};

const LOUDNESS = -14;
const TRUE_PEAK = -1;
/** Bits a second. */
const STEREO_BITRATE = 192_000;
const MONO_BITRATE = 128_000;
const ORDER: readonly AudioCue['role'][] = ['music', 'voice', 'clip', 'effect'];

type PlacedScene = EffectScene & { readonly speech: SceneSpeech | null; readonly seen: number };

/** What one output sounds like. Nothing in the message depends on the canvas but its frame rate: platforms with the same timing share a mix. */
export const soundOf = (request: SoundRequest): OutputSound => {
	const { spec, cell, inputs } = request;
	const { fps } = cell.platform.canvas;
	const scenes = placedScenes(request);
	const music = musicCue({ spec, cell, inputs });
	const heard = [
		...(music === null ? [] : [music]),
		...scenes.flatMap((scene) => [...voiceCues(scene, fps), ...clipCues(scene, inputs.videos, fps)]),
	];
	// Effects alone would give a sound to videos for which nobody asked for any.
	const wished = spec.sound?.effects ?? (heard.length === 0 ? 'none' : 'subtle');
	const cues = [...heard, ...(wished === 'none' ? [] : effectCues(scenes, wished, fps))];
	return {
		audio: cues.length === 0 ? null : messageOf(request, cues),
		captions: captionFiles(spec, scenes, fps),
		scenes: scenes.map(({ scene: { id }, start }) => ({ id, start })),
	};
};

const placedScenes = ({ fitted, speech }: SoundRequest): readonly PlacedScene[] => {
	let start = 0;
	return fitted.scenes.map(({ scene }, index) => {
		const frames = fitted.frames[index]!;
		const entering = fitted.transitions[index - 1] ?? null;
		const placed = {
			scene,
			start,
			frames,
			entering,
			speech: speech[index] ?? null,
			seen: frames + (fitted.transitions[index]?.frames ?? 0),
		};
		start += frames;
		return placed;
	});
};

const messageOf = ({ spec, cell, fitted }: SoundRequest, cues: readonly AudioCue[]): AudioMessage => {
	const { loudness, truePeak, channels } = spec.sound ?? {};
	return {
		frames: fitted.total,
		fps: cell.platform.canvas.fps,
		cues: [...cues].sort(inOrder),
		loudness: { integrated: loudness ?? cell.platform.loudness ?? LOUDNESS, truePeak: truePeak ?? TRUE_PEAK },
		channels: channels === 'mono' ? 1 : 2,
		bitrate: channels === 'mono' ? MONO_BITRATE : STEREO_BITRATE,
	};
};

const inOrder = (a: AudioCue, b: AudioCue): number => {
	const earlier = a.at - b.at || ORDER.indexOf(a.role) - ORDER.indexOf(b.role);
	if (earlier !== 0) return earlier;
	const [first, second] = [canonicalJson(a), canonicalJson(b)];
	return first < second ? -1 : first > second ? 1 : 0;
};

const voiceStart = ({ start, entering }: PlacedScene, speech: SceneSpeech, fps: number): number =>
	start + voiceFrame(speech, entering?.frames ?? 0, fps);

const voiceCues = (scene: PlacedScene, fps: number): readonly AudioCue[] => {
	const { speech } = scene;
	if (speech === null) return [];
	let sentence = 0;
	const parts = speech.parts.map(
		(part): SpokenPart => (part.kind === 'pause' ? part : { ...part, asset: speech.assets[sentence++] ?? null }),
	);
	const source = { type: 'speech', voice: speech.voice, parts } as const;
	return [{ role: 'voice', source, at: voiceStart(scene, speech, fps), until: null, gain: speech.gain }];
};

/** Files are read line by line, and what is drawn is read page by page: both have the same pages. */
const MAX_CHARACTERS = 34;
const MAX_SECONDS = 3;

/** Limits of a page of captions. */
export const pageLimits = (maxWords: number | undefined) => ({
	maxCharacters: MAX_CHARACTERS,
	maxSeconds: MAX_SECONDS,
	maxWords: maxWords ?? MAX_WORDS,
});

/** Pages of scenes one after the other: none runs from one voice-over into the next. */
const captionFiles = (spec: SoundRequest['spec'], scenes: readonly PlacedScene[], fps: number): readonly CaptionPage[] | null => {
	const { files, maxWords } = captionWishes(spec);
	if (!files || scenes.some(({ speech }) => speech !== null && speech.heard === null)) return null;
	const pages = scenes.flatMap((scene): readonly CaptionPage[] => {
		const { speech } = scene;
		if (speech === null || speech.heard === null) return [];
		const at = voiceStart(scene, speech, fps) / fps;
		const words = speech.heard.words.map((word) => ({ ...word, start: word.start + at, end: word.end + at }));
		return pagesOf(words, pageLimits(maxWords)).map(({ start, end, words: shown }) => ({ start, end, words: shown }));
	});
	return pages.length === 0 ? null : withinEach(pages, scenes, fps);
};

/** A page that lasts into the next voice-over ends where that begins, and the last one with the video. */
const withinEach = (pages: readonly CaptionPage[], scenes: readonly PlacedScene[], fps: number): readonly CaptionPage[] => {
	const last = scenes.at(-1);
	const total = last === undefined ? 0 : (last.start + last.frames) / fps;
	return pages.map((page, index) => ({ ...page, end: Math.max(page.start, Math.min(page.end, pages[index + 1]?.start ?? total, total)) }));
};
