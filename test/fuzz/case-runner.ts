// Runs cases in a process of its own: one that hangs, runs out of memory or breaks a library that is not JavaScript takes nothing else with it.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { makeChance, seedOfCase } from './chance.ts';
import type { Prepared } from './kind.ts';
import { kindOfCase } from './kinds.ts';
import type { CaseReport, CaseRequest } from './protocol.ts';

sharp.cache(false);
sharp.concurrency(1);

const folder = mkdtempSync(join(tmpdir(), 'reelform-fuzz-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.on('disconnect', () => process.exit());

const prepared = new Map<string, Promise<Prepared>>();

/** Makes the valid inputs of a kind, and checks that each is accepted: an oracle that refuses everything would find nothing. */
const prepare = async (number: number): Promise<Prepared> => {
	const { name, prepare: make } = kindOfCase(number);
	const place = join(folder, name.replaceAll(' ', '-'));
	mkdirSync(place);
	const kind = await make(place);
	for (const [index, seed] of kind.seeds.entries())
		if ((await kind.judge(seed, seed)) !== 'accepted') throw new Error(`the valid input ${index} of ${name} was refused`);
	return kind;
};

const run = async ({ seed, number, keep }: CaseRequest, { seeds, mutate, judge }: Prepared): Promise<CaseReport> => {
	const chance = makeChance(seedOfCase(seed, number));
	const original = chance.pick(seeds);
	const input = mutate(original, chance.pick(seeds), chance);
	const memory = process.memoryUsage.rss();
	const highest = process.resourceUsage().maxRSS;
	const before = process.cpuUsage();
	let verdict: CaseReport['verdict'];
	let detail = '';
	try {
		verdict = await judge(input, original);
	} catch (error) {
		verdict = error instanceof Error && error.name === 'WrongSuccess' ? 'wrong' : 'crashed';
		detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
	}
	const { user, system } = process.cpuUsage(before);
	const { maxRSS } = process.resourceUsage();
	const grownBytes = maxRSS > highest ? maxRSS * 1024 - memory : 0;
	return {
		number,
		verdict,
		detail,
		milliseconds: (user + system) / 1000,
		grownBytes,
		bytes: input.length,
		...(keep ? { input: input.toString('base64') } : {}),
	};
};

process.on('message', (request: CaseRequest) => {
	const { name } = kindOfCase(request.number);
	const kind = prepared.get(name) ?? prepare(request.number);
	prepared.set(name, kind);
	kind.then(
		async (ready) => {
			process.send?.({ started: request.number });
			process.send?.(await run(request, ready));
		},
		(error: unknown) => {
			throw error;
		},
	);
});
