import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { doctorChecks, doctorJson, doctorText } from '../views/doctor.ts';

/** What the machine has for rendering, what was chosen and why. */
export const doctor = async (context: CliContext, flags: { readonly json?: boolean }): Promise<ExitCode> => {
	const checks = doctorChecks(process.version, await (await context.wiring()).machine());
	context.stdout.write(flags.json ? doctorJson(checks) : doctorText(checks, context.stdout.colors));
	return checks.every((check) => check.status !== 'missing') ? EXIT.done : EXIT.machine;
};
