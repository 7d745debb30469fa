import { readFileSync } from 'node:fs';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { schemaFile } from '../package-root.ts';

/** Prints the JSON Schema of the language. */
export const schema = async ({ stdout }: CliContext): Promise<ExitCode> => {
	stdout.write(readFileSync(schemaFile(), 'utf8'));
	return EXIT.done;
};
