import type { AudioCue, AudioMessage, AudioSource } from '../../model/audio.ts';
import { canonicalJson } from '../../model/canonical-json.ts';

type Scenes = readonly { readonly id: string; readonly start: number }[];

/** What a person would say first about the change from one mix to another; null when nothing differs. `scenes` of the later one, by where they begin. */
export const describeSound = (before: AudioMessage, after: AudioMessage, scenes: Scenes): string | null => {
	const found =
		voiceChange(before, after, scenes) ??
		musicChange(cuesOf(before, 'music')[0], cuesOf(after, 'music')[0]) ??
		(differs(before.frames, after.frames) ? 'length of the video' : null) ??
		(differs(cuesOf(before, 'clip'), cuesOf(after, 'clip')) ? 'sound of a video' : null) ??
		(differs(cuesOf(before, 'effect'), cuesOf(after, 'effect')) ? 'sound effects' : null);
	if (found !== null) return found;
	if (differs(before.loudness, after.loudness)) return 'loudness';
	return differs(before, after) ? 'timing' : null;
};

const differs = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) !== canonicalJson(b ?? null);

const cuesOf = ({ cues }: AudioMessage, role: AudioCue['role']): readonly AudioCue[] => cues.filter((cue) => cue.role === role);

const voiceChange = (before: AudioMessage, after: AudioMessage, scenes: Scenes): string | null => {
	const [earlier, later] = [cuesOf(before, 'voice'), cuesOf(after, 'voice')];
	const changed = later.find((cue, index) => differs(cue.source, earlier[index]?.source) || cue.gain !== earlier[index]?.gain);
	if (changed === undefined) return earlier.length > later.length ? 'a voice-over less' : null;
	const known = earlier[later.indexOf(changed)];
	const scene = scenes.findLast(({ start }) => start <= changed.at)?.id;
	const where = scene === undefined ? '' : ` of scene ${scene}`;
	if (known !== undefined && !differs(known.source, changed.source)) return `level of the voice-over${where}`;
	return known !== undefined && onlyVoiceDiffers(known.source, changed.source) ? `voice${where}` : `voice-over${where}`;
};

const onlyVoiceDiffers = (a: AudioSource, b: AudioSource): boolean =>
	a.type === 'speech' && b.type === 'speech' && differs(a.voice, b.voice) && !differs(a.parts, b.parts);

const musicChange = (before: AudioCue | undefined, after: AudioCue | undefined): string | null => {
	if (!differs(before, after)) return null;
	if (before === undefined) return 'music added';
	if (after === undefined) return 'music removed';
	const [a, b] = [before.source, after.source];
	if (!differs(a, b)) return 'level of the music';
	if (a.type !== 'music' || b.type !== 'music') return 'music track';
	const key = (['mood', 'genre', 'bpm', 'seed', 'stems'] as const).find((one) => differs(a[one], b[one]));
	return key === undefined ? 'music' : `music ${key}`;
};
