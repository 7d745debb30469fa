import { readFileSync } from 'node:fs';
import { create, type Font } from 'fontkit';
import { unwrapWoff } from '../../src/providers/unwrap-woff.ts';

/**
 * A TrueType font for tests that draws the characters of `glyphs` with Inter's pictures of other letters, and has no other character: a font of a script
 * that no installed family has.
 */
export const remappedFont = (glyphs: Readonly<Record<string, string>>): Buffer => {
	const source = unwrapWoff(readFileSync('node_modules/@fontsource/inter/files/inter-latin-400-normal.woff'));
	const font = create(source) as Font;
	const points = Object.keys(glyphs)
		.map((character) => character.codePointAt(0)!)
		.sort((a, b) => a - b);
	const groups = points.map((point) => [point, point, font.glyphForCodePoint(glyphs[String.fromCodePoint(point)]!.codePointAt(0)!).id]);
	const head = [
		[0, 1],
		[3, 10],
		[0, 12],
		[12, 0],
		[0, 16 + groups.length * 12],
		[0, 0],
		[0, groups.length],
	].flat();
	const cmap = Buffer.alloc(head.length * 2 + groups.length * 12);
	for (const [index, value] of head.entries()) cmap.writeUInt16BE(value, index * 2);
	for (const [index, value] of groups.flat().entries()) cmap.writeUInt32BE(value, head.length * 2 + index * 4);
	return withTable(source, 'cmap', cmap);
};

/** The font with one table in place of its own. */
const withTable = (source: Buffer, tag: string, content: Buffer): Buffer => {
	const count = source.readUInt16BE(4);
	const header = Buffer.from(source.subarray(0, 12 + 16 * count));
	const tables: Buffer[] = [];
	let offset = header.length;
	for (let entry = 12; entry < header.length; entry += 16) {
		const start = source.readUInt32BE(entry + 8);
		const isMeant = header.toString('latin1', entry, entry + 4) === tag;
		const table = isMeant ? content : source.subarray(start, start + source.readUInt32BE(entry + 12));
		header.writeUInt32BE(offset, entry + 8);
		header.writeUInt32BE(table.length, entry + 12);
		const padded = Buffer.concat([table, Buffer.alloc((4 - (table.length % 4)) % 4)]);
		tables.push(padded);
		offset += padded.length;
	}
	return Buffer.concat([header, ...tables]);
};
