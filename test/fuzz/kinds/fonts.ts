import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFontsourceBook } from '../../../src/providers/fontsource-book.ts';
import { readFont } from '../../../src/providers/read-font.ts';
import { unwrapWoff } from '../../../src/providers/unwrap-woff.ts';
import { expectThat, type FuzzKind } from '../kind.ts';
import { mutateBytes, mutateNear } from '../mutate-bytes.ts';

const TABLES = ['head', 'hhea', 'maxp', 'OS/2', 'hmtx', 'cmap', 'loca', 'glyf', 'name', 'post', 'GPOS', 'GSUB', 'kern'];

const TEXTS = ['Sphinx of black quartz, judge my vow', 'ÀÉÎõü ßŁ', '0123456789 €$% AVATAR To', 'и́ 漢字 👩‍🚀 fi ffl', '"{}|\\~^'];

const latin = (file: string): Buffer => readFileSync(`node_modules/@fontsource/${file}`);

const font = (name: string, seeds: () => readonly Buffer[], mutate: FuzzMutator): FuzzKind => ({
	name,
	share: 2,
	prepare: async (folder) => ({
		seeds: seeds(),
		mutate,
		judge: async (input) => {
			const file = 'fuzz.font';
			writeFileSync(join(folder, file), input);
			const read = await readFont(file, { specFolder: folder, root: folder });
			if (!read.ok) return 'refused';
			const { weight, italic } = read.value;
			expectThat(Number.isFinite(weight) && weight >= 1 && weight <= 1000, `a weight of ${weight}`);
			// What was accepted is measured with later, where nothing catches what it throws.
			const book = await createFontsourceBook([], { local: [{ ...read.value, family: 'Fuzz' }] });
			const query = { family: 'Fuzz', weight, italic };
			expectThat(Object.values(book.metrics(query)).every(Number.isFinite), 'metrics that are no numbers');
			for (const text of TEXTS) expectThat(Number.isFinite(book.measure(query, text).advance), `no width for ${text}`);
			return 'accepted';
		},
	}),
});

type FuzzMutator = typeof mutateBytes;

export const woff2 = font(
	'woff2',
	() => [latin('anton/files/anton-latin-400-normal.woff2'), latin('inter/files/inter-latin-400-normal.woff2')],
	mutateBytes,
);
export const woff = font('woff', () => [latin('anton/files/anton-latin-400-normal.woff')], mutateNear([...TABLES, 'wOFF'], 60));
export const ttf = font(
	'ttf',
	() => ['anton/files/anton-latin-400-normal.woff', 'nunito/files/nunito-latin-400-normal.woff'].map((file) => unwrapWoff(latin(file))),
	mutateNear(TABLES, 80),
);
