import { arrange } from '../../audio/music/arrange.ts';
import { musicGenreOf, musicMoodOf } from '../../audio/music/feel.ts';
import type { AudioCue, AudioSource } from '../../model/audio.ts';
import type { Asset, CampaignSpec, MusicSettings } from '../../model/campaign-spec.gen.ts';
import type { Cell } from '../../model/cell.ts';
import type { Inputs } from '../../ports/inputs.ts';
import { assetNameIn } from '../assets/asset-needs.ts';

type Bpm = number | { readonly min: number; readonly max: number } | null;

export const musicSettings = ({ music }: Pick<CampaignSpec, 'music'>): MusicSettings | null =>
	music === undefined ? null : typeof music === 'string' ? { source: music } : music;

export type MusicRequest = {
	readonly spec: Pick<CampaignSpec, 'music' | 'assets'>;
	readonly cell: Cell;
	readonly inputs: Pick<Inputs, 'sounds'>;
};

/** The music of a cell; null without any, or where its file could not be used: that has been reported. */
export const musicSource = ({ spec, cell, inputs }: MusicRequest): AudioSource | null => {
	const settings = musicSettings(spec);
	if (settings === null) return null;
	const { source } = settings;
	if (source === undefined) return arranged(settings, cell);
	const file = inputs.sounds?.get(source);
	if (file !== undefined) return { type: 'track', asset: file.asset, bpm: typeof settings.bpm === 'number' ? settings.bpm : null };
	const asset = madeHere(spec.assets?.[assetNameIn(source) ?? '']);
	return asset === null ? null : arranged({ ...asset, ...settings }, cell);
};

/** What an asset of music asks for, where the arranger makes it. */
const madeHere = (written: unknown): MusicSettings | null => {
	if (typeof written !== 'object' || written === null) return null;
	const asset = written as Asset;
	if (!('stockMusic' in asset || 'generatedMusic' in asset)) return null;
	if ((asset.provider ?? 'local') !== 'local' && asset.fallback !== 'local') return null;
	return 'stockMusic' in asset ? fromStock(asset.stockMusic) : fromGenerated(asset.generatedMusic);
};

const fromStock = ({ mood, genre, bpm }: Extract<Asset, { stockMusic: unknown }>['stockMusic']): MusicSettings => ({
	...(mood === undefined ? {} : { mood }),
	...(genre === undefined ? {} : { genre }),
	...(bpm === undefined ? {} : { bpm }),
});

const fromGenerated = ({ mood, bpm, seed }: Extract<Asset, { generatedMusic: unknown }>['generatedMusic']): MusicSettings => ({
	...(mood === undefined ? {} : { mood }),
	...(bpm === undefined ? {} : { bpm }),
	...(seed === undefined ? {} : { seed }),
});

/** A mood that the arranger does not know has been reported, where it is written in the spec; of an asset it may be a provider's own word. */
const arranged = ({ mood, genre, bpm, seed = 1, stems }: MusicSettings, cell: Cell): Extract<AudioSource, { type: 'music' }> => ({
	type: 'music',
	mood: (mood === undefined ? null : musicMoodOf(mood)) ?? cell.mood,
	genre: genre === undefined ? null : musicGenreOf(genre),
	bpm: bpm === undefined ? null : typeof bpm === 'number' ? bpm : { min: bpm.min, max: bpm.max },
	seed,
	stems: stems ?? null,
});

export const musicCue = (request: MusicRequest): AudioCue | null => {
	const source = musicSource(request);
	return source && { role: 'music', source, at: 0, until: null, gain: musicSettings(request.spec)?.gain ?? 0 };
};

/** The frames of an output on which beats fall, rising; none where no tempo is known. */
export const beatFrames = (
	source: AudioSource | null,
	{ frames, fps }: { readonly frames: number; readonly fps: number },
): readonly number[] => beatSeconds(source, frames / fps).map((seconds) => Math.round(seconds * fps));

const beatSeconds = (source: AudioSource | null, seconds: number): readonly number[] => {
	if (source?.type === 'track' && source.bpm !== null) return everyBeat(source.bpm, seconds);
	if (source?.type !== 'music') return [];
	const [mood, genre] = [musicMoodOf(source.mood), source.genre === null ? null : musicGenreOf(source.genre)];
	if (mood === null) return [];
	const bpm: Bpm = source.bpm;
	return arrange({ mood, seconds, seed: source.seed, ...(genre === null ? {} : { genre }), ...(bpm === null ? {} : { bpm }) }).beats;
};

/** Of a track that begins on a beat. */
const everyBeat = (bpm: number, seconds: number): readonly number[] =>
	Array.from({ length: Math.ceil((seconds * bpm) / 60) }, (_, index) => (index * 60) / bpm);
