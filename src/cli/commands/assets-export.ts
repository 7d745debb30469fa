import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { Diagnostic, Outcome } from '../../diagnostics/diagnostic.ts';
import type { AssetManifest } from '../../model/asset-manifest.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { refuse, reportDiagnostics } from '../report.ts';
import { jsonDocument } from '../views/json.ts';
import { writeWhole } from '../write-file.ts';
import { writeOrRefuse } from '../write-or-refuse.ts';

export type AssetsExportFlags = { readonly out?: string; readonly seconds?: readonly number[]; readonly json?: boolean };

/** A manifest and the files that it names, `name` being their path below its folder of files. */
export type AssetExport = {
	readonly manifest: AssetManifest;
	readonly files: readonly { readonly name: string; readonly from: { readonly file: string } | { readonly bytes: Uint8Array } }[];
};

/** What the wiring knows how to do: look at the lock only, say the scenes' scripts and arrange the music, in the lengths asked for besides the campaign's own. */
export type GatherExport = (
	file: string,
	options: { readonly baseUrl: string; readonly seconds: readonly number[] },
) => Promise<{ readonly outcome: Outcome<AssetExport>; readonly sources: ReadonlyMap<string, string> }>;

const FOLDER = 'reelform-assets';

/** Writes the manifest that compositions find assets by, last, and the files that it names in a folder beside it. */
export const assetsExport = async (
	context: CliContext,
	{ file, gather }: { readonly file: string; readonly gather: GatherExport },
	flags: AssetsExportFlags,
): Promise<ExitCode> => {
	const { outcome, sources } = await gather(file, { baseUrl: `${FOLDER}/`, seconds: flags.seconds ?? [] });
	const report = (diagnostics: readonly Diagnostic[]) => ({ file, diagnostics, sources });
	if (!outcome.ok) return refuse(context, report(outcome.diagnostics), flags.json ?? false);
	reportDiagnostics(context, report(outcome.diagnostics));
	const target = resolve(context.cwd, flags.out ?? 'public/reelform-assets.json');
	const refused = await writeOrRefuse(context, { file: target, json: flags.json ?? false }, () => writeExport(target, outcome.value));
	if (refused !== null) return refused;
	const shown = relative(context.cwd, target);
	const { length } = outcome.value.manifest.entries;
	if (flags.json) context.stdout.write(jsonDocument({ file: shown, assets: length }));
	else context.stdout.write(`Wrote ${shown}: ${length} asset${length === 1 ? '' : 's'}\n`);
	return EXIT.done;
};

const writeExport = async (target: string, { manifest, files }: AssetExport): Promise<void> => {
	const folder = join(dirname(target), FOLDER);
	await mkdir(folder, { recursive: true });
	for (const { name, from } of files) {
		if ('file' in from) await copyFile(from.file, join(folder, name));
		else await writeFile(join(folder, name), from.bytes);
	}
	await writeWhole(target, `${JSON.stringify(manifest, null, '\t')}\n`);
};
