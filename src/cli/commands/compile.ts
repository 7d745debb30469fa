import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import type { ExecutablePlan } from '../../model/render-plan.ts';
import { assetsOf } from '../../model/segment-message.ts';
import { STUDIO_DATA_FILE, type StudioData } from '../../model/studio-data.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { loadCampaign, planLoaded } from '../load-campaign.ts';
import { refuseWithoutState } from '../output-folder.ts';
import { jsonDocument, planJson } from '../views/json.ts';
import type { AssetFile } from '../wiring.ts';
import { writeWhole } from '../write-file.ts';

/** Writes the generated entry with all that Remotion Studio needs to show it, and the plan, and says how to open it. */
export const compile = async (context: CliContext, file: string, flags: { readonly json?: boolean }): Promise<ExitCode> => {
	const loaded = await loadCampaign(context, file, flags);
	if (typeof loaded === 'number') return loaded;
	const { compilation, compiled } = loaded;
	const unwritable = refuseWithoutState(context, flags.json ?? false);
	if (unwritable !== null) return unwritable;
	const planned = await planLoaded(context, loaded);
	const build = join(context.cwd, '.reelform', 'build', compiled.campaign);
	const publicFolder = join(build, 'public');
	const [emitted, ...modules] = (await context.wiring()).emit(compiled);
	for (const { path, text } of [emitted, ...modules]) await writeWhole(join(build, path), text);
	await writeWhole(join(publicFolder, STUDIO_DATA_FILE), `${JSON.stringify(studioData(planned))}\n`);
	await writeWhole(join(build, 'plan.json'), planJson(planned.plan));
	await copyAssets(planned, compilation.assetFile, join(publicFolder, 'assets'));
	const frames = { messages: Object.values(planned.messages), assetFile: compilation.assetFile, folder: join(publicFolder, 'assets') };
	await (await context.wiring()).placeFrames(frames, context.interruption());

	const shown = (path: string): string => relative(context.cwd, path);
	const entry = shown(join(build, emitted.path));
	const studio = `npx remotion studio ${entry} --public-dir ${shown(publicFolder)}`;
	const missing = missingStudio(context.cwd);
	context.stdout.write(
		flags.json
			? jsonDocument({ campaign: compiled.campaign, directory: shown(build), entry, studio, install: missing })
			: `Compiled ${compiled.campaign} to ${shown(build)}/\n${missing === null ? '' : `Remotion Studio is not installed: ${missing}\n`}Open it in Remotion Studio: ${studio}\n`,
	);
	return EXIT.done;
};

/** The command that installs the Studio, in the version of the Remotion that is here; null where a project has it. */
const missingStudio = (cwd: string): string | null => {
	const folders = createRequire(join(cwd, 'package.json')).resolve.paths('@remotion/cli') ?? [];
	if (folders.some((folder) => existsSync(join(folder, '@remotion', 'cli', 'package.json')))) return null;
	const { version } = createRequire(import.meta.url)('remotion/package.json') as { version: string };
	return `npm install --save-dev @remotion/cli@${version}`;
};

const studioData = ({ plan, messages }: ExecutablePlan): StudioData => ({
	outputs: plan.outputs.map(({ id, width, height, fps, frames, segments }) => ({ id, width, height, fps, frames, segments })),
	messages,
});

/** Under the names that the runtime asks for. Assets never change under one name. */
const copyAssets = async ({ messages }: ExecutablePlan, assetFile: AssetFile, folder: string): Promise<void> => {
	await mkdir(folder, { recursive: true });
	const wanted = new Map(
		Object.values(messages)
			.flatMap(assetsOf)
			.map((asset) => [asset.sha256, asset]),
	);
	for (const { sha256, extension } of wanted.values()) {
		const source = assetFile(sha256);
		if (source === null) throw new Error(`no file is known for the asset ${sha256}`);
		await copyFile(source, join(folder, `${sha256}.${extension}`));
	}
};
