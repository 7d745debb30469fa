import type { ReactNode } from 'react';
import { Html5Audio, Sequence, useVideoConfig } from 'remotion';
import type { ManifestEntry, Wanted } from '../model/asset-manifest.ts';
import { guarded } from '../runtime/guarded.ts';
import { addressOf, fileOf, useAsset } from './assets-provider.tsx';
import { framesOf } from './said.ts';

export type StemName = 'drums' | 'bass' | 'chords' | 'melody';
type Bpm = number | { readonly min: number; readonly max: number };
/** 0 to 1 and above, or a function of the frame. */
export type Volume = number | ((frame: number) => number);

type Playing = {
	/** As the spec names the asset. */
	readonly name?: string;
	/** Seconds that are heard; the last of them fade where the track goes on. All of it when left out. */
	readonly duration?: number;
	readonly bpm?: Bpm;
	readonly mood?: string;
	/** 1 when left out. */
	readonly volume?: Volume;
};

export type StockMusicProps = Playing & {
	readonly provider?: 'local' | 'epidemic-sound' | 'artlist';
	readonly genre?: string;
	readonly query?: string;
	/** Plays drums, bass, chords and melody one beside the other, so that each has a volume of its own; or only those that are listed. */
	readonly stems?: boolean | readonly StemName[];
	/** Of single stems, over `volume`. */
	readonly stemVolumes?: Readonly<Partial<Record<StemName, Volume>>>;
};

export type GeneratedMusicProps = Playing & {
	readonly provider?: 'local' | 'elevenlabs' | 'suno' | 'udio';
	readonly prompt?: string;
	readonly seed?: number;
};

/** A track of the campaign. @throws Error that names the asset where the manifest has none, where it has no stems, and where it is too short */
export const StockMusic = guarded((props: StockMusicProps): ReactNode => {
	const { name, provider, mood, genre, query, bpm, duration, stems = false, stemVolumes = {}, volume = 1 } = props;
	const wanted: Wanted = { kind: 'stockMusic', name, provider, settings: { mood, genre, query, bpm }, seconds: duration };
	const entry = useAsset('StockMusic', wanted);
	if (stems === false)
		return <Track component="StockMusic" entry={entry} sounds={[[fileOf('StockMusic', entry), volume]]} duration={duration} />;
	const heard = stemsOf(entry, stems).map(([stem, src]) => [src, stemVolumes[stem] ?? volume] as const);
	return <Track component="StockMusic" entry={entry} sounds={heard} duration={duration} />;
});

/** Music that was made from words when the campaign was resolved. @throws Error as `StockMusic` does */
export const GeneratedMusic = guarded((props: GeneratedMusicProps): ReactNode => {
	const { name, provider, prompt, mood, seed, bpm, duration, volume = 1 } = props;
	const wanted: Wanted = { kind: 'generatedMusic', name, provider, settings: { prompt, mood, seed, bpm }, seconds: duration };
	const entry = useAsset('GeneratedMusic', wanted);
	return <Track component="GeneratedMusic" entry={entry} sounds={[[fileOf('GeneratedMusic', entry), volume]]} duration={duration} />;
});

const stemsOf = ({ name, stems }: ManifestEntry, wanted: true | readonly StemName[]): readonly (readonly [StemName, string])[] => {
	if (stems === undefined)
		throw new Error(
			`StockMusic: "${name}" comes in one piece: leave \`stems\` out, or take music that is made here (provider: local, stems: true)`,
		);
	const names = wanted === true ? (Object.keys(stems) as StemName[]) : wanted;
	return names.map((stem) => {
		const src = stems[stem];
		if (src === undefined) throw new Error(`StockMusic: "${name}" has no ${stem}, only ${Object.keys(stems).join(', ')}`);
		return [stem, addressOf(src)];
	});
};

type TrackProps = {
	readonly component: string;
	readonly entry: ManifestEntry;
	readonly sounds: readonly (readonly [src: string, volume: Volume])[];
	readonly duration: number | undefined;
};

/** Seconds that a track which goes on takes to fade, and how much one may be short of what is wanted. */
const FADE = 1.5;
const TOLERANCE = 0.1;

const Track = guarded(({ component, entry, sounds, duration }: TrackProps): ReactNode => {
	const { fps } = useVideoConfig();
	const { name, seconds } = entry;
	if (duration !== undefined && seconds !== undefined && seconds + TOLERANCE < duration)
		throw new Error(
			`${component}: "${name}" has ${seconds.toFixed(1)} s and ${duration} s are wanted: run \`reelform assets export\` with \`--seconds ${duration}\``,
		);
	const frames = duration === undefined ? undefined : framesOf(duration, fps);
	const goesOn = duration !== undefined && (seconds === undefined || seconds > duration + TOLERANCE);
	const fade = goesOn && frames !== undefined ? { frames, over: Math.min(frames, Math.round(FADE * fps)) } : null;
	const playing = sounds.map(([src, volume]) => (
		<Html5Audio key={src} src={src} volume={fade === null ? volume : fadingOut(volume, fade)} />
	));
	return frames === undefined ? (
		playing
	) : (
		<Sequence durationInFrames={frames} layout="none" name={name}>
			{playing}
		</Sequence>
	);
});

/** Silent with the frame behind the last one. */
export const fadingOut =
	(volume: Volume, { frames, over }: { readonly frames: number; readonly over: number }): ((frame: number) => number) =>
	(frame) =>
		(typeof volume === 'function' ? volume(frame) : volume) * Math.min(1, Math.max(0, (frames - frame) / over));
