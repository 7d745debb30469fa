// Makes docs/gallery.jpg: every scene of specs/gallery on a landscape canvas, each in the next mood. Needs what `npm ci` brings.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

const MOODS = ['sophisticated', 'playful', 'bold', 'calm', 'urgent', 'minimal', 'editorial', 'tech'];
const TILE = { width: 400, height: 225 };
const GAP = 8;
const COLUMNS = 3;
const SPEC = 'specs/gallery/gallery.campaign.yaml';
const OUT = 'docs/gallery.jpg';
/** In the order of the spec. */
const SCENES = [...readFileSync(SPEC, 'utf8').matchAll(/^ {2}- id: (\S+)$/gm)].map(([, id]) => id);

const directory = mkdtempSync(join(tmpdir(), 'reelform-gallery-'));
try {
	// A scene shows one mood in the sheet: each mood draws every eighth scene.
	const files = MOODS.flatMap((mood, first) => {
		const scenes = SCENES.filter((_, index) => index % MOODS.length === first);
		const folder = join(directory, mood);
		const flags = ['--platforms', 'youtube', '--moods', mood, '--scenes', scenes.join(','), '--full'];
		const run = spawnSync(process.execPath, ['scripts/stills.mjs', SPEC, folder, ...flags], { stdio: 'inherit' });
		if (run.status !== 0) throw new Error('no stills');
		const names = readdirSync(folder).filter((name) => name.endsWith('.jpg'));
		return scenes.map((scene) => ({
			scene,
			file: join(
				folder,
				names.find((name) => name.includes(`-${scene}-`)),
			),
		}));
	}).sort((a, b) => SCENES.indexOf(a.scene) - SCENES.indexOf(b.scene));
	const tiles = await Promise.all(
		files.map(async ({ file }, index) => ({
			input: await sharp(file).resize(TILE).png().toBuffer(),
			left: GAP + (index % COLUMNS) * (TILE.width + GAP),
			top: GAP + Math.floor(index / COLUMNS) * (TILE.height + GAP),
		})),
	);
	const rows = Math.ceil(files.length / COLUMNS);
	const size = { width: COLUMNS * (TILE.width + GAP) + GAP, height: rows * (TILE.height + GAP) + GAP };
	await sharp({ create: { ...size, channels: 3, background: '#8a8a8a' } })
		.composite(tiles)
		.jpeg({ quality: 78, mozjpeg: true })
		.toFile(OUT);
	console.log(`${OUT}: ${Math.round(statSync(OUT).size / 1024)} KB`);
} finally {
	rmSync(directory, { recursive: true, force: true });
}
