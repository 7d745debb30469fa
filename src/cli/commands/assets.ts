import { resolve } from 'node:path';
import { hintForName } from '../../diagnostics/suggest.ts';
import type { AssetDesk, ResolveChoice } from '../assets/desk.ts';
import { refuseUnwritableDesk } from '../assets/refuse-unwritable-desk.ts';
import { settleAssets } from '../assets/settle.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { refuse } from '../report.ts';
import { UsageError } from '../usage-error.ts';
import { assetsText, creditsText } from '../views/assets.ts';
import { jsonDocument } from '../views/json.ts';
import { quantity } from '../views/quantities.ts';
import { writeWhole } from '../write-file.ts';
import { writeOrRefuse } from '../write-or-refuse.ts';

export type AssetFlags = { readonly json?: boolean; readonly yes?: boolean; readonly out?: string };

export const EVERYTHING: ResolveChoice = { update: [], pins: new Map(), only: null };

/** Finds, fetches and locks what is not at hand. */
export const resolveCommand = (context: CliContext, file: string, flags: AssetFlags): Promise<ExitCode> =>
	withDesk(context, file, flags, (desk) => settle(context, desk, { choice: EVERYTHING, flags }));

/** Searches anew, all assets or those named. Pinned ones stay. */
export const updateCommand = (context: CliContext, file: string, names: readonly string[], flags: AssetFlags): Promise<ExitCode> =>
	withDesk(context, file, flags, async (desk) => {
		const known = (await desk.list()).map(({ name }) => name);
		for (const name of names) checkName(name, known);
		const chosen = names.length === 0 ? known : names;
		return settle(context, desk, { choice: { update: chosen, pins: new Map(), only: chosen }, flags });
	});

/** Keeps what is locked whatever a search would find, or takes what the provider has under an id. */
export const pinCommand = (
	context: CliContext,
	file: string,
	{ name, id }: { readonly name: string; readonly id: string | undefined },
	flags: AssetFlags,
): Promise<ExitCode> =>
	withDesk(context, file, flags, async (desk) => {
		checkName(
			name,
			(await desk.list()).map((asset) => asset.name),
		);
		if (id !== undefined) {
			const code = await settle(context, desk, { choice: { update: [], pins: new Map([[name, id]]), only: [name] }, flags });
			if (code !== EXIT.done) return code;
		}
		if (!(await desk.keep(name)))
			throw new UsageError(`asset "${name}" is not resolved yet`, `give the provider's id of it, or run: reelform assets resolve ${file}`);
		if (id === undefined && flags.json) context.stdout.write(jsonDocument({ pinned: name }));
		if (!flags.json) context.stdout.write(`${name} is pinned.\n`);
		return EXIT.done;
	});

/** Every asset of a spec, and where it stands. Asks nobody. */
export const listCommand = (context: CliContext, file: string, flags: AssetFlags): Promise<ExitCode> =>
	withDesk(context, file, flags, async (desk) => {
		const assets = await desk.list();
		context.stdout.write(flags.json ? jsonDocument({ campaign: desk.campaign, assets }) : assetsText(assets));
		return EXIT.done;
	});

/** The credits of a campaign: who is to be named, and under which licence each file is used. */
export const licensesCommand = (context: CliContext, file: string, flags: AssetFlags): Promise<ExitCode> =>
	withDesk(context, file, flags, async (desk) => {
		const assets = await desk.list();
		const text = creditsText(desk.campaign, assets);
		if (flags.out !== undefined) {
			const place = resolve(context.cwd, flags.out);
			const refused = await writeOrRefuse(context, { file: place, json: flags.json ?? false }, () => writeWhole(place, text));
			if (refused !== null) return refused;
		}
		const used = assets.flatMap(({ name, locked }) =>
			locked === null || locked.bytes === 0
				? []
				: [{ name, provider: locked.provider, id: locked.id, url: locked.url, license: locked.license, attribution: locked.attribution }],
		);
		if (flags.json) context.stdout.write(jsonDocument({ campaign: desk.campaign, credits: used }));
		else if (flags.out === undefined) context.stdout.write(text);
		else context.stdout.write(`${quantity(used.length, 'credit')} in ${flags.out}\n`);
		const open = assets.filter(({ state }) => state === 'unresolved' || state === 'changed');
		if (open.length > 0) context.stderr.write(`Not resolved yet, and not in it: ${open.map(({ name }) => name).join(', ')}\n`);
		return EXIT.done;
	});

const withDesk = async (
	context: CliContext,
	file: string,
	{ json = false }: AssetFlags,
	use: (desk: AssetDesk) => Promise<ExitCode>,
): Promise<ExitCode> => {
	const { outcome, sources } = await (await context.wiring()).assets(file);
	return outcome.ok ? use(outcome.value) : refuse(context, { file, diagnostics: outcome.diagnostics, sources }, json);
};

type Settling = { readonly choice: ResolveChoice; readonly flags: AssetFlags };

const settle = async (context: CliContext, desk: AssetDesk, { choice, flags }: Settling): Promise<ExitCode> => {
	const json = flags.json ?? false;
	const refused = refuseUnwritableDesk(context, desk, json);
	if (refused !== null) return refused;
	const settled = await settleAssets(context, desk, { choice, yes: flags.yes ?? false, json });
	if (settled.refused || settled.interrupted) return EXIT.interrupted;
	if (!json && settled.resolved + settled.failed === 0) context.stdout.write('Everything is at hand.\n');
	return settled.failed > 0 ? EXIT.invalid : EXIT.done;
};

/** @throws UsageError for a name that the spec does not have */
const checkName = (name: string, known: readonly string[]): void => {
	if (!known.includes(name)) throw new UsageError(`the spec has no asset "${name}"`, hintForName(name, known));
};
