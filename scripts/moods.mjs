// Makes docs/moods.jpg: every mood on a portrait, a landscape and a square canvas, from specs/moods. Needs what `npm ci` brings.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

const MOODS = ['sophisticated', 'playful', 'bold', 'calm', 'urgent', 'minimal', 'editorial', 'tech'];
const SHAPES = [
	{ platform: 'instagram-story', width: 171 },
	{ platform: 'youtube', width: 540 },
	{ platform: 'instagram-feed', width: 304 },
];
const HEIGHT = 304;
const GAP = 10;
const SPEC = 'specs/moods/moods.campaign.yaml';
const OUT = 'docs/moods.jpg';

const directory = mkdtempSync(join(tmpdir(), 'reelform-moods-'));
try {
	const run = spawnSync(process.execPath, ['scripts/stills.mjs', SPEC, directory, '--scenes', 'promise', '--full'], { stdio: 'inherit' });
	if (run.status !== 0) throw new Error('no stills');
	const files = readdirSync(directory);
	const row = SHAPES.reduce((sum, { width }) => sum + width + GAP, GAP);
	const tiles = await Promise.all(
		MOODS.flatMap((mood, index) =>
			SHAPES.map(async ({ platform, width }, column) => {
				const file = files.find((name) => name.startsWith(`${platform}-${mood}-`) && name.endsWith('.jpg'));
				const left = SHAPES.slice(0, column).reduce((sum, shape) => sum + shape.width + GAP, GAP) + (index % 2) * row;
				const top = GAP + Math.floor(index / 2) * (HEIGHT + GAP);
				return { input: await sharp(join(directory, file)).resize({ width, height: HEIGHT, fit: 'cover' }).png().toBuffer(), left, top };
			}),
		),
	);
	await sharp({ create: { width: 2 * row, height: (MOODS.length / 2) * (HEIGHT + GAP) + GAP, channels: 3, background: '#8a8a8a' } })
		.composite(tiles)
		.jpeg({ quality: 80, mozjpeg: true })
		.toFile(OUT);
	console.log(`${OUT}: ${Math.round(statSync(OUT).size / 1024)} KB`);
} finally {
	rmSync(directory, { recursive: true, force: true });
}
