import { CommanderError } from 'commander';
import type { CliContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { hidingNewFolders } from './hide-from-git.ts';
import { buildProgram, spellOutJson } from './program.ts';
import { UsageError } from './usage-error.ts';
import { keptFolders } from './wire-kept-folders.ts';

/** Runs one command line. Never rejects: what goes wrong is told on stderr and becomes an exit code. */
export const run = async (args: readonly string[], context: CliContext): Promise<ExitCode> => {
	let code: ExitCode = EXIT.done;
	const program = buildProgram(context, (ended) => {
		code = ended;
	});
	try {
		await hidingNewFolders(keptFolders(context.cwd), () => program.parseAsync(spellOutJson(args), { from: 'user' }));
		return code;
	} catch (error) {
		if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
		if (error instanceof UsageError) return tellUsage(error, context);
		return tellBug(error, context);
	}
};

const tellUsage = ({ message, hint }: UsageError, { stderr }: CliContext): ExitCode => {
	stderr.write(`${stderr.colors.red('error:')} ${message}\n${hint === null ? '' : `  hint: ${hint}\n`}`);
	return EXIT.usage;
};

const tellBug = (error: unknown, { stderr, env }: CliContext): ExitCode => {
	const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
	const more = env['REELFORM_DEBUG']
		? `${error instanceof Error ? (error.stack ?? '') : ''}\n`
		: '  hint: set REELFORM_DEBUG=1 for the stack\n';
	stderr.write(`${stderr.colors.red('internal error:')} ${first}\n${more}`);
	return EXIT.internal;
};
