import { readdirSync, readFileSync } from 'node:fs';

export type ProcessFacts = { readonly pid: number; readonly command: string; readonly environment: string };

/** The living processes whose command line contains `text`; zombies and this process left out. Linux only. */
export const processesWith = (text: string): ProcessFacts[] => {
	const found: ProcessFacts[] = [];
	for (const name of readdirSync('/proc')) {
		if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
		try {
			const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
			if (command.includes(text)) found.push({ pid: Number(name), command, environment: readFileSync(`/proc/${name}/environ`, 'utf8') });
		} catch {
			// It has ended in the meantime.
		}
	}
	return found;
};

/** Waits until `condition` holds. Rejects after `ms`. */
export const eventually = async (condition: () => boolean, ms = 3_000): Promise<void> => {
	const deadline = Date.now() + ms;
	while (!condition()) {
		if (Date.now() > deadline) throw new Error(`did not come true within ${ms} ms: ${condition}`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
};
