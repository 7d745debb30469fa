import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { over, worstContrast } from '../../../src/compiler/design/color.ts';
import { type LoweredScene, lowerScene } from '../../../src/compiler/lower-scene.ts';
import type { Background } from '../../../src/model/campaign-spec.gen.ts';
import type { Drawing } from '../../../src/model/drawing.ts';
import type { Texture } from '../../../src/model/texture.ts';
import { cloudPixels } from '../../../src/runtime/texture/clouds.ts';
import { meshPixels } from '../../../src/runtime/texture/mesh.ts';
import { rasterOf } from '../../../src/runtime/texture/raster.ts';
import { allDrawings, MOODS, PLATFORMS, type SceneOptions, sceneRequest, textsOf } from '../../support/scene-requests.ts';
import { seededNumbers } from '../../support/seeded-numbers.ts';

const Backgrounds = suite('compiler/lower/background');

const lower = async (options: SceneOptions): Promise<LoweredScene> => lowerScene(await sceneRequest(options));

const LAYERS: SceneOptions['layers'] = [
	{ text: 'New', role: 'eyebrow' },
	{ text: 'Hello there', role: 'headline' },
	{ text: 'So it is.', role: 'subhead' },
];

type TextureDrawing = Extract<Drawing, { type: 'texture' }>;

const textureOf = ({ layers }: LoweredScene): TextureDrawing => {
	const found = allDrawings(layers).find((drawing): drawing is TextureDrawing => drawing.type === 'texture');
	if (found === undefined) throw new Error('no texture');
	return found;
};

const inksOf = ({ layers }: LoweredScene): readonly string[] => textsOf(layers).flatMap(({ runs }) => runs.map(({ color }) => color));

const hexOf = (pixels: Uint8ClampedArray, offset: number): string =>
	`#${[0, 1, 2].map((part) => pixels[offset + part]!.toString(16).padStart(2, '0')).join('')}`;

/** Every colour that a texture really shows beneath words. */
const shownBy = ({ texture, box }: TextureDrawing, ground: readonly string[]): readonly string[] => {
	switch (texture.type) {
		case 'mesh':
		case 'noise': {
			const raster = rasterOf(box, box.width / 60);
			const pixels = texture.type === 'mesh' ? meshPixels(texture, raster, 0) : cloudPixels(texture, raster, 0);
			return Array.from({ length: pixels.length / 4 }, (_, index) => hexOf(pixels, index * 4));
		}
		case 'particles':
			return ground.flatMap((color) => [color, over(texture.color, texture.quiet.opacity, color)]);
		case 'pattern':
			return ground.flatMap((color) => [color, over(texture.color, texture.opacity, color)]);
	}
};

Backgrounds('every text reads on every pixel of a computed background, whatever the brand, the colours and the mood', async () => {
	const next = seededNumbers(4);
	const hex = (): string =>
		`#${Math.floor(next() * 0xffffff)
			.toString(16)
			.padStart(6, '0')}`;
	const kinds: readonly (() => Background)[] = [
		() => ({ type: 'gradient-mesh', colors: [hex(), hex(), hex()] }),
		() => ({ type: 'gradient-mesh', complexity: 1 }),
		() => ({ type: 'noise', colors: [hex(), hex()] }),
		() => ({ type: 'noise', color: hex() }),
		() => ({ type: 'noise' }),
		() => ({ type: 'particles', color: hex(), ground: hex() }),
		() => ({ type: 'particles' }),
		() => ({ type: 'pattern', pattern: 'grid', color: hex(), ground: hex() }),
		() => ({ type: 'pattern', pattern: 'waves' }),
	];
	for (let round = 0; round < 72; round++) {
		const background = kinds[round % kinds.length]!();
		const mood = MOODS[round % MOODS.length]!;
		const platform = PLATFORMS[round % PLATFORMS.length]!;
		const brand = { name: 'Halden', colors: { primary: hex(), accent: hex() } };
		const scene = await lower({ mood, platform, brand, background, layers: LAYERS });
		const ground = 'color' in scene.background ? [scene.background.color] : scene.background.colors;
		const shown = shownBy(textureOf(scene), ground);
		for (const ink of inksOf(scene)) {
			const ratio = worstContrast(ink, shown);
			// 4.5 against the colours and their mixtures; a few hundredths are lost where sRGB ends.
			assert.ok(ratio >= 4.3, `${JSON.stringify(background)} in ${mood}: ${ink} has ${ratio.toFixed(2)}`);
		}
	}
});

const made = async (background: Background, more: SceneOptions = {}): Promise<TextureDrawing> =>
	textureOf(await lower({ background, layers: LAYERS, ...more }));

Backgrounds('stand still unless asked to move', async () => {
	for (const background of [{ type: 'gradient-mesh' }, { type: 'noise' }, { type: 'particles' }, { type: 'pattern' }] as const) {
		assert.is((await made(background)).time, null, background.type);
	}
	for (const background of [
		{ type: 'gradient-mesh', animated: true },
		{ type: 'noise', animated: true },
		{ type: 'particles', animated: true },
		{ type: 'particles', speed: 0.5 },
	] as const)
		assert.equal((await made(background)).time, { start: 0, fps: 30 }, JSON.stringify(background));
	assert.is((await made({ type: 'particles', speed: 0.5, animated: false })).time, null);
	assert.is((await made({ type: 'particles', speed: 0 })).time, null);
});

Backgrounds('lengths are shares of the shorter side', async () => {
	const [phone, square] = [PLATFORMS[0]!, { ...PLATFORMS[2]!, canvas: { width: 540, height: 540, fps: 30 as const } }];
	const sizeOf = async (platform: (typeof PLATFORMS)[number]): Promise<readonly number[]> => {
		const { texture } = await made({ type: 'particles', size: 2, speed: 1 }, { platform });
		return texture.type === 'particles' ? [texture.size, texture.speed] : [];
	};
	assert.equal(await sizeOf(phone), [21.6, 10.8]);
	assert.equal(await sizeOf(square), [10.8, 5.4]);
});

Backgrounds('what the spec says is what is drawn', async () => {
	const table: readonly (readonly [Background, Partial<Texture>])[] = [
		[
			{ type: 'gradient-mesh', colors: ['#101020', '#203040'], complexity: 1, seed: 9 },
			{ type: 'mesh', colors: ['#101020', '#203040'], complexity: 5, seed: 9 },
		],
		[
			{ type: 'gradient-mesh', complexity: 0.25 },
			{ type: 'mesh', complexity: 2 },
		],
		[
			{ type: 'gradient-mesh', complexity: 0 },
			{ type: 'mesh', complexity: 1 },
		],
		[
			{ type: 'noise', colors: ['#101020', '#203040'], octaves: 2, scale: 50, seed: 7 },
			{ type: 'noise', colors: ['#101020', '#203040'], octaves: 2, scale: 540, seed: 7 },
		],
		[
			{ type: 'particles', ground: '#000000', color: '#ff0000', count: 12, seed: 5 },
			{ type: 'particles', color: '#ff0000', count: 12, seed: 5 },
		],
		[
			{ type: 'pattern', pattern: 'lines', ground: '#000000', color: '#ff0000', scale: 10, seed: 5 },
			{ type: 'pattern', motif: 'lines', color: '#ff0000', scale: 108, seed: 5 },
		],
	];
	for (const [background, expected] of table) {
		const { texture } = await made(background);
		assert.equal(Object.fromEntries(Object.keys(expected).map((key) => [key, texture[key as keyof Texture]])), expected);
	}
});

Backgrounds('a computed picture has film grain over it where it is smooth, and no shapes of the mood', async () => {
	for (const mood of MOODS) {
		const { layers } = await lower({ mood, background: { type: 'gradient-mesh', colors: ['#101020', '#203040'] }, layers: [] });
		assert.equal(
			layers.map(({ drawing }) => drawing.type),
			['texture', 'grain'],
			mood,
		);
	}
});

Backgrounds('specks are quiet around the words and shine elsewhere', async () => {
	const background: Background = { type: 'particles', ground: '#0b1020', color: '#ffffff' };
	const [withWords, without] = [(await made(background)).texture, (await made(background, { layers: [] })).texture];
	if (withWords.type !== 'particles' || without.type !== 'particles') throw new Error('not particles');
	assert.ok(withWords.quiet.opacity < withWords.opacity / 2);
	assert.ok(withWords.quiet.box.height < 1920);
	assert.is(without.quiet.opacity, without.opacity);
});

Backgrounds('a picture fills the canvas behind everything, with a scrim where words are', async () => {
	const { layers } = await lower({ background: { type: 'image', path: 'picture.jpg' }, layers: LAYERS });
	const [picture, scrim] = layers.map(({ drawing }) => drawing);
	assert.is(allDrawings(layers.slice(0, 1)).find(({ type }) => type === 'image')?.box.height, 1920, picture?.type);
	assert.ok(scrim?.type === 'rectangle' && scrim.paint.type === 'linear');
	for (const ink of inksOf({ layers, background: { type: 'solid', color: '#000000' }, diagnostics: [] }))
		assert.ok(worstContrast(ink, [over('#0a0a12', 0.66, '#ffffff')]) >= 4);
});

Backgrounds('a picture without words has no scrim', async () => {
	const { layers } = await lower({ background: { type: 'image', path: 'picture.jpg' }, layers: [] });
	assert.not(allDrawings(layers).some(({ type }) => type === 'rectangle'));
});

Backgrounds('colours that no text can stand on are moved, and the spec is told where', async () => {
	const { diagnostics } = await lower({ background: { type: 'gradient-mesh', colors: ['#000000', '#ffffff'] }, layers: LAYERS });
	assert.equal(
		diagnostics.map(({ code }) => code).filter((code) => code === 'RF3017'),
		['RF3017'],
	);
});

Backgrounds.run();
