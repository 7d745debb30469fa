import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MOOD_NAMES } from '../src/compiler/design/moods.ts';
import type { Drawing } from '../src/model/drawing.ts';
import type { SegmentMessage } from '../src/model/segment-message.ts';
import { comparePictures, type PictureDifference } from './support/compare-pictures.ts';
import { openSpec } from './support/spec-stills.ts';

const Gallery = suite('gallery');

const GOLDEN = 'test/golden/gallery';
const SCALE = 0.25;
/** A picture that differs by less is the same to people: other machines smooth edges in other ways. */
const ALIKE: PictureDifference = { mean: 1.2, share: 0.006 };

type Shot = { readonly scene: string; readonly mood: string; readonly platform: string };

const LOOKS: readonly (readonly [mood: string, platform: string])[] = [
	['sophisticated', 'tiktok'],
	['playful', 'youtube'],
	['bold', 'instagram-feed'],
	['calm', 'tiktok'],
	['urgent', 'youtube'],
	['minimal', 'instagram-feed'],
	['editorial', 'tiktok'],
	['tech', 'youtube'],
	['calm', 'instagram-feed'],
	['bold', 'tiktok'],
	['editorial', 'youtube'],
	['playful', 'instagram-feed'],
];

const spec = await openSpec('specs/gallery/gallery.campaign.yaml');
/** Every scene once, each in the next look. */
const shots = spec.sceneIds.map((scene, index): Shot => {
	const [mood, platform] = LOOKS[index % LOOKS.length]!;
	return { scene, mood, platform };
});

const messageOf = ({ scene, mood, platform }: Shot): SegmentMessage => {
	const cell = spec.cells.find((one) => one.mood === mood && one.platform.name === platform);
	if (cell === undefined) throw new Error(`no output is ${platform} in ${mood}`);
	return spec.settled(cell, scene);
};

const messages = shots.map(messageOf);
const fileOf = ({ scene, mood, platform }: Shot): string => `${GOLDEN}/${scene}-${mood}-${platform}.jpg`;
const toJpeg = (png: Uint8Array): Promise<Buffer> => sharp(png).jpeg({ quality: 82, chromaSubsampling: '4:4:4' }).toBuffer();
const isAlike = ({ mean, share }: PictureDifference): boolean => mean <= ALIKE.mean && share <= ALIKE.share;

const sampled = shots.findIndex(({ scene }) => scene === 'words');
const repainted = shots.findIndex(({ scene }) => scene === 'charted');

/** Every line of words lower by 2 % of the shorter side. */
const lowered = (drawing: Drawing): Drawing => {
	if (drawing.type === 'group') return { ...drawing, children: drawing.children.map(lowered) };
	if (drawing.type !== 'text') return drawing;
	const by = 0.02 * Math.min(messages[sampled]!.canvas.width, messages[sampled]!.canvas.height);
	return { ...drawing, baseline: drawing.baseline + by, box: { ...drawing.box, y: drawing.box.y + by } };
};

const withLayers = (message: SegmentMessage, change: (drawing: Drawing) => Drawing): SegmentMessage => {
	const [first] = message.scenes;
	return { ...message, scenes: [{ ...first, layers: first.layers.map(change) }] };
};

/** A chart whose bars are a step lighter. */
const recolored = (message: SegmentMessage): SegmentMessage => {
	const lighter = (color: string): string =>
		`#${[1, 3, 5]
			.map((at) =>
				Math.min(255, Number.parseInt(color.slice(at, at + 2), 16) + 40)
					.toString(16)
					.padStart(2, '0'),
			)
			.join('')}`;
	const change = (drawing: Drawing): Drawing => {
		if (drawing.type === 'group') return { ...drawing, children: drawing.children.map(change) };
		if (drawing.type !== 'path' || drawing.fill?.length !== 7) return drawing;
		return { ...drawing, fill: lighter(drawing.fill) };
	};
	return withLayers(message, change);
};

const repeated = messages.map((_, index) => index).reverse();

/** One browser for everything that is compared, another for the second drawing, in the opposite order. */
const [pictures, again] = [
	await spec.draw([...messages, withLayers(messages[sampled]!, lowered), recolored(messages[repainted]!)], SCALE),
	await spec.draw(
		repeated.map((index) => messages[index]!),
		SCALE,
	),
];

if (process.env['UPDATE_GOLDEN'] === '1') {
	mkdirSync(GOLDEN, { recursive: true });
	for (const [index, shot] of shots.entries()) writeFileSync(fileOf(shot), await toJpeg(pictures[index]!));
}

Gallery('the stills show every scene, every mood and every aspect', () => {
	assert.is(new Set(shots.map(({ scene }) => scene)).size, spec.sceneIds.length);
	assert.equal([...new Set(shots.map(({ mood }) => mood))].sort(), [...MOOD_NAMES].sort());
	assert.is(new Set(shots.map(({ platform }) => platform)).size, 3);
});

for (const [index, shot] of shots.entries())
	Gallery(`${shot.scene} in ${shot.mood} on ${shot.platform} looks as committed`, async () => {
		const file = fileOf(shot);
		assert.ok(existsSync(file), `${file} is missing: run the test once with UPDATE_GOLDEN=1`);
		const difference = await comparePictures(await toJpeg(pictures[index]!), readFileSync(file));
		assert.ok(isAlike(difference), `${file} differs: ${JSON.stringify(difference)}. Run the test with UPDATE_GOLDEN=1 and look at it`);
	});

Gallery('a headline that is moved by 2 % of the canvas does not pass', async () => {
	const moved = await comparePictures(pictures[messages.length]!, pictures[sampled]!);
	assert.not(isAlike(moved), JSON.stringify(moved));
});

Gallery('shapes of another lightness do not pass', async () => {
	const painted = await comparePictures(pictures[messages.length + 1]!, pictures[repainted]!);
	assert.not(isAlike(painted), JSON.stringify(painted));
});

Gallery('drawing the stills again, in another browser and another order, gives the same bytes', () => {
	const differing = repeated.filter((index, at) => !Buffer.from(pictures[index]!).equals(again[at]!)).map((index) => fileOf(shots[index]!));
	assert.equal(differing, []);
});

Gallery('the committed stills are those of the test, and small', () => {
	const files = readdirSync(GOLDEN).filter((name) => name.endsWith('.jpg'));
	assert.equal(files.map((name) => `${GOLDEN}/${name}`).sort(), shots.map(fileOf).sort());
	const bytes = files.reduce((sum, name) => sum + statSync(`${GOLDEN}/${name}`).size, 0);
	assert.ok(bytes < 600_000, `${bytes} bytes`);
});

Gallery.run();
