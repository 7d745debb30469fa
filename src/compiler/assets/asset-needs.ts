import { assetQueryHash } from '../../model/asset-query.ts';
import { type AskedKind, questionOf, settleQuestion } from '../../model/asset-question.ts';
import { type AssetSettings, bytesOfSize, millisecondsOf } from '../../model/asset-settings.ts';
import type { Asset, Assets, MoodName, Platform } from '../../model/campaign-spec.gen.ts';
import type { Canvas } from '../../model/segment-message.ts';
import { toSeconds } from '../../model/units.ts';
import type { AssetKind, AssetQuery } from '../../ports/asset-provider.ts';
import type { AssetNeeds, AssetRequest, AssetRules, AssetTaste } from '../../ports/asset-request.ts';
import { parseColor } from '../design/color.ts';
import { moodOf } from '../design/moods.ts';
import { theme } from '../design/theme.ts';
import type { DraftSpec } from '../draft-spec.ts';
import { resolvePlatform } from '../platforms.ts';

/** Keys of `assets` that are no assets. */
const SETTINGS = ['cache', 'maxCost', 'licenses', 'folder'];

const LONG_SIDES = [960, 1280, 1920, 2560, 3840];
const SHORT_SIDES = [540, 720, 1080, 1440, 2160];
/** Lengths are asked for in steps, so that a video that is a second longer asks for the same track. */
const MUSIC_STEP_SECONDS = 15;

/** Everything that a spec says of its assets. What is left of a faulty spec will do. */
export const assetNeeds = (spec: DraftSpec, settings: AssetSettings = {}): AssetNeeds => {
	const canvases = canvasesOf(spec);
	const context = { canvases, seconds: longest(spec), settings };
	return {
		requests: namedAssets(spec).map(([name, asset]) => requestOf(name, asset, context)),
		taste: tasteOf(spec, canvases),
		rules: rulesOf(spec.assets as Partial<Assets> | undefined, settings),
	};
};

/** Name of an asset that a path of a spec means: `asset.city`; null for a path of a file. */
export const assetNameIn = (written: string): string | null => /^asset\.([a-z][a-zA-Z0-9-]*)$/.exec(written)?.[1] ?? null;

/** The assets of a spec in its order, the broken ones left out. */
export const namedAssets = ({ assets }: DraftSpec): readonly (readonly [name: string, asset: Asset])[] =>
	Object.entries(assets ?? {}).flatMap(([name, asset]) =>
		SETTINGS.includes(name) || !isWhole(asset) ? [] : [[name, asset as Asset] as const],
	);

/** A broken part is undefined somewhere inside. */
const isWhole = (value: unknown): boolean =>
	value !== undefined && (typeof value !== 'object' || value === null || Object.values(value).every(isWhole));

type Context = { readonly canvases: readonly Canvas[]; readonly seconds: number; readonly settings: AssetSettings };

const requestOf = (name: string, asset: Asset, { canvases, seconds, settings }: Context): AssetRequest => {
	const asked = questionOf(asset);
	const provider = asset.provider ?? settings.defaults?.[asked.kind]?.provider ?? 'local';
	const settled = settleQuestion({ ...asked, provider });
	const query = queryOf(asset, asked.kind, { canvases, seconds });
	return {
		name,
		asked: asked.kind,
		provider: settled.provider,
		fallsBack: asset.fallback === 'local',
		pin: asset.pin ?? null,
		queryHash: assetQueryHash({ ...asked, provider }),
		query,
		graded: settled.settings['colorGrade'] === 'match',
		isFile: isFile(asset, settled.provider),
	};
};

/** Voices speak when they are mixed, and so do the arranger and the effects that are made here. */
const isFile = (asset: Asset, provider: string): boolean => {
	if ('voice' in asset) return false;
	if ('stockMusic' in asset) return provider !== 'local' || asset.stockMusic.query !== undefined;
	if ('generatedMusic' in asset || 'soundEffect' in asset) return provider !== 'local';
	return true;
};

const KINDS: Readonly<Partial<Record<AskedKind, AssetKind>>> = {
	stockVideo: 'video',
	stockImage: 'image',
	stockIcon: 'icon',
	generatedImage: 'generated-image',
	stockMusic: 'music',
	generatedMusic: 'generated-music',
	soundEffect: 'sound-effect',
};

const queryOf = (asset: Asset, asked: AskedKind, { canvases, seconds }: Omit<Context, 'settings'>): AssetQuery => {
	const none: AssetQuery = {
		kind: KINDS[asked] ?? 'sound-effect',
		text: '',
		orientation: null,
		width: 0,
		height: 0,
		seconds: null,
		style: null,
		seed: null,
		bpm: null,
		mood: null,
		genre: null,
		color: null,
	};
	const track = Math.ceil(seconds / MUSIC_STEP_SECONDS) * MUSIC_STEP_SECONDS;
	if ('stockVideo' in asset) {
		const { query, duration, orientation } = asset.stockVideo;
		return { ...none, text: query, seconds: duration === undefined ? null : toSeconds(duration), ...sizeOf(canvases, orientation) };
	}
	if ('stockImage' in asset) {
		const { query, style, orientation } = asset.stockImage;
		return { ...none, text: query, style: style ?? null, ...sizeOf(canvases, orientation) };
	}
	if ('stockIcon' in asset) {
		const { concept, style, color } = asset.stockIcon;
		return { ...none, text: concept, style: style ?? 'line', color: color ?? null, width: 512, height: 512, orientation: 'square' };
	}
	if ('generatedImage' in asset) {
		const { prompt, seed, style, aspect } = asset.generatedImage;
		return { ...none, text: prompt, seed: seed ?? null, style: style ?? null, ...generatedSize(canvases, aspect) };
	}
	if ('stockMusic' in asset) {
		const { query, mood, genre, bpm } = asset.stockMusic;
		const text = query ?? [mood, genre].filter((word) => word !== undefined).join(' ');
		return { ...none, text, mood: mood ?? null, genre: genre ?? null, bpm: rangeOf(bpm), seconds: track };
	}
	if ('generatedMusic' in asset) {
		const { prompt, mood, bpm, seed } = asset.generatedMusic;
		return { ...none, text: prompt ?? mood ?? '', mood: mood ?? null, bpm: rangeOf(bpm), seed: seed ?? null, seconds: track };
	}
	return { ...none, text: 'soundEffect' in asset ? (asset.soundEffect.prompt ?? asset.soundEffect.effect ?? '') : '' };
};

const rangeOf = (bpm: number | { readonly min: number; readonly max: number } | undefined): AssetQuery['bpm'] =>
	typeof bpm === 'number' ? { min: bpm, max: bpm } : (bpm ?? null);

type Size = Pick<AssetQuery, 'width' | 'height' | 'orientation'>;
type Orientation = NonNullable<AssetQuery['orientation']>;

const orientationOf = ({ width, height }: Pick<Canvas, 'width' | 'height'>): Orientation =>
	width === height ? 'square' : width > height ? 'landscape' : 'portrait';

/** Pixels in steps, so that a canvas that is a little larger asks for the same picture. */
const sizeOf = (canvases: readonly Canvas[], wanted: Orientation | undefined): Size => {
	const suiting = wanted === undefined ? canvases : canvases.filter((canvas) => orientationOf(canvas) === wanted);
	const all = suiting.length > 0 ? suiting : canvases;
	const [largest = { width: 1920, height: 1080 }] = [...all].sort((a, b) => b.width * b.height - a.width * a.height || b.width - a.width);
	const shapes = new Set(all.map(orientationOf));
	const orientation = wanted ?? (shapes.size === 1 ? [...shapes][0]! : null);
	const long = stepAbove(Math.max(largest.width, largest.height), LONG_SIDES);
	const short = stepAbove(Math.min(largest.width, largest.height), SHORT_SIDES);
	const shape = wanted ?? orientationOf(largest);
	if (shape === 'square') return { orientation, width: short, height: short };
	return shape === 'landscape' ? { orientation, width: long, height: short } : { orientation, width: short, height: long };
};

const stepAbove = (length: number, steps: readonly number[]): number => steps.find((step) => step >= length) ?? steps.at(-1)!;

const generatedSize = (canvases: readonly Canvas[], aspect: string | undefined): Size => {
	if (aspect === undefined) return sizeOf(canvases, undefined);
	const [width = 1, height = 1] = aspect.split(':').map(Number);
	const shape = { width: Math.max(1, width), height: Math.max(1, height) };
	const { width: across, height: down } = sizeOf(canvases, orientationOf(shape));
	const long = Math.max(across, down);
	const scale = long / Math.max(shape.width, shape.height);
	return { orientation: orientationOf(shape), width: Math.round(shape.width * scale), height: Math.round(shape.height * scale) };
};

const canvasesOf = ({ platforms }: DraftSpec): readonly Canvas[] =>
	(platforms ?? []).flatMap((platform) =>
		platform === undefined || !isWhole(platform) ? [] : [resolvePlatform(platform as Platform, { draft: false }).canvas],
	);

const longest = ({ durations }: DraftSpec): number =>
	Math.max(MUSIC_STEP_SECONDS, ...(durations ?? []).flatMap((written) => (written === undefined ? [] : [toSeconds(written)])));

const DEFAULT_MOOD: MoodName = 'sophisticated';

const tasteOf = ({ brand, variants, assets }: DraftSpec, canvases: readonly Canvas[]): AssetTaste => {
	const written = Object.values(variants ?? {}).flatMap((variant) => (variant?.mood === undefined ? [] : [variant.mood]));
	const moods = [...new Set(written.length === 0 ? [DEFAULT_MOOD] : written)];
	const colorOf = (name: string | undefined): string | undefined => (name === undefined ? undefined : (parseColor(name) ?? undefined));
	const colors = { primary: colorOf(brand?.colors?.primary), accent: colorOf(brand?.colors?.accent) };
	const palette = moods.flatMap((mood) => Object.values(theme(moodOf(mood), colors).palette));
	const licenses = (assets as Partial<Assets> | undefined)?.licenses;
	return {
		aspects: [...new Set(canvases.map(({ width, height }) => width / height))],
		palette: [...new Set(palette)],
		licenses: licenses === undefined ? null : licenses.filter((license) => license !== undefined),
	};
};

const rulesOf = (assets: Partial<Assets> | undefined, { cache, maxCost }: AssetSettings): AssetRules => ({
	cacheDirectory: assets?.cache?.directory ?? cache?.directory ?? null,
	maxBytes: bytesOfSize(assets?.cache?.maxSize ?? cache?.maxSize ?? '10GB'),
	ttlMs: millisecondsOf(assets?.cache?.ttl ?? cache?.ttl ?? '30d'),
	maxCost: assets?.maxCost ?? maxCost ?? null,
	folder: assets?.folder ?? 'media',
});
