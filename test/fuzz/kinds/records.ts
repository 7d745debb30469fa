import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openManifest } from '../../../src/cli/manifest/open-manifest.ts';
import { failedIn, MANIFEST_NDJSON, readManifest } from '../../../src/cli/manifest/read-manifest.ts';
import { type ManifestRecord, STATUSES } from '../../../src/cli/manifest/record.ts';
import { readRecipes, writeRecipes } from '../../../src/cli/recipe-book.ts';
import { type SegmentKey, sha256Hex } from '../../../src/model/keys.ts';
import { openFileStore } from '../../../src/renderer/file-store.ts';
import { nodeFileSystem } from '../../../src/renderer/file-system.ts';
import { outputId, publishedHash, recordOutput } from '../../../src/renderer/output-records.ts';
import { writeRecord } from '../../../src/renderer/segment-record.ts';
import { anyKey, makeOutput } from '../../fakes/segments.ts';
import { expectThat, type FuzzKind } from '../kind.ts';
import { mutateJson, mutateLines } from '../mutate-json.ts';
import { mutateText } from '../mutate-text.ts';

const FILM = Buffer.from('a film of forty bytes, or a few more than that');

/** The record of a segment in the store, beside its file. */
export const segmentRecord: FuzzKind = {
	name: 'segment record',
	share: 3,
	prepare: async (folder) => {
		const key = anyKey('a');
		const shelf = join(folder, 'segments', key.slice(0, 2));
		mkdirSync(shelf, { recursive: true });
		const record = { key, sha256: sha256Hex(FILM), bytes: FILM.length, frames: 30, width: 64, height: 48, fps: 29.97, costMs: 12 };
		return {
			seeds: [record, { ...record, costMs: 0, fps: 30 }].map((seed) => Buffer.from(writeRecord(seed))),
			mutate: mutateJson,
			judge: async (input) => {
				writeFileSync(join(shelf, `${key}.mp4`), FILM);
				writeFileSync(join(shelf, `${key}.json`), input);
				const store = openFileStore(folder);
				const found = await store.lookup(key);
				rmSync(join(folder, 'quarantine'), { recursive: true, force: true });
				if (found === null) return 'refused';
				expectThat(found.key === key && found.bytes === FILM.length, 'a record of another segment');
				expectThat(
					[found.frames, found.width, found.height].every((count) => Number.isSafeInteger(count) && count > 0),
					'counts that are none',
				);
				const file = await store.open(found);
				expectThat(file === null || sha256Hex(readFileSync(file)) === found.sha256, 'a file that is not the one of its record');
				return file === null ? 'refused' : 'accepted';
			},
		};
	},
};

/** The record of a published output, beside which the output itself is as it was. */
export const outputRecord: FuzzKind = {
	name: 'output record',
	share: 3,
	prepare: async (folder) => {
		const file = join(folder, 'film.mp4');
		writeFileSync(file, FILM);
		utimesSync(file, 1_700_000_000, 1_700_000_000);
		const records = { fs: nodeFileSystem, folder: join(folder, 'records') };
		const planned = makeOutput('film', [anyKey('a'), anyKey('b')], { frames: 60 });
		const short = makeOutput('film', [anyKey('a')], { frames: 30 });
		const place = join(records.folder, `${outputId(file)}.json`);
		const seeds: Buffer[] = [];
		for (const output of [planned, short]) {
			await recordOutput(records, file, { output, sidecars: [], sha256: sha256Hex(FILM) });
			seeds.push(readFileSync(place));
		}
		return {
			seeds,
			mutate: mutateJson,
			judge: async (input) => {
				writeFileSync(place, input);
				const hashes = [
					await publishedHash(records, file, { output: planned, sidecars: [] }),
					await publishedHash(records, file, { output: short, sidecars: [] }),
				];
				expectThat(hashes.includes(null), 'one record stands for two outputs');
				const found = hashes.find((hash) => hash !== null) ?? null;
				expectThat(found === null || found === sha256Hex(FILM), `a wrong hash: ${found}`);
				return found === null ? 'refused' : 'accepted';
			},
		};
	},
};

const RECORD: ManifestRecord = {
	...{
		key: 'ada',
		output: 'youtube/15s/a/b/ada',
		path: 'youtube/ada.mp4',
		status: 'failed',
		frames: 450,
		seconds: 15,
		sha256: 'a'.repeat(64),
		row: 1,
	},
	...{
		platform: 'youtube',
		duration: 15,
		variant: 'a',
		mood: 'calm',
		cta: null,
		error: { code: 'RF6003', message: 'a frame took too long' },
	},
};
const RECORDS: readonly ManifestRecord[] = [
	RECORD,
	{ ...RECORD, output: 'x/15s/a/b/grace', key: 'grace', status: 'finished', error: null, row: 2 },
	{ ...RECORD, output: 'x/15s/a/b/zoe', key: '=zoe', status: 'skipped', path: null, sha256: null, frames: null, seconds: null, row: 3 },
];

const checkRecord = ({ key, path, status, frames, error }: ManifestRecord): void => {
	expectThat(STATUSES.includes(status), `the status ${status}`);
	for (const text of [key, path]) expectThat(text === null || typeof text === 'string', 'a text that is none');
	expectThat(frames === null || typeof frames === 'number', 'a number that is none');
	expectThat(error === null || (typeof error.code === 'string' && typeof error.message === 'string'), 'a problem without words');
};

const writeManifest = async (folder: string, records: readonly ManifestRecord[], partial: boolean) => {
	const manifest = await openManifest(folder, { campaign: 'launch' });
	for (const [place, record] of records.entries()) await manifest.write(record, place);
	return manifest.finish({ partial });
};

/** The manifest of the outputs: read by `retry`, and merged with by the next run. */
export const manifest: FuzzKind = {
	name: 'manifest',
	share: 3,
	prepare: async (folder) => {
		const file = join(folder, MANIFEST_NDJSON);
		const seeds: Buffer[] = [];
		for (const records of [RECORDS, RECORDS.slice(0, 1)]) {
			await writeManifest(folder, records, false);
			seeds.push(readFileSync(file));
		}
		return {
			seeds,
			mutate: mutateLines,
			judge: async (input) => {
				writeFileSync(file, input);
				let count = 0;
				const reading = readManifest(folder);
				for await (const record of reading) {
					checkRecord(record);
					count++;
				}
				const failed = await failedIn(folder);
				expectThat(failed.outputs.length + failed.rows.length <= count && failed.keys.length <= count, 'more has failed than there is');
				await writeManifest(folder, [{ ...RECORD, status: 'finished' }], true);
				const after = readManifest(folder);
				const outputs: string[] = [];
				for await (const record of after) outputs.push(record.output);
				expectThat(after.damaged() === 0, 'what was written over it has damaged lines');
				expectThat(outputs.includes(RECORD.output), 'the output of this run is not in it');
				expectThat(readdirSync(folder).length === 2, 'files are left over');
				return count === 0 ? 'refused' : 'accepted';
			},
		};
	},
};

/** What is known of the stretches of a personal campaign. */
export const recipeBook: FuzzKind = {
	name: 'recipe book',
	share: 2,
	prepare: async (folder) => {
		const held = new Set<string>(['a', 'b', 'c'].map(anyKey));
		const recipes = new Map<string, readonly SegmentKey[]>([
			['1'.repeat(64), [anyKey('a')]],
			['2'.repeat(64), [anyKey('b'), anyKey('c')]],
			['3'.repeat(64), [anyKey('d')]],
		]);
		await writeRecipes(folder, 'launch', recipes);
		const file = join(folder, 'recipes', 'launch.txt');
		const seed = readFileSync(file);
		return {
			seeds: [seed, Buffer.concat([seed, seed])],
			mutate: mutateText,
			judge: async (input) => {
				writeFileSync(file, input);
				const asked: string[] = [];
				const made = await readRecipes(folder, 'launch', (key) => {
					asked.push(key);
					return held.has(key);
				});
				const lines = input.toString('utf8').split(/\r\n|[\n\r\u2028\u2029]/);
				const isIn = (recipe: string): boolean =>
					lines.some(
						(line) =>
							line.startsWith(`${recipe} `) &&
							line
								.slice(65)
								.split(' ')
								.every((key) => held.has(key)),
					);
				for (const recipe of recipes.keys()) expectThat(!made.has(recipe) || isIn(recipe), 'a recipe whose segments are not held');
				expectThat(statSync(file).size === input.length, 'the book was written to');
				return made.has('1'.repeat(64)) || made.has('2'.repeat(64)) ? 'accepted' : 'refused';
			},
		};
	},
};
