import { Command, InvalidArgumentError, Option } from 'commander';
import type { AssetFlags } from './commands/assets.ts';
import type { AssetsExportFlags } from './commands/assets-export.ts';
import type { CacheFlags } from './commands/cache.ts';
import type { PlanFlags } from './commands/plan.ts';
import type { RenderFlags } from './commands/render.ts';
import type { StillFlags } from './commands/still.ts';
import type { TypesFlags } from './commands/types.ts';
import type { VerifyFlags } from './commands/verify.ts';
import type { CliContext } from './context.ts';
import type { ExitCode } from './exit-codes.ts';
import { packageVersion } from './package-root.ts';

type JsonFlag = { readonly json?: boolean };

/** The commands. Each loads its own code, so that `--version` loads none. `end` receives the exit code of the command that ran. */
export const buildProgram = (context: CliContext, end: (code: ExitCode) => void): Command => {
	const program = new Command('reelform')
		.description('Compiles campaign specs into videos, and renders only the pixels that nobody has rendered before.')
		.version(packageVersion())
		.showSuggestionAfterError()
		.showHelpAfterError('(see: reelform help)')
		.configureOutput({ writeOut: context.stdout.write, writeErr: context.stderr.write })
		.exitOverride();
	addAuthoring(program, context, end);
	addRendering(program, context, end);
	addAssets(program, context, end);
	addStore(program, context, end);
	addMachine(program, context, end);
	return program;
};

type End = (code: ExitCode) => void;

const addAuthoring = (program: Command, context: CliContext, end: End): void => {
	program
		.command('init')
		.description('write a small spec that renders')
		.argument('[dir]', 'folder to write it to', '.')
		.action(async (dir: string) => end(await (await import('./commands/init.ts')).init(context, dir)));
	program
		.command('validate')
		.description('show all problems of all specs at once')
		.argument('<spec...>', 'campaign specs')
		.addOption(json())
		.action(async (specs: string[], flags: JsonFlag) =>
			end(await (await import('./commands/validate.ts')).validate(context, specs, flags)),
		);
	program
		.command('compile')
		.description('write the generated Remotion entry and the plan to .reelform/build/')
		.argument('<spec>', 'campaign spec')
		.addOption(json())
		.action(async (spec: string, flags: JsonFlag) => end(await (await import('./commands/compile.ts')).compile(context, spec, flags)));
	program
		.command('types')
		.description('write the TypeScript types of a campaign beside its spec')
		.argument('<spec>', 'campaign spec')
		.option('--out <file>', 'where to write them (default: reelform.d.ts beside the spec)', place)
		.option('--check', 'write nothing, and fail when the file is stale')
		.addOption(json())
		.action(async (spec: string, flags: TypesFlags) => end(await (await import('./commands/types.ts')).types(context, spec, flags)));
	program
		.command('watch')
		.description('compile and plan again on every save')
		.argument('<spec>', 'campaign spec')
		.addOption(json('print events as JSON lines'))
		.action(async (spec: string, flags: JsonFlag) => end(await (await import('./commands/watch.ts')).watch(context, spec, flags)));
};

const addRendering = (program: Command, context: CliContext, end: End): void => {
	const planCommand = program
		.command('plan')
		.description('show what a render would do, and why')
		.argument('<spec>', 'campaign spec')
		.option('--out <file>', 'save the plan, for `reelform render <file>`', place)
		.option('--detailed-exitcode', 'exit with 2 when there is something to do')
		.addOption(json('print the plan as JSON; --json=lines for one line per output, segment and mix'))
		.addOption(new Option('--json-lines').hideHelp());
	outputFlags(planCommand).action(async (spec: string, flags: PlanFlags) =>
		end(await (await import('./commands/plan.ts')).plan(context, spec, flags)),
	);
	const renderCommand = program
		.command('render')
		.description('make the videos; what is there already is not rendered again')
		.argument('<spec|plan.json>', 'campaign spec, or a plan saved by `plan --out`')
		.option('--out <dir>', 'folder for the videos (default: out/<campaign>)', place)
		.addOption(frameSource())
		.addOption(json('print events as JSON lines'));
	outputFlags(limitFlags(renderCommand)).action(async (target: string, flags: RenderFlags) =>
		end(await (await import('./commands/render.ts')).render(context, target, flags)),
	);
	const retryCommand = program
		.command('retry')
		.description('render again what has failed in the last run, and rows that were left out and are good now')
		.argument('<spec>', 'campaign spec')
		.option('--out <dir>', 'folder of the videos (default: out/<campaign>)', place)
		.option('--draft', 'of a run with --draft')
		.addOption(frameSource())
		.addOption(json('print events as JSON lines'));
	limitFlags(retryCommand).action(async (spec: string, flags: RenderFlags) =>
		end(await (await import('./commands/retry.ts')).retry(context, spec, flags)),
	);
	addStill(program, context, end);
};

const addStill = (program: Command, context: CliContext, end: End): void => {
	const command = program
		.command('still')
		.description('draw one frame of an output as PNG, without rendering it')
		.argument('<spec>', 'campaign spec')
		.option('--output <id>', 'which output (default: the first)')
		.option('--at <seconds>', 'when, from its start (default: the middle of its longest rest)')
		.option('--all', 'a still of each output')
		.option('--out <path>', 'the file, or with --all the folder (default: out/<campaign>-stills)', place)
		.option('--scale <factor>', 'size against that of the video, at most 1', scaleFactor)
		.addOption(frameSource())
		.addOption(json());
	outputFlags(command).action(async (spec: string, flags: StillFlags) =>
		end(await (await import('./commands/still.ts')).still(context, spec, flags)),
	);
};

const addAssets = (program: Command, context: CliContext, end: End): void => {
	const assets = program.command('assets').description('find, lock and credit the pictures, footage and sounds that a spec asks for');
	const load = () => import('./commands/assets.ts');
	assets
		.command('resolve')
		.description('fetch what is not at hand, and write down in the lockfile what was taken')
		.argument('<spec>', 'campaign spec')
		.option('--yes', 'pay what it costs without asking')
		.addOption(json('print events as JSON lines'))
		.action(async (spec: string, flags: AssetFlags) => end(await (await load()).resolveCommand(context, spec, flags)));
	assets
		.command('list')
		.description('show every asset, who it is from and where it stands')
		.argument('<spec>', 'campaign spec')
		.addOption(json())
		.action(async (spec: string, flags: AssetFlags) => end(await (await load()).listCommand(context, spec, flags)));
	assets
		.command('update')
		.description('search anew; what is pinned stays')
		.argument('<spec>', 'campaign spec')
		.argument('[name...]', 'which assets (default: all)')
		.option('--yes', 'pay what it costs without asking')
		.addOption(json('print events as JSON lines'))
		.action(async (spec: string, names: string[], flags: AssetFlags) =>
			end(await (await load()).updateCommand(context, spec, names, flags)),
		);
	assets
		.command('pin')
		.description('keep what is locked, or take what the provider has under an id')
		.argument('<spec>', 'campaign spec')
		.argument('<name>', 'the asset')
		.argument('[id]', "the provider's id")
		.addOption(json())
		.action(async (spec: string, name: string, id: string | undefined, flags: AssetFlags) =>
			end(await (await load()).pinCommand(context, spec, { name, id }, flags)),
		);
	assets
		.command('licenses')
		.description('write the credits of a campaign as Markdown')
		.argument('<spec>', 'campaign spec')
		.option('--out <file>', 'where to write them (default: to the terminal)', place)
		.addOption(json())
		.action(async (spec: string, flags: AssetFlags) => end(await (await load()).licensesCommand(context, spec, flags)));
	addExport(assets, context, end);
};

const addExport = (assets: Command, context: CliContext, end: End): void => {
	assets
		.command('export')
		.description('write the files and the manifest that React compositions find assets by')
		.argument('<spec>', 'campaign spec')
		.option('--out <file>', 'where to write the manifest (default: public/reelform-assets.json)', place)
		.option('--seconds <n>', 'music of this length too; may be repeated', lengths)
		.addOption(json())
		.action(async (file: string, flags: AssetsExportFlags) => {
			const { assetsExport } = await import('./commands/assets-export.ts');
			end(await assetsExport(context, { file, gather: (await context.wiring()).exportAssets }, flags));
		});
};

const addStore = (program: Command, context: CliContext, end: End): void => {
	program
		.command('verify')
		.description('draw segments of the store once more, and compare byte for byte')
		.argument('[spec]', 'campaign spec (default: every *.campaign.yaml in this folder and below)')
		.option('--sample <n>', 'so many segments, over all specs (default: 10)', wholeNumber)
		.option('--all', 'every segment that is in the store')
		.option('--draft', 'those of drafts')
		.option('--concurrency <n>', 'browsers that draw at the same time', wholeNumber)
		.addOption(frameSource())
		.addOption(json('print a JSON line for each segment'))
		.action(async (spec: string | undefined, flags: VerifyFlags) =>
			end(await (await import('./commands/verify.ts')).verify(context, spec, flags)),
		);
	const cache = program.command('cache').description('look after what is kept between commands');
	cache
		.command('stats')
		.description('show what is kept, by kind')
		.addOption(json())
		.action(async (flags: CacheFlags) => end(await (await import('./commands/cache.ts')).cacheStats(context, flags)));
	cache
		.command('prune')
		.description('make room: remove what was not used for longest and can be made again for nothing')
		.option('--max-size <size>', 'how much may stay (default: 10GB)')
		.addOption(json())
		.action(async (flags: CacheFlags) => end(await (await import('./commands/cache.ts')).cachePrune(context, flags)));
	cache
		.command('verify')
		.description('read all segments and mixes, and set aside what is damaged')
		.addOption(json())
		.action(async (flags: CacheFlags) => end(await (await import('./commands/cache.ts')).cacheVerify(context, flags)));
};

const addMachine = (program: Command, context: CliContext, end: End): void => {
	program
		.command('doctor')
		.description('show what this machine has for rendering, what was chosen and why')
		.addOption(json())
		.action(async (flags: JsonFlag) => end(await (await import('./commands/doctor.ts')).doctor(context, flags)));
	program
		.command('schema')
		.description('print the JSON Schema of the language')
		.action(async () => end(await (await import('./commands/schema.ts')).schema(context)));
};

const outputFlags = (command: Command): Command =>
	command
		.option('--select <expr>', 'only these outputs: "platform=tiktok,youtube duration=15"', collect)
		.option('--limit <n>', 'at most so many outputs', wholeNumber)
		.option('--rows <keys>', 'only recipients with these keys, with commas between them', keys)
		.option('--sample <n>', 'so many recipients, spread over the narratives', wholeNumber)
		.option('--draft', 'half size, for a quick look')
		.option('--replay', 'live sources show what they gave the last render, and are not asked');

/** What a run may take of the machine, and when it ends. */
const limitFlags = (command: Command): Command =>
	command
		.option('--concurrency <n>', 'browsers that render at the same time', wholeNumber)
		.option('--max-memory <size>', 'for all that the render starts: fewer browsers, ended sooner, such as 4GB')
		.option('--nice', 'let browsers and encoders give way to other programs')
		.option('--fail-fast', 'end with the first video that fails')
		.option('--yes', 'render any number of videos without asking');

const frameSource = (): Option => new Option('--frame-source <name>', 'how frames are drawn').choices(['stage', 'remotion']);

const json = (description = 'print JSON'): Option => new Option('--json', description);

const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value];

/** A variable of the shell that is not set ends up as nothing at all, which would be this folder. */
const place = (text: string): string => {
	if (text === '') throw new InvalidArgumentError('it is empty');
	return text;
};

const keys = (value: string, before: readonly string[] | undefined): readonly string[] => {
	const named = value
		.split(',')
		.map((key) => key.trim())
		.filter((key) => key !== '');
	if (named.length === 0) throw new InvalidArgumentError('at least one key is needed');
	return [...(before ?? []), ...named];
};

const scaleFactor = (text: string): number => {
	const factor = Number(text);
	if (/^\d+(\.\d+)?$/.test(text) && factor >= 0.02 && factor <= 1) return factor;
	throw new InvalidArgumentError('a number from 0.02 to 1 is needed');
};

const lengths = (text: string, before: readonly number[] | undefined): readonly number[] => {
	const seconds = Number(text);
	if (/^\d+(\.\d+)?$/.test(text) && seconds >= 1 && seconds <= 3600) return [...(before ?? []), seconds];
	throw new InvalidArgumentError('a number of seconds from 1 to 3600 is needed');
};

const wholeNumber = (text: string): number => {
	if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('a whole number from 1 up is needed');
	return Number(text);
};

/** Commander would take what follows a bare `--json` for its value: `--json=lines` is turned into a flag of its own. */
export const spellOutJson = (args: readonly string[]): readonly string[] => {
	const end = args.indexOf('--');
	return args.map((arg, index) => (arg === '--json=lines' && (end === -1 || index < end) ? '--json-lines' : arg));
};
