import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { converter } from 'culori';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { frameGrader, gradePicture } from '../../../src/providers/assets/grade.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const Grade = suite('providers/assets/grade');

const PALETTE = ['#ffe9c9', '#0b1d3a', '#6366f1'];
const toOklab = converter('oklab');

/** A picture of plain stripes. */
const stripes = async (colors: readonly string[], channels: 3 | 4 = 3): Promise<string> => {
	const file = join(temporaryDirectory(), 'picture.png');
	const parts = colors.map((background, index) => ({
		input: { create: { width: 40, height: 40, channels, background } },
		left: index * 40,
		top: 0,
	}));
	const base = {
		create: { width: 40 * colors.length, height: 40, channels, background: channels === 4 ? '#00000000' : '#000000' },
	} as const;
	await writeFile(file, await sharp(base).composite(parts).png().toBuffer());
	return file;
};
const graded = async (file: string, palette: readonly string[] = PALETTE) => {
	const result = await gradePicture(file, { palette, directory: temporaryDirectory(), cost: 0 });
	if (!result.ok) throw new Error(result.problem.summary);
	return result.value;
};
const colorsIn = async (file: string, count: number) => {
	const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
	return Array.from({ length: count }, (_, index) => {
		const at = (20 * info.width + index * 40 + 20) * 3;
		return toOklab({ mode: 'rgb', r: data[at]! / 255, g: data[at + 1]! / 255, b: data[at + 2]! / 255 });
	});
};

Grade('greys lean to the palette, and stay in their order of lightness', async () => {
	const greys = ['#101010', '#404040', '#808080', '#c0c0c0', '#f0f0f0'];
	const result = await colorsIn((await graded(await stripes(greys))).file, greys.length);
	for (const [index, color] of result.entries()) {
		const before = toOklab(greys[index]!)!;
		assert.ok(Math.abs(color.l - before.l) < 0.08, `${index}: ${color.l} from ${before.l}`);
		if (index > 0) assert.ok(color.l > result[index - 1]!.l);
	}
	const middle = result[2]!;
	const near = (hex: string): number => Math.hypot(middle.a - toOklab(hex)!.a, middle.b - toOklab(hex)!.b);
	assert.ok(near('#6366f1') < near('#808080') + Math.hypot(toOklab('#6366f1')!.a, toOklab('#6366f1')!.b) - 0.02);
	assert.ok(middle.b < -0.02, `${middle.b}`);
});

Grade('strong colours keep most of themselves', async () => {
	const [color] = await colorsIn((await graded(await stripes(['#e06040']))).file, 1);
	const before = toOklab('#e06040')!;
	assert.ok(Math.hypot(color!.a - before.a, color!.b - before.b) < 0.06);
	assert.ok(color!.a > 0.05);
});

Grade('the same picture and palette give the same file, another palette another', async () => {
	const file = await stripes(['#808080', '#203040']);
	const [one, same, other] = [await graded(file), await graded(file), await graded(file, ['#203a10', '#d0f0a0'])];
	assert.is(one.sha256, same.sha256);
	assert.is.not(one.sha256, other.sha256);
	assert.is(one.extension, 'jpg');
});

Grade('what is transparent stays so', async () => {
	const file = await stripes(['#80808080', '#ff000000'], 4);
	const result = await graded(file);
	assert.is(result.extension, 'png');
	const { data } = await sharp(result.file).raw().toBuffer({ resolveWithObject: true });
	assert.equal([data[3]! > 100 && data[3]! < 150, data[79 * 4 + 3]], [true, 0]);
});

Grade('a file that is no picture is a problem, and nothing is left', async () => {
	const directory = temporaryDirectory();
	const file = join(temporaryDirectory(), 'picture.png');
	await writeFile(file, 'text');
	const result = await gradePicture(file, { palette: PALETTE, directory, cost: 0 });
	assert.ok(!result.ok && result.problem.code === 'RF4234');
	assert.equal(await readdir(directory), []);
	assert.is((await readFile(file)).toString(), 'text');
});

Grade('frames get the very colours that a picture gets, however often they come', async () => {
	const colors = ['#000000', '#ffffff', '#808080', '#e06040', '#123456', '#fedcba', '#00ff00', '#0000ff'];
	// Not quite opaque: such a picture is kept without loss.
	const picture = await graded(
		await stripes(
			colors.map((color) => `${color}fe`),
			4,
		),
	);
	const { data } = await sharp(picture.file).raw().toBuffer({ resolveWithObject: true });
	const wanted = colors.flatMap((_, index) => [...data.subarray((index * 40 + 20) * 4, (index * 40 + 20) * 4 + 3)]);
	const grade = frameGrader(PALETTE);
	for (const round of [1, 2]) {
		const frame = Buffer.from(colors.map((color) => color.slice(1)).join(''), 'hex');
		grade(frame);
		assert.equal([...frame], wanted, `round ${round}`);
	}
});

Grade('without a palette a frame stays as it is', () => {
	const frame = Uint8Array.from({ length: 3 * 512 }, (_, index) => (index * 7919) & 255);
	const before = [...frame];
	frameGrader([])(frame);
	assert.ok(frame.every((level, index) => Math.abs(level - before[index]!) <= 1));
});

Grade.run();
