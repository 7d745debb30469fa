import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { over, worstContrast } from '../../src/compiler/design/color.ts';
import { overlap } from '../../src/compiler/design/geometry.ts';
import { frameOf } from '../../src/compiler/design/layout.ts';
import { moodOf } from '../../src/compiler/design/moods.ts';
import { type LoweredScene, lowerScene } from '../../src/compiler/lower-scene.ts';
import type { Layer, MoodName } from '../../src/model/campaign-spec.gen.ts';
import { canonicalJson } from '../../src/model/canonical-json.ts';
import type { Box, Drawing, Track } from '../../src/model/drawing.ts';
import type { Platform } from '../../src/model/platform.ts';
import {
	allDrawings,
	CTA,
	MOODS,
	PLATFORMS,
	type SceneOptions,
	sceneRequest,
	type TextDrawing,
	textsOf,
} from '../support/scene-requests.ts';
import { seededNumbers } from '../support/seeded-numbers.ts';

const Lowering = suite('compiler/lower-scene');

const lower = async (options: SceneOptions): Promise<LoweredScene> => lowerScene(await sceneRequest(options));

const SHORT: readonly Layer[] = [
	{ text: 'New', role: 'eyebrow' },
	{ text: 'Hi', role: 'headline' },
	{ text: 'So it is.', role: 'subhead' },
];
const LONG: readonly Layer[] = [
	{ logo: {}, at: 'top-left' },
	{ text: 'Élan of the international bookkeepers', role: 'eyebrow' },
	{ text: 'Close the books of every subsidiary before anybody asks', role: 'headline' },
	{ text: 'Every ledger and every bank in one place, reconciled while you are asleep, by people who (really) care.', role: 'subhead' },
	{ cta: {}, at: 'bottom' },
];

/** Every cell of moods and platforms. */
const cells = function* (): Generator<{ readonly mood: MoodName; readonly platform: Platform }> {
	for (const mood of MOODS) for (const platform of PLATFORMS) yield { mood, platform };
};

const errors = (scene: LoweredScene) => scene.diagnostics.filter(({ severity }) => severity === 'error');

for (const [title, layers] of [
	['short', SHORT],
	['long', LONG],
] as const)
	Lowering(`${title} texts stay inside the safe area of every platform in every mood`, async () => {
		for (const { mood, platform } of cells()) {
			const scene = await lower({ mood, platform, layers: [...layers] });
			assert.equal(errors(scene), []);
			const { safe } = frameOf(platform, moodOf(mood));
			const texts = textsOf(scene.layers);
			assert.ok(texts.length >= layers.length - 1);
			for (const text of texts) {
				// Letters hang over their edge by the white beside their stem, and ink is what has to stay inside.
				const bearing = text.style.size * 0.05 + 0.02;
				const where = `${mood} ${platform.name} "${text.runs[0]!.text}"`;
				assert.ok(text.box.x >= safe.x - bearing && text.box.x + text.box.width <= safe.x + safe.width + bearing, where);
				assert.ok(text.baseline - 0.6 * text.style.size >= safe.y, where);
				assert.ok(text.baseline <= safe.y + safe.height + 0.02, where);
			}
		}
	});

Lowering('no text is smaller than 2.6 % of the shorter side', async () => {
	for (const { mood, platform } of cells()) {
		const { layers } = await lower({ mood, platform, layers: [...LONG] });
		for (const text of textsOf(layers))
			assert.ok(text.style.size >= (2.6 * Math.min(platform.canvas.width, platform.canvas.height)) / 100 - 0.01);
	}
});

Lowering('a headline has at most three lines', async () => {
	for (const { mood, platform } of cells()) {
		const { layers } = await lower({
			mood,
			platform,
			layers: [{ text: 'Close the books of every subsidiary before anybody asks', role: 'headline' }],
		});
		assert.ok(textsOf(layers).length <= 3);
	}
});

Lowering('every text reads on every colour that can be behind it, whatever the brand', async () => {
	const next = seededNumbers(2);
	const hex = (): string =>
		`#${Math.floor(next() * 0xffffff)
			.toString(16)
			.padStart(6, '0')}`;
	for (let round = 0; round < 60; round++) {
		const mood = MOODS[round % MOODS.length]!;
		const platform = PLATFORMS[round % PLATFORMS.length]!;
		const brand = { name: 'Halden', colors: { primary: hex(), accent: hex() } };
		const id = `scene-${round % 7}`;
		const { layers, background } = await lower({ mood, platform, brand, id, layers: [...SHORT, { text: '12', role: 'stat' }] });
		const grounds = 'color' in background ? [background.color] : background.colors;
		const texts = textsOf(layers);
		const shapes = allDrawings(layers).flatMap((drawing) => {
			if (drawing.type === 'icon') return texts.some((text) => isUnder(drawing, inkBox(text))) ? [drawing.color] : [];
			return 'paint' in drawing ? (drawing.paint.type === 'solid' ? [] : drawing.paint.colors) : [];
		});
		const opaque = shapes.flatMap((color) => grounds.map((ground) => over(color.slice(0, 7), alphaOf(color), ground)));
		for (const text of texts) {
			const color = text.runs[0]!.color;
			assert.ok(
				worstContrast(color, [...grounds, ...opaque]) >= 4.45,
				`${mood} ${JSON.stringify(brand.colors)}: ${color} on ${[...grounds, ...opaque]}`,
			);
		}
	}
});

/** Where the letters of a line are: its box has white above and below them. */
const inkBox = ({ box, baseline, runs, style: { size } }: TextDrawing): Box => {
	const below = runs.some(({ text }) => /[gjpqy,;Q]/.test(text)) ? 0.24 : 0.02;
	return { ...box, y: baseline - 0.76 * size, height: (0.76 + below) * size };
};

/** Whether a shape can be behind a box. A slanted band is not where its box is, but between its two long sides. */
const isUnder = ({ body, box }: Extract<Drawing, { type: 'icon' }>, words: Box): boolean => {
	const points = /points="([^"]*)"/
		.exec(body)?.[1]
		?.split(' ')
		.map((point) => point.split(',').map(Number));
	if (points === undefined) return overlap(box, words);
	const [upper, right, , lower] = points.map(([x, y]) => [box.x + (x! / 100) * box.width, box.y + (y! / 100) * box.height] as const);
	const slope = (upper![1] - right![1]) / (right![0] - upper![0]);
	const depth = (x: number, y: number): number => y + slope * x;
	const [from, to] = [depth(...upper!), depth(...lower!)];
	return depth(words.x, words.y) < to && depth(words.x + words.width, words.y + words.height) > from;
};

const alphaOf = (color: string): number => (color.length === 9 ? Number.parseInt(color.slice(7), 16) / 255 : 1);

Lowering('the label of a call to action reads on its button in every mood', async () => {
	const next = seededNumbers(9);
	const colors = [
		'blue',
		'green',
		'purple',
		'yellow',
		'white',
		'black',
		'brand.accent',
		...Array.from(
			{ length: 12 },
			() =>
				`#${Math.floor(next() * 0xffffff)
					.toString(16)
					.padStart(6, '0')}`,
		),
	];
	for (const mood of MOODS)
		for (const color of colors) {
			const { layers } = await lower({ mood, cta: { ...CTA, color }, layers: [{ cta: {} }] });
			const body = allDrawings(layers).findLast((drawing) => drawing.type === 'rectangle')!;
			const label = textsOf(layers)[0]!;
			assert.ok(body.type === 'rectangle' && body.paint.type === 'solid');
			assert.ok(worstContrast(label.runs[0]!.color, [body.paint.color]) >= 4.5, `${mood} ${color}`);
		}
});

Lowering('movement ends: no track is under way in the last second', async () => {
	for (const { mood, platform } of cells()) {
		const { fps } = platform.canvas;
		const frames = 4 * fps;
		for (const options of [{ first: true }, { framesEntering: 15 }, {}]) {
			const { layers } = await lower({ mood, platform, frames, layers: [...LONG], ...options });
			const tracks = allDrawings(layers).flatMap((drawing): readonly Track[] => drawing.tracks);
			assert.ok(tracks.length > 0);
			for (const track of tracks) {
				assert.ok(Number.isInteger(track.start) && Number.isInteger(track.end) && track.end > track.start);
				assert.ok(track.end <= frames - fps, `${mood} ${track.property} ends at ${track.end} of ${frames}`);
			}
		}
	}
});

Lowering('the first scene of an output hides nothing at frame 0', async () => {
	for (const { mood, platform } of cells()) {
		const { layers } = await lower({ mood, platform, first: true, layers: [...LONG, { image: 'picture.jpg', at: 'right' }] });
		for (const drawing of allDrawings(layers)) {
			// Shapes of the mood may still grow, words and pictures are there.
			if (drawing.type === 'rectangle' || drawing.type === 'icon') continue;
			assert.not(
				drawing.tracks.some(({ property, from }) => (property === 'opacity' || property.startsWith('clip')) && from !== to(property)),
			);
		}
	}
});

const to = (property: Track['property']): number => (property === 'opacity' ? 1 : 0);

Lowering('words wait until a transition has mostly shown their scene', async () => {
	const { layers } = await lower({ mood: 'calm', framesEntering: 20, layers: [{ text: 'Hello', role: 'headline' }] });
	assert.equal([...new Set(textsOf(layers).flatMap(({ tracks }) => tracks.map(({ start }) => start)))], [12]);
});

Lowering('a layer comes at its `from` and leaves by its `until`', async () => {
	const { layers } = await lower({ mood: 'calm', layers: [{ text: 'Hello', role: 'headline', from: 2, until: '4s' }] });
	const layer = layers.find(({ drawing }) => textsOf([{ drawing, from: 0, until: 1 }]).length > 0)!;
	assert.equal([layer.from, layer.until], [60, 120]);
	const tracks = allDrawings([layer]).flatMap((drawing): readonly Track[] => drawing.tracks);
	assert.is(Math.min(...tracks.map(({ start }) => start)), 60);
	assert.is(Math.max(...tracks.map(({ end }) => end)), 120);
	assert.ok(tracks.some(({ property, to: end }) => property === 'opacity' && end === 0));
});

Lowering('the same request gives the same drawings, in two decimals at most', async () => {
	for (const { mood, platform } of cells()) {
		const options = { mood, platform, layers: [...LONG, { image: 'picture.jpg', at: 'right' as const }] };
		const first = canonicalJson((await lower(options)).layers);
		assert.is(canonicalJson((await lower(options)).layers), first);
		assert.not(/\d\.\d{3,}/.test(first.replaceAll(/"body":"[^"]*"|"amount":[\d.]+/g, '')), `${mood} ${platform.name}`);
	}
});

Lowering('a scene without a call to action does not depend on it, nor on the duration or the name of the platform', async () => {
	for (const mood of MOODS) {
		const options = { mood, layers: [...SHORT] };
		const plain = canonicalJson(await lower(options));
		const other = { ...PLATFORMS[0]!, name: 'elsewhere' };
		assert.is(canonicalJson(await lower({ ...options, cta: { text: 'Other', color: 'red' }, seconds: 60, platform: other })), plain);
		assert.is.not(canonicalJson(await lower({ ...options, layers: [{ text: 'Other', role: 'headline' }] })), plain);
	}
});

Lowering('a longer scene has the same drawings', async () => {
	const drawings = async (frames: number) => (await lower({ frames, layers: [...LONG] })).layers.map(({ drawing }) => drawing);
	assert.equal(await drawings(200), await drawings(300));
});

Lowering('a text that does not fit names its layer, its text and the size, and points at the text', async () => {
	const text = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsurkundenübergabe';
	const { diagnostics } = await lower({
		layers: [
			{ text: 'Fine', role: 'eyebrow' },
			{ text, role: 'headline' },
		],
	});
	const found = diagnostics.find(({ code }) => code === 'RF3014')!;
	assert.is(found.severity, 'error');
	assert.match(found.summary, 'scene scene layer 1');
	assert.match(found.summary, text.slice(0, 40));
	assert.match(found.summary, '1080x1920');
	assert.match(found.summary, 'sophisticated');
	assert.is(found.range?.file, 'scenes.0.layers.1.text');
});

Lowering('a call to action that does not fit points at the call to action', async () => {
	const { diagnostics } = await lower({ platform: PLATFORMS[4]!, mood: 'bold', cta: { text: 'W'.repeat(60) }, layers: [{ cta: {} }] });
	assert.is(diagnostics.find(({ code }) => code === 'RF3014')?.range?.file, 'ctas.go.text');
});

Lowering('glyphs that the face does not have are an error that names them', async () => {
	const { diagnostics } = await lower({ layers: [{ text: 'Launch 🚀 now', role: 'headline' }] });
	const found = diagnostics.find(({ code }) => code === 'RF3015')!;
	assert.match(found.summary, '🚀');
	assert.match(found.summary, 'Fraunces');
});

Lowering('a colour that does not exist is an error with the nearest name', async () => {
	const { diagnostics } = await lower({ layers: [{ text: 'Hello', color: 'brand.acent' }] });
	const found = diagnostics.find(({ code }) => code === 'RF3005')!;
	assert.is(found.hint, 'did you mean "brand.accent"?');
	assert.is(found.range?.file, 'scenes.0.layers.0.color');
});

Lowering('a written text colour that does not read is moved, with a warning', async () => {
	const scene = await lower({
		mood: 'calm',
		background: { type: 'solid', color: '#ffffff' },
		layers: [{ text: 'Hello', color: '#ffee88' }],
	});
	const found = scene.diagnostics.find(({ code }) => code === 'RF3017')!;
	assert.is(found.severity, 'warning');
	assert.ok(worstContrast(textsOf(scene.layers)[0]!.runs[0]!.color, ['#ffffff']) >= 4.5);
});

Lowering('a large text may have the lower contrast of large text', async () => {
	const { diagnostics } = await lower({
		mood: 'bold',
		background: { type: 'solid', color: '#ffffff' },
		layers: [{ text: 'Hello', role: 'headline', color: '#d9622b' }],
	});
	assert.equal(diagnostics, []);
});

Lowering('a scene that is too short to read is a warning', async () => {
	const layers: Layer[] = [{ text: 'Ten words that nobody can read in one single second', role: 'headline' }];
	assert.is((await lower({ layers, frames: 30 })).diagnostics[0]?.code, 'RF3018');
	assert.equal((await lower({ layers, frames: 150 })).diagnostics, []);
});

Lowering('words over a full picture stand on a scrim that carries them over white', async () => {
	for (const { mood, platform } of cells()) {
		const { layers } = await lower({
			mood,
			platform,
			layers: [{ image: 'picture.jpg' }, { text: 'Made to be left out', role: 'headline', at: 'bottom' }],
		});
		const drawings = allDrawings(layers);
		const scrim = drawings.find((drawing) => drawing.type === 'rectangle' && drawing.paint.type === 'linear');
		assert.ok(scrim?.type === 'rectangle' && scrim.paint.type === 'linear');
		const { colors } = scrim.paint;
		for (const text of textsOf(layers)) {
			const along = (y: number): string =>
				colors[Math.min(colors.length - 1, Math.max(0, Math.round((y / platform.canvas.height) * (colors.length - 1))))]!;
			for (const y of [text.baseline - text.style.size * 0.7, text.baseline]) {
				const ground = over(along(y).slice(0, 7), alphaOf(along(y)), '#ffffff');
				assert.ok(worstContrast(text.runs[0]!.color, [ground]) >= 4.5, `${mood} ${platform.name}`);
			}
		}
	}
});

Lowering('words on a panel read on the panel', async () => {
	for (const mood of MOODS)
		for (const color of ['#ffffff', '#111111', 'accent', '#e0338a']) {
			const { layers } = await lower({
				mood,
				layers: [
					{ shape: 'rectangle', at: 'center', color },
					{ text: 'On a panel', role: 'headline', at: 'center' },
				],
			});
			const panel = allDrawings(layers).findLast(
				(drawing) =>
					drawing.type === 'rectangle' && drawing.paint.type === 'solid' && drawing.tracks.some(({ property }) => property === 'opacity'),
			);
			assert.ok(panel?.type === 'rectangle' && panel.paint.type === 'solid');
			for (const text of textsOf(layers)) assert.ok(worstContrast(text.runs[0]!.color, [panel.paint.color]) >= 4.5, `${mood} ${color}`);
		}
});

Lowering('a family of the brand is used, and one that is not installed is an error', async () => {
	const layers: Layer[] = [{ text: 'Hello', role: 'headline' }];
	const set = await lower({ brand: { name: 'Halden', fonts: { heading: 'Inter' } }, layers });
	assert.is(textsOf(set.layers)[0]!.style.family, 'Inter');
	const missing = await lower({ brand: { name: 'Halden', fonts: { heading: 'Nowhere Sans' } }, layers });
	assert.is(missing.diagnostics[0]?.code, 'RF4005');
});

Lowering('a brand without a logo signs with its name in the display face of the mood', async () => {
	const { layers } = await lower({ mood: 'bold', layers: [{ logo: {} }] });
	assert.equal(
		textsOf(layers).map(({ runs, style }) => [runs[0]!.text, style.family]),
		[['HALDEN', 'Anton']],
	);
	const withLogo = await lower({ mood: 'bold', brand: { name: 'Halden', logo: 'logo.svg' }, layers: [{ logo: {} }] });
	assert.ok(allDrawings(withLogo.layers).some((drawing) => drawing.type === 'image'));
});

Lowering('an icon stands before the words, an arrow after them', async () => {
	const positions = async (icon: string): Promise<readonly [number, number]> => {
		const request = await sceneRequest({ cta: { ...CTA, icon }, layers: [{ cta: {} }] });
		const icons = new Map([[icon, [...request.inputs.icons.values()][0]!]]);
		const { layers } = lowerScene({ ...request, inputs: { ...request.inputs, icons } });
		const drawn = allDrawings(layers).findLast((drawing) => drawing.type === 'icon')!;
		return [drawn.box.x, textsOf(layers)[0]!.box.x];
	};
	const [arrow, before] = await positions('arrow-right');
	assert.ok(arrow > before);
	const [cart, after] = await positions('shopping-cart');
	assert.ok(cart < after);
});

Lowering('gradients have grain, flat grounds have none', async () => {
	const hasGrain = async (options: SceneOptions): Promise<boolean> =>
		allDrawings((await lower(options)).layers).some(({ type }) => type === 'grain');
	assert.is(await hasGrain({ mood: 'sophisticated' }), true);
	assert.is(await hasGrain({ mood: 'bold' }), false);
	assert.is(await hasGrain({ mood: 'bold', background: { type: 'linear', colors: ['#ff0000', '#880000'] } }), true);
});

Lowering.run();
