import { MOOD_NAMES } from '../../src/compiler/design/moods.ts';
import type { SceneRequest } from '../../src/compiler/lower-scene.ts';
import type { PlainScene } from '../../src/compiler/resolve-scene.ts';
import type { Brand, Cta, MoodName, Scene } from '../../src/model/campaign-spec.gen.ts';
import type { Drawing } from '../../src/model/drawing.ts';
import type { IconShape, ImageFacts } from '../../src/model/inputs.ts';
import type { Platform } from '../../src/model/platform.ts';
import type { TimedDrawing } from '../../src/model/timeline.ts';
import type { Seconds } from '../../src/model/units.ts';
import type { FontBook } from '../../src/ports/font-book.ts';
import { createFontsourceBook } from '../../src/providers/fontsource-book.ts';
import { checked } from './specs.ts';

export const MOODS = MOOD_NAMES;

const limits = { minSeconds: 1, maxSeconds: 600 };

/** Made by hand, with the unevenness of real ones: an interface on the right and at the bottom, none, and a format between. */
export const PLATFORMS: readonly Platform[] = [
	{
		name: 'phone',
		canvas: { width: 1080, height: 1920, fps: 30 },
		safeArea: { top: 0.08, right: 0.14, bottom: 0.23, left: 0.055 },
		limits,
	},
	{ name: 'wide', canvas: { width: 1920, height: 1080, fps: 30 }, safeArea: { top: 0.04, right: 0.04, bottom: 0.04, left: 0.04 }, limits },
	{
		name: 'square',
		canvas: { width: 1080, height: 1080, fps: 30 },
		safeArea: { top: 0.06, right: 0.06, bottom: 0.06, left: 0.06 },
		limits,
	},
	{ name: 'feed', canvas: { width: 1080, height: 1350, fps: 25 }, safeArea: { top: 0.05, right: 0.06, bottom: 0.05, left: 0.06 }, limits },
	{
		name: 'narrow',
		canvas: { width: 1080, height: 1920, fps: 60 },
		safeArea: { top: 0.15, right: 0.18, bottom: 0.35, left: 0.045 },
		limits,
	},
];

const icon: IconShape = { size: 24, body: '<path d="M5 12h14m-7-7l7 7l-7 7"/>' };
const picture: ImageFacts = { asset: { sha256: 'a'.repeat(64), extension: 'jpg' }, width: 1600, height: 1200 };

export const CTA: Cta = { text: 'Learn More', color: 'blue', icon: 'arrow-right' };

let book: Promise<FontBook> | undefined;

/** Real metrics: opened once for a test file. */
export const realFonts = (): Promise<FontBook> => {
	book ??= createFontsourceBook([process.cwd()]);
	return book;
};

export type SceneOptions = {
	readonly layers?: Scene['layers'];
	readonly background?: PlainScene['background'];
	readonly id?: string;
	readonly mood?: MoodName;
	readonly platform?: Platform;
	readonly cta?: Cta | null;
	readonly brand?: Brand | null;
	readonly frames?: number;
	readonly framesEntering?: number;
	readonly first?: boolean;
	readonly seconds?: number;
};

/** A request for one scene; images `picture.jpg` and `logo.svg` and the icon `arrow-right` are there. */
export const sceneRequest = async (options: SceneOptions): Promise<SceneRequest> => {
	const { mood = 'sophisticated', platform = PLATFORMS[0]!, cta = CTA, brand = { name: 'Halden' }, seconds = 15 } = options;
	const scene: PlainScene = {
		id: options.id ?? 'scene',
		...(options.layers === undefined ? {} : { layers: options.layers }),
		...(options.background === undefined ? {} : { background: options.background }),
	};
	return {
		checked: checked({ scenes: [scene as Scene], ...(brand === null ? {} : { brand }) }),
		scene,
		path: ['scenes', 0],
		cell: {
			id: `${platform.name}/${seconds}s/${mood}`,
			platform,
			seconds: seconds as Seconds,
			variant: mood,
			mood,
			cta: cta === null ? null : { name: 'go', spec: cta },
		},
		brand,
		inputs: {
			fonts: await realFonts(),
			images: new Map([
				['picture.jpg', picture],
				['logo.svg', { ...picture, width: 96, height: 96 }],
			]),
			icons: new Map([['arrow-right', icon]]),
		},
		frames: options.frames ?? 240,
		framesEntering: options.framesEntering ?? 0,
		first: options.first ?? false,
	};
};

/** Every drawing of a scene, groups and what is in them. */
export const allDrawings = (layers: readonly TimedDrawing[]): readonly Drawing[] => {
	const flat = (drawing: Drawing): readonly Drawing[] => [drawing, ...(drawing.type === 'group' ? drawing.children.flatMap(flat) : [])];
	return layers.flatMap(({ drawing }) => flat(drawing));
};

export type TextDrawing = Extract<Drawing, { type: 'text' }>;

export const textsOf = (layers: readonly TimedDrawing[]): readonly TextDrawing[] =>
	allDrawings(layers).filter((drawing): drawing is TextDrawing => drawing.type === 'text');
