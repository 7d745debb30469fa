import type { CustomPlatform, PlatformName, Platform as PlatformSpec } from '../model/campaign-spec.gen.ts';
import type { Platform, SafeArea } from '../model/platform.ts';
import { toFraction } from '../model/units.ts';

type Preset = {
	readonly width: number;
	readonly height: number;
	readonly fps: number;
	readonly safeArea: SafeArea;
	readonly limits: Platform['limits'];
	/** LUFS. */
	readonly loudness: number;
};

const pixels = (width: number, height: number, insets: { top: number; right: number; bottom: number; left: number }): SafeArea => ({
	top: insets.top / height,
	right: insets.right / width,
	bottom: insets.bottom / height,
	left: insets.left / width,
});

/** An even 4 %: title-safe margin where the platform draws nothing over a video. */
const OPEN: SafeArea = { top: 0.04, right: 0.04, bottom: 0.04, left: 0.04 };

/**
 * LUFS, integrated. YouTube plays what is louder at -14 and leaves the rest; the other platforms publish no figure, and guides for their feeds name the same one.
 * One value for all lets platforms share a mix.
 */
const FEED_LOUDNESS = -14;

/**
 * Presets: size, frame rate, what the platform's interface covers, and the lengths that it accepts. Read in 2026-11.
 *
 * - tiktok: TikTok publishes its safe zones as files only; the insets are the ones that ad guides read off them (top 150, right 150, bottom 440 px of
 *   1080 x 1920). Uploads of up to 10 minutes, from 3 seconds.
 * - youtube: 16:9, nothing is drawn over the picture while it plays but for the progress bar.
 * - youtube-shorts: Google's vertical video ad guide, 288 top, 192 right, 672 bottom, 48 left, of 1080 x 1920. Shorts last up to 3 minutes.
 * - instagram-feed: 1:1, 64 px clear of the edges (Meta's guide for feed). Up to 60 minutes.
 * - instagram-story: Meta's ads guide, 14 % at the top and 20 % at the bottom kept free. Up to 60 seconds.
 * - instagram-reel: Meta's ads guide, 14 % at the top, 35 % at the bottom, 6 % at each side. 3 to 90 seconds.
 * - linkedin: 16:9 video ads, 3 seconds to 30 minutes.
 * - x: 16:9, up to 140 seconds, at least half a second.
 * - facebook-feed: 4:5, Meta's ads guide, 1 second to 241 minutes.
 */
const PRESETS: Readonly<Record<PlatformName, Preset>> = {
	tiktok: {
		width: 1080,
		height: 1920,
		fps: 30,
		safeArea: pixels(1080, 1920, { top: 150, right: 150, bottom: 440, left: 60 }),
		limits: { minSeconds: 3, maxSeconds: 600 },
		loudness: FEED_LOUDNESS,
	},
	youtube: { width: 1920, height: 1080, fps: 30, safeArea: OPEN, limits: { minSeconds: 1, maxSeconds: 43_200 }, loudness: FEED_LOUDNESS },
	'youtube-shorts': {
		width: 1080,
		height: 1920,
		fps: 30,
		safeArea: pixels(1080, 1920, { top: 288, right: 192, bottom: 672, left: 48 }),
		limits: { minSeconds: 1, maxSeconds: 180 },
		loudness: FEED_LOUDNESS,
	},
	'instagram-feed': {
		width: 1080,
		height: 1080,
		fps: 30,
		safeArea: pixels(1080, 1080, { top: 64, right: 64, bottom: 64, left: 64 }),
		limits: { minSeconds: 3, maxSeconds: 3600 },
		loudness: FEED_LOUDNESS,
	},
	'instagram-story': {
		width: 1080,
		height: 1920,
		fps: 30,
		safeArea: { top: 0.14, right: 0.06, bottom: 0.2, left: 0.06 },
		limits: { minSeconds: 1, maxSeconds: 60 },
		loudness: FEED_LOUDNESS,
	},
	'instagram-reel': {
		width: 1080,
		height: 1920,
		fps: 30,
		safeArea: { top: 0.14, right: 0.06, bottom: 0.35, left: 0.06 },
		limits: { minSeconds: 3, maxSeconds: 90 },
		loudness: FEED_LOUDNESS,
	},
	linkedin: { width: 1920, height: 1080, fps: 30, safeArea: OPEN, limits: { minSeconds: 3, maxSeconds: 1800 }, loudness: FEED_LOUDNESS },
	x: { width: 1920, height: 1080, fps: 30, safeArea: OPEN, limits: { minSeconds: 0.5, maxSeconds: 140 }, loudness: FEED_LOUDNESS },
	'facebook-feed': {
		width: 1080,
		height: 1350,
		fps: 30,
		safeArea: pixels(1080, 1350, { top: 64, right: 64, bottom: 64, left: 64 }),
		limits: { minSeconds: 1, maxSeconds: 14_460 },
		loudness: FEED_LOUDNESS,
	},
};

/** Largest even number that is not above `value / 2`, at least 2. */
const half = (value: number): number => Math.max(2, Math.floor(value / 4) * 2);

const fromPreset = (name: PlatformName): Platform => {
	const { width, height, fps, safeArea, limits, loudness } = PRESETS[name];
	return { name, canvas: { width, height, fps }, safeArea, limits, loudness };
};

const fromCustom = (spec: CustomPlatform): Platform => ({
	name: spec.name,
	canvas: { width: spec.width, height: spec.height, fps: spec.fps ?? 30 },
	safeArea: {
		top: toFraction(spec.safeArea?.top ?? '4%'),
		right: toFraction(spec.safeArea?.right ?? '4%'),
		bottom: toFraction(spec.safeArea?.bottom ?? '4%'),
		left: toFraction(spec.safeArea?.left ?? '4%'),
	},
	limits: { minSeconds: 0, maxSeconds: 3600 },
});

/** A preset by its name, or the user's own. `draft` halves the size, kept even. */
export const resolvePlatform = (spec: PlatformSpec, options: { readonly draft: boolean }): Platform => {
	const platform = typeof spec === 'string' ? fromPreset(spec) : fromCustom(spec);
	if (!options.draft) return platform;
	const { width, height, fps } = platform.canvas;
	return { ...platform, canvas: { width: half(width), height: half(height), fps } };
};
