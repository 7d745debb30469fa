import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { ListedAsset, ResolveChoice } from './desk.ts';
import { refuseUnwritableDesk } from './refuse-unwritable-desk.ts';
import { settleAssets } from './settle.ts';

/**
 * Resolves what a render lacks, before it is compiled. Null when the render may go on: what could not be resolved is then told by the compile, at its place
 * in the spec. Faults of the spec are left to the compile as well.
 */
export const resolveMissing = async (
	context: CliContext,
	file: string,
	flags: { readonly yes?: boolean; readonly json?: boolean },
): Promise<ExitCode | null> => {
	const { outcome } = await (await context.wiring()).assets(file);
	if (!outcome.ok) return null;
	const lacking = (await outcome.value.list()).filter(isLacking).map(({ name }) => name);
	if (lacking.length === 0) return null;
	const refused = refuseUnwritableDesk(context, outcome.value, flags.json ?? false);
	if (refused !== null) return refused;
	const choice: ResolveChoice = { update: [], pins: new Map(), only: lacking };
	// Lines of a render are its events alone: what is resolved goes to stderr.
	const settled = await settleAssets(context, outcome.value, { choice, yes: flags.yes ?? false, json: false });
	return settled.refused || settled.interrupted ? EXIT.interrupted : null;
};

const isLacking = ({ state }: ListedAsset): boolean => state !== 'ready' && state !== 'made-here';
