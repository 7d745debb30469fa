import { existsSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { firstSpec } from '../first-spec.ts';
import { refuseUnlessMade } from '../output-folder.ts';
import { schemaFile } from '../package-root.ts';
import { UsageError } from '../usage-error.ts';
import { writeWhole } from '../write-file.ts';

/** Writes a small spec that renders as it is. */
export const init = async (context: CliContext, directory: string): Promise<ExitCode> => {
	const { cwd, stdout } = context;
	const folder = resolve(cwd, directory);
	const campaign = slug(basename(folder));
	const file = join(folder, `${campaign}.campaign.yaml`);
	const shown = relative(cwd, file);
	if (existsSync(file)) throw new UsageError(`${shown} is there already, and init overwrites nothing`);
	const unwritable = refuseUnlessMade(context, { folder, hint: 'name another folder, or mend its permissions' }, false);
	if (unwritable !== null) return unwritable;
	const schema = relative(folder, schemaFile()).split(sep).join('/');
	// Only inside the project does the path to the schema mean the same on every machine.
	const isShared = !relative(cwd, schemaFile()).startsWith('..');
	await writeWhole(file, firstSpec(campaign, isShared ? schema : null));
	stdout.write(`Wrote ${shown}\nNext: reelform plan ${shown}\n`);
	return EXIT.done;
};

/** The name of a folder as the name of a campaign. */
const slug = (name: string): string =>
	name
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.slice(0, 60)
		.replace(/^-+|-+$/g, '') || 'my-campaign';
