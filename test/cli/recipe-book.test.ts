import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readRecipes, writeRecipes } from '../../src/cli/recipe-book.ts';
import { type SegmentKey, sha256Hex } from '../../src/model/keys.ts';
import { makeDirectory } from '../support/directory.ts';

const Book = suite('cli/recipe-book');

const key = (name: string): SegmentKey => sha256Hex(name) as SegmentKey;
const [ADA, BO, CY] = ['ada', 'bo', 'cy'].map(sha256Hex) as [string, string, string];
const all = (): boolean => true;

Book('a recipe is made when the store holds all of its segments', () =>
	makeDirectory(async (folder) => {
		await writeRecipes(folder, 'mail', new Map([[ADA, [key('1'), key('2')]]]));
		await writeRecipes(folder, 'mail', new Map([[BO, [key('2')]]]));
		const held = async (...names: readonly string[]) => {
			const keys = new Set<string>(names.map(key));
			const book = await readRecipes(folder, 'mail', (one) => keys.has(one));
			return [ADA, BO, CY].map((recipe) => book.has(recipe));
		};
		assert.equal(await held('1', '2'), [true, true, false]);
		assert.equal(await held('2'), [false, true, false]);
		assert.equal(await held(), [false, false, false]);
	}),
);

Book('there is no book at first, nothing is written for nothing, and campaigns have books of their own', () =>
	makeDirectory(async (folder) => {
		await writeRecipes(folder, 'mail', new Map());
		assert.not.ok((await readRecipes(folder, 'mail', all)).has(ADA));
		await writeRecipes(folder, 'mail', new Map([[ADA, [key('1')]]]));
		assert.not.ok((await readRecipes(folder, 'other', all)).has(ADA));
	}),
);

Book('damaged lines are left out, and what is added after them is found', () =>
	makeDirectory(async (folder) => {
		await writeRecipes(folder, 'mail', new Map([[ADA, [key('1')]]]));
		const file = join(folder, 'recipes', 'mail.txt');
		await appendFile(file, `\u0000\u0000\n${BO}\n${BO} \nnonsense ${key('1')}\n${CY} half`);
		await writeRecipes(folder, 'mail', new Map([[BO, [key('2')]]]));
		const book = await readRecipes(folder, 'mail', (one) => one.length === 64);
		assert.equal(
			[ADA, BO, CY].map((recipe) => book.has(recipe)),
			[true, true, false],
		);
		await writeFile(file, (await readFile(file)).subarray(0, 100));
		assert.not.ok((await readRecipes(folder, 'mail', (one) => one.length === 64)).has(ADA));
	}),
);

Book.run();
