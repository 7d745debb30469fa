import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { readVideoFile } from '../../src/providers/read-video.ts';
import { type AssetProject, inAssetProject, NO_NETWORK } from '../support/asset-vendor-project.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { makeVideo, middlesOf } from '../support/video.ts';

const Graded = suite('cli/graded-assets');

const SPEC = 'tour.campaign.yaml';
const LOCK = 'tour.campaign.lock.yaml';

/** Footage and a picture of the folder, both graded or neither. */
const tour = ({ grade = 'match', primary = '#6366f1' } = {}): string => `
reelform: 1
campaign: tour
platforms: [{name: wide, width: 160, height: 90, fps: 24}]
durations: [2]
variants: {plain: {mood: minimal}}
brand: {name: Acme, colors: {primary: '${primary}'}}
assets:
  clip: {stockVideo: {query: harbour, colorGrade: ${grade}}, provider: local}
  still: {stockImage: {query: square, colorGrade: ${grade}}, provider: local}
scenes:
  - id: one
    layers: [{video: asset.clip}, {image: asset.still}]
`;

const ffmpeg = await findFfmpeg();
const clip = join(temporaryDirectory(), 'harbour.mp4');
await makeVideo(ffmpeg, clip, { frames: 48, fps: 24 });
const still = await sharp({ create: { width: 96, height: 54, channels: 3, background: '#808080' } })
	.png()
	.toBuffer();

type Locked = {
	readonly sha256: string;
	readonly bytes: number;
	readonly width: number;
	readonly height: number;
	readonly seconds?: number;
	readonly query: string;
};

const lockOf = ({ read }: AssetProject): Readonly<Record<'clip' | 'still', Locked>> => parse(read(LOCK)).assets;
const hashesOf = (project: AssetProject): readonly string[] => [lockOf(project).clip.sha256, lockOf(project).still.sha256];

const resolve = ({ run }: AssetProject) => run(NO_NETWORK, {}, 'assets', 'resolve', SPEC);
const resolved = async (project: AssetProject): Promise<void> => {
	const { code, stderr } = await resolve(project);
	assert.is(code, 0, stderr);
};
const stateOf = async ({ run }: AssetProject): Promise<readonly string[]> => {
	const { stdout } = await run(NO_NETWORK, {}, 'assets', 'list', SPEC, '--json');
	return (JSON.parse(stdout) as { assets: { state: string }[] }).assets.map(({ state }) => state);
};

const inTour = (act: (project: AssetProject) => Promise<void>) =>
	inAssetProject({ [SPEC]: tour(), 'media/harbour.mp4': readFileSync(clip), 'media/square.png': still }, act);

const cachedClip = ({ folder }: AssetProject, { sha256 }: Locked): string =>
	join(folder, '.asset-cache/files', sha256.slice(0, 2), `${sha256}.mp4`);

Graded('footage is graded when it is resolved: other colours, the same frames and times, a hash of its own', () =>
	inTour(async (project) => {
		await resolved(project);
		const locked = lockOf(project).clip;
		const graded = cachedClip(project, locked);
		const [before, after] = await Promise.all(
			[clip, graded].map(async (path) => readVideoFile(path, { path, bytes: readFileSync(path).length })),
		);
		assert.ok(before?.ok && after?.ok);
		assert.equal(after.value.facts.times, before.value.facts.times);
		assert.equal([locked.width, locked.height, locked.seconds], [64, 36, 2]);
		assert.is(locked.sha256, after.value.facts.asset.sha256);
		assert.is.not(locked.sha256, before.value.facts.asset.sha256);
		const [plain, changed] = [clip, graded].map((path) => middlesOf(ffmpeg, path, { width: 64, height: 36 }));
		const moved = plain!.map((color, index) => Math.max(...color.map((level, channel) => Math.abs(level - changed![index]![channel]!))));
		assert.is(moved.length, 48);
		assert.ok(Math.max(...moved) > 8 && Math.max(...moved) < 90, `${moved}`);
	}),
);

Graded('footage and pictures are locked alike: by what is asked for, not by the palette', () =>
	inTour(async (project) => {
		await resolved(project);
		const first = hashesOf(project);

		project.write(SPEC, tour({ primary: '#ff0000' }));
		assert.equal(await stateOf(project), ['ready', 'ready']);
		await resolved(project);
		assert.equal(hashesOf(project), first);

		assert.is((await project.run(NO_NETWORK, {}, 'assets', 'update', SPEC)).code, 0);
		const updated = hashesOf(project);
		assert.ok(updated.every((hash, index) => hash !== first[index]));

		project.write(SPEC, tour({ grade: 'none' }));
		assert.equal(await stateOf(project), ['changed', 'changed']);
		await resolved(project);
		assert.ok(hashesOf(project).every((hash, index) => hash !== first[index] && hash !== updated[index]));
		assert.is(lockOf(project).clip.bytes, readFileSync(clip).length);
	}),
);

Graded('what is gone from the cache is graded to the same bytes, and refused when the palette is another one by now', () =>
	inTour(async (project) => {
		await resolved(project);
		const first = project.read(LOCK);
		rmSync(join(project.folder, '.asset-cache'), { recursive: true });
		await resolved(project);
		assert.is(project.read(LOCK), first);
		assert.equal(await stateOf(project), ['ready', 'ready']);

		rmSync(join(project.folder, '.asset-cache'), { recursive: true });
		project.write(SPEC, tour({ primary: '#ff0000' }));
		const { code, stderr } = await resolve(project);
		assert.is.not(code, 0);
		assert.is(stderr.match(/RF4244/g)?.length, 2, stderr);
		assert.is(project.read(LOCK), first);
	}),
);

Graded('footage that cannot be decoded is a diagnostic, and nothing is locked or kept', () =>
	inTour(async (project) => {
		const bytes = readFileSync(clip);
		const [media, index] = [bytes.indexOf('mdat') + 4, bytes.indexOf('moov') - 4];
		project.write('media/harbour.mp4', Buffer.from(bytes).fill(0xff, media, index > media ? index : bytes.length));
		const { code, stderr } = await resolve(project);
		assert.is.not(code, 0);
		assert.match(stderr, /RF4234/);
		assert.match(stderr, /footage cannot be graded: it cannot be decoded/);
		assert.equal(Object.keys(lockOf(project)), ['still']);
		assert.equal(
			Object.keys(project.hashes('.asset-cache/files')).filter((file) => file.endsWith('.mp4')),
			[],
		);
		assert.equal(Object.keys(project.hashes('.asset-cache/work')), []);
	}),
);

Graded.run();
