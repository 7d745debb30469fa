import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildRunner } from './build-runner.mjs';
import { makeChance, seedOfCase } from './chance.ts';
import { KINDS } from './kinds.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateJson } from './mutate-json.ts';
import { mutateText } from './mutate-text.ts';
import { reportOf, runCases } from './run-cases.ts';

const Cases = suite('fuzz/cases');

const SEED = 6;
const CASES = 1_500;

Cases('fifteen hundred damaged inputs of every kind: no crash, no hang, no wrong success, no memory without bounds', async () => {
	const directory = resolve(`.test-build/fuzz-cases-${process.pid}`);
	mkdirSync(directory, { recursive: true });
	try {
		await buildRunner(directory);
		const numbers = Array.from({ length: CASES }, (_, number) => number);
		const run = await runCases({ runner: `${directory}/case-runner.mjs`, seed: SEED, numbers, lanes: 2 });
		assert.equal(run.findings, [], reportOf(run, SEED));
		assert.is(run.cases, CASES);
		for (const { name } of KINDS) {
			const tally = run.tallies.get(name);
			assert.ok(tally !== undefined && tally.refused > 0, `no input of the kind ${name} was refused`);
		}
	} finally {
		rmSync(directory, { recursive: true, force: true });
	}
});

const JSON_INPUT = Buffer.from('{"a": [1, 2, {"b": "text"}], "c": null}');

for (const [name, mutate] of Object.entries({ mutateBytes, mutateText, mutateJson }))
	Cases(`${name}: the same seed damages in the same way, and hardly another does`, () => {
		const made = (seed: number): string => mutate(JSON_INPUT, JSON_INPUT, makeChance(seedOfCase(SEED, seed))).toString('base64');
		const all = Array.from({ length: 200 }, (_, number) => made(number));
		assert.equal(
			all,
			Array.from({ length: 200 }, (_, number) => made(number)),
		);
		assert.ok(new Set(all).size > 120, `${new Set(all).size} of 200`);
		assert.ok(all.filter((one) => one === JSON_INPUT.toString('base64')).length < 20);
	});

Cases.run();
