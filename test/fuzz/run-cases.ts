import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { kindOfCase } from './kinds.ts';
import { type CaseReport, type CaseStarted, isStarted } from './protocol.ts';

/** Processor time beyond which a case counts as a hang. */
const HANG_MS = 2_000;
/** How often a silent process is looked at. */
const LOOK_MS = 5_000;
/** Time on the clock after which a silent process is ended, whatever it did: on a busy machine a case waits for its turn. */
const KILL_MS = 60_000;
/** For a process to start and to make its valid inputs. */
const PREPARE_MS = 120_000;
const MEMORY_BYTES = 300_000_000;

export type FindingKind = 'crash' | 'hang' | 'wrong success' | 'memory';

export type Finding = { readonly number: number; readonly kind: string; readonly finding: FindingKind; readonly detail: string };

export type Tally = {
	cases: number;
	accepted: number;
	refused: number;
	crashes: number;
	hangs: number;
	wrong: number;
	memory: number;
	slowestMs: number;
};

export type FuzzRun = { readonly tallies: ReadonlyMap<string, Tally>; readonly findings: readonly Finding[]; readonly cases: number };

export type FuzzOptions = {
	/** The built `case-runner.ts`. */
	readonly runner: string;
	readonly seed: number;
	readonly numbers: readonly number[];
	readonly lanes: number;
	/** No case begins after it. */
	readonly deadline?: () => boolean;
};

/** Runs cases, each in one of a few processes, and starts another process where one is lost. */
export const runCases = async ({ runner, seed, numbers, lanes, deadline = () => false }: FuzzOptions): Promise<FuzzRun> => {
	const tallies = new Map<string, Tally>();
	const findings: Finding[] = [];
	const waiting = [...numbers];
	let cases = 0;
	const lane = async (): Promise<void> => {
		let child: ChildProcess | null = null;
		for (let number = waiting.shift(); number !== undefined && !deadline(); number = waiting.shift()) {
			child ??= fork(runner, {
				execArgv: ['--enable-source-maps', '--max-old-space-size=600'],
				stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
			});
			const answer: CaseReport | Finding = await ask(child, seed, number);
			const report = 'verdict' in answer ? answer : null;
			const found = report === null ? [answer as Finding] : findingsIn(report);
			count(tallies, kindOfCase(number).name, report, found);
			findings.push(...found);
			cases++;
			if (report !== null) continue;
			child.kill('SIGKILL');
			child = null;
		}
		child?.disconnect();
	};
	await Promise.all(Array.from({ length: lanes }, lane));
	return { tallies, findings: findings.sort((a, b) => a.number - b.number), cases };
};

/** The report of a case, or how its process was lost. */
const ask = (child: ChildProcess, seed: number, number: number): Promise<CaseReport | Finding> =>
	new Promise((resolve) => {
		const kind = kindOfCase(number).name;
		let said = '';
		const hear = (chunk: Buffer): void => {
			said = (said + chunk.toString('utf8')).slice(-2000);
		};
		const answer = (result: CaseReport | Finding): void => {
			clearTimeout(timer);
			child.off('message', take);
			child.off('exit', lose);
			child.stderr?.off('data', hear);
			resolve(result);
		};
		const hang = (): void => answer({ number, kind, finding: 'hang', detail: `no answer, and ${used(child)} ms of processor time` });
		const look = (begun: { readonly at: number; readonly used: number }): void => {
			if (Date.now() - begun.at > KILL_MS || used(child) - begun.used > HANG_MS) hang();
			else timer = setTimeout(look, LOOK_MS, begun);
		};
		const lose = (code: number | null, signal: string | null): void =>
			answer({ number, kind, finding: 'crash', detail: `the process ended with ${signal ?? code}: ${said}` });
		const take = (message: CaseReport | CaseStarted): void => {
			if (!isStarted(message)) {
				answer(message);
				return;
			}
			clearTimeout(timer);
			timer = setTimeout(look, LOOK_MS, { at: Date.now(), used: used(child) });
		};
		let timer = setTimeout(hang, PREPARE_MS);
		child.on('message', take);
		child.on('exit', lose);
		child.stderr?.on('data', hear);
		child.send({ seed, number, keep: false });
	});

/** Milliseconds of processor time of a process, where the system tells; else 0. */
const used = ({ pid }: ChildProcess): number => {
	try {
		const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').split(' ');
		return (Number(fields[12]) + Number(fields[13])) * 10;
	} catch {
		return 0;
	}
};

const findingsIn = ({ number, verdict, detail, milliseconds, grownBytes }: CaseReport): readonly Finding[] => {
	const at = { number, kind: kindOfCase(number).name };
	const found: Finding[] = [];
	if (verdict === 'crashed') found.push({ ...at, finding: 'crash', detail });
	if (verdict === 'wrong') found.push({ ...at, finding: 'wrong success', detail });
	if (milliseconds > HANG_MS) found.push({ ...at, finding: 'hang', detail: `${milliseconds.toFixed(0)} ms of processor time` });
	if (grownBytes > MEMORY_BYTES) found.push({ ...at, finding: 'memory', detail: `${(grownBytes / 1e6).toFixed(0)} MB more` });
	return found;
};

const NOTHING: Readonly<Tally> = { cases: 0, accepted: 0, refused: 0, crashes: 0, hangs: 0, wrong: 0, memory: 0, slowestMs: 0 };

const count = (tallies: Map<string, Tally>, kind: string, report: CaseReport | null, found: readonly Finding[]): void => {
	const tally = tallies.get(kind) ?? { ...NOTHING };
	const has = (finding: FindingKind): number => (found.some((one) => one.finding === finding) ? 1 : 0);
	tallies.set(kind, {
		cases: tally.cases + 1,
		accepted: tally.accepted + (report?.verdict === 'accepted' ? 1 : 0),
		refused: tally.refused + (report?.verdict === 'refused' ? 1 : 0),
		crashes: tally.crashes + has('crash'),
		hangs: tally.hangs + has('hang'),
		wrong: tally.wrong + has('wrong success'),
		memory: tally.memory + has('memory'),
		slowestMs: Math.max(tally.slowestMs, report?.milliseconds ?? KILL_MS),
	});
};

const COLUMNS = ['kind', 'cases', 'accepted', 'refused', 'crashes', 'hangs', 'wrong', 'memory', 'slowest'] as const;

/** The tallies as a table, and how to run each finding again. */
export const reportOf = ({ tallies, findings, cases }: FuzzRun, seed: number): string => {
	const row = (cells: readonly (string | number)[]): string =>
		cells.map((cell, i) => (i === 0 ? String(cell).padEnd(16) : String(cell).padStart(9))).join('');
	const rows = [...tallies].sort().map(([kind, tally]) => {
		const { cases: number, accepted, refused, crashes, hangs, wrong, memory, slowestMs } = tally;
		return row([kind, number, accepted, refused, crashes, hangs, wrong, memory, `${slowestMs.toFixed(0)} ms`]);
	});
	const told = findings.map(
		({ number, kind, finding, detail }) =>
			`${finding} in ${kind}: node test/fuzz/run.mjs --seed ${seed} --case ${number}\n  ${detail.split('\n').slice(0, 6).join('\n  ')}`,
	);
	return [row([...COLUMNS]), ...rows, ...told, `${cases} cases of seed ${seed}, ${findings.length} findings`].join('\n');
};
