import { rm } from 'node:fs/promises';
import type { FaultAction, KillLoop } from './kill-loop.ts';

/** A run that nothing struck. */
export type CalmRun = { readonly tree: Readonly<Record<string, string>>; readonly calls: readonly string[] };

/** Runs the program once in quiet. */
export const runCalmly = async (loop: KillLoop): Promise<CalmRun> => {
	const folder = await loop.makeFolder();
	const { code, output, calls } = await loop.run(folder, { action: 'kill', nth: 0 });
	if (code !== 0) throw new Error(`a run without a fault ended with ${code}: ${output}`);
	return { tree: await loop.tree(folder), calls };
};

/**
 * Strikes every `step`-th call on its own, two at a time: the run after it must end with the same bytes and leave nothing over.
 * Returns what was wrong, empty when all was right.
 */
export const strikeEach = async (
	loop: KillLoop,
	calm: CalmRun,
	{ action, step }: { readonly action: FaultAction; readonly step: number },
): Promise<readonly string[]> => {
	const wanted = Array.from({ length: Math.ceil((calm.calls.length + 2) / step) }, (_, i) => 1 + i * step);
	const problems: string[] = [];
	const lane = async (): Promise<void> => {
		for (let nth = wanted.shift(); nth !== undefined; nth = wanted.shift()) problems.push(...(await strike(loop, calm, { action, nth })));
	};
	await Promise.all([lane(), lane()]);
	return problems;
};

const strike = async (
	loop: KillLoop,
	calm: CalmRun,
	fault: { readonly action: FaultAction; readonly nth: number },
): Promise<readonly string[]> => {
	const { action, nth } = fault;
	const folder = await loop.makeFolder();
	const problems: string[] = [];
	const struck = await loop.run(folder, fault);
	if (struck.code === null && struck.signal !== 'SIGKILL') problems.push(`ended by ${struck.signal}`);
	if (action === 'kill' && struck.calls.length >= nth && struck.signal !== 'SIGKILL') problems.push('was not killed');
	if (/internal error|at .*\(file:/.test(struck.output)) problems.push(struck.output.slice(0, 300));
	// A file in the making keeps its temporary name; only final names promise anything.
	const partial = Object.entries(await loop.tree(folder)).filter(
		([file, hash]) => calm.tree[file] !== hash && !file.includes('.reelform-'),
	);
	if (partial.length > 0) problems.push(`left ${partial.map(([file]) => file).join(', ')} with other bytes`);
	const again = await loop.run(folder, { action: 'kill', nth: 0 });
	if (again.code !== 0) problems.push(`the next run ended with ${again.code}: ${again.output.slice(0, 300)}`);
	if (JSON.stringify(await loop.tree(folder)) !== JSON.stringify(calm.tree)) problems.push('the next run made other files');
	const left = await loop.leftovers(folder);
	if (left.length > 0) problems.push(`left over ${left.join(', ')}`);
	await rm(folder, { recursive: true, force: true });
	return problems.map((text) => `${action} at call ${nth} (${struck.calls[nth - 1] ?? 'never reached'}): ${text}`);
};
