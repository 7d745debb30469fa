import type { CliContext } from './context.ts';
import { UsageError } from './usage-error.ts';
import { count } from './views/quantities.ts';

/** More outputs than this are asked about first. */
export const MOST_UNASKED = 500;

type Large = { readonly outputs: number; readonly yes: boolean; readonly json: boolean };

/**
 * Whether a render may go on: always below the threshold and with `--yes`; else a person at the terminal is asked.
 * @throws UsageError where nobody can be asked
 */
export const confirmLarge = async ({ stderr, ask }: CliContext, { outputs, yes, json }: Large): Promise<boolean> => {
	if (yes || outputs <= MOST_UNASKED) return true;
	if (json || ask === null)
		throw new UsageError(
			`this is ${count(outputs)} videos: say --yes to render more than ${MOST_UNASKED}`,
			'see what they cost with `reelform plan`',
		);
	const answer = await ask(`Render ${count(outputs)} videos? [y/N] `);
	if (/^y(es)?$/i.test(answer.trim())) return true;
	stderr.write('Nothing was rendered.\n');
	return false;
};
