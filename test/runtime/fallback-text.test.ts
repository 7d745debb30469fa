import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { setFaces } from '../../src/compiler/set-faces.ts';
import type { Drawing, TextRun } from '../../src/model/drawing.ts';
import { resolveInputs } from '../../src/providers/resolve-inputs.ts';
import { remappedFont } from '../support/remapped-font.ts';
import { segment, solid } from './drawing-parts.ts';
import { inkBox, openDrawingTable, type Picture } from './drawing-table.ts';

const Fallback = suite('runtime/fallback-text');

/** A project with fonts of its own: one that is drawn as it is, and a Hebrew one that is made of W, I and H. */
const folder = mkdtempSync(join(tmpdir(), 'reelform-fallback-'));
mkdirSync(join(folder, 'fonts'));
writeFileSync(join(folder, 'package.json'), '{}');
writeFileSync(
	join(folder, 'fonts/own.woff2'),
	readFileSync('node_modules/@fontsource/playfair-display/files/playfair-display-latin-700-normal.woff2'),
);
writeFileSync(join(folder, 'fonts/hebrew.ttf'), remappedFont({ א: 'W', ב: 'I', ג: 'H' }));
const style = { weight: null, italic: null };
const { inputs, fileOf, problems } = await resolveInputs(
	{
		images: [],
		fontFamilies: ['Anton'],
		icons: [],
		fontFiles: [
			{ ...style, file: 'fonts/own.woff2', family: 'Own' },
			{ ...style, file: 'fonts/hebrew.ttf', family: 'Hebrew' },
		],
		fallbackFamilies: ['Hebrew', 'Inter'],
	},
	{ specFile: join(folder, 'x.yaml') },
);
const table = await openDrawingTable(fileOf);
Fallback.after(async () => {
	await table.close();
	rmSync(folder, { recursive: true, force: true });
});

const SIZE = 40;
const RED = '#ff0000';
const GREEN = '#00ff00';

const face = (family: string) => ({ family, weight: inputs.fonts.resolveWeight({ family, weight: 400, italic: false })!, italic: false });

const draw = async (family: string, runs: readonly TextRun[]): Promise<Picture> => {
	const text = { type: 'text', box: { x: 20, y: 60, width: 280, height: 60 }, tracks: [], runs, align: 'left', baseline: 110 } as const;
	const drawing: Drawing = { ...text, style: { ...face(family), size: SIZE, tracking: 0, tabular: false } };
	const fonts = inputs.fonts.measure(face(family), runs.map((run) => run.text).join('')).files;
	return (
		await table.draw([segment([], { scenes: [{ background: solid('#000000'), layers: [setFaces(drawing, inputs.fonts)] }], fonts })], 0, 0)
	)[0]!;
};

const near = (actual: number, expected: number, tolerance: number, what: string): void =>
	assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual}, not ${expected}`);

/** Where the red and the green ink lie. */
const inkOf = (picture: Picture): { readonly red: number; readonly green: number } => {
	const sums = { red: [0, 0], green: [0, 0] };
	for (let at = 0; at < picture.data.length; at += picture.data.length / (picture.width * picture.height)) {
		const x = (at / (picture.data.length / (picture.width * picture.height))) % picture.width;
		const [red, green] = [picture.data[at]! > 128, picture.data[at + 1]! > 128];
		const sum = red && !green ? sums.red : green && !red ? sums.green : null;
		if (sum !== null) [sum[0], sum[1]] = [sum[0]! + x, sum[1]! + 1];
	}
	assert.ok(sums.red[1]! > 20 && sums.green[1]! > 20, JSON.stringify(sums));
	return { red: sums.red[0]! / sums.red[1]!, green: sums.green[0]! / sums.green[1]! };
};

Fallback('the fonts of the project are whole', () => assert.equal(problems, []));

for (const [family, text] of [
	['Own', 'HIVAH'],
	['Anton', 'HПиваH'],
	['Anton', 'ПивнаяП'],
	['Own', 'HאבגH'],
	['Anton', 'אבגאב'],
] as const) {
	Fallback(`${family} with its fallbacks draws "${text}" as wide as it was measured, on its baseline`, async () => {
		const ink = inkBox(await draw(family, [{ text, color: '#ffffff' }]), '#000000')!;
		const { advance, missing } = inputs.fonts.measure(face(family), text);
		assert.equal(missing, []);
		near(ink.right - ink.left, advance * SIZE, 8, 'width');
		near(ink.bottom, 110, 1.5, 'baseline');
		assert.ok(ink.left >= 19 && ink.left < 28, `left ${ink.left}`);
	});
}

Fallback('the message has the files that draw the text, and no other', () => {
	const families = (text: string) =>
		inputs.fonts.measure(face('Anton'), text).files.map((file) => `${file.family}.${file.asset.extension}`);
	assert.equal(families('Go'), ['Anton.woff']);
	assert.equal(families('א'), ['Hebrew.ttf']);
	assert.equal(families('Go א П'), ['Anton.woff', 'Hebrew.ttf', 'Inter.woff']);
});

Fallback('a line of a right-to-left script is set out from the right, the Latin words in it included', async () => {
	const letters = inkOf(
		await draw('Anton', [
			{ text: 'א', color: RED },
			{ text: 'ג', color: GREEN },
		]),
	);
	assert.ok(letters.green < letters.red, JSON.stringify(letters));
	const words = inkOf(
		await draw('Anton', [
			{ text: 'אב ', color: RED },
			{ text: 'HO', color: GREEN },
		]),
	);
	assert.ok(words.green < words.red, JSON.stringify(words));
	const latin = inkOf(
		await draw('Anton', [
			{ text: 'HO ', color: GREEN },
			{ text: 'אב', color: RED },
		]),
	);
	assert.ok(latin.green < latin.red, JSON.stringify(latin));
});

Fallback.run();
