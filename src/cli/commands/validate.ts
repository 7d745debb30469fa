import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { diagnosticsText, tallyText } from '../views/diagnostics.ts';
import { type CheckedFile, validationJson } from '../views/json.ts';
import { quantity } from '../views/quantities.ts';

/** All problems of all specs, those of the files they name included. Writes nothing to disk. */
export const validate = async (context: CliContext, files: readonly string[], flags: { readonly json?: boolean }): Promise<ExitCode> => {
	const wiring = await context.wiring();
	const checked: CheckedFile[] = [];
	for (const file of files) {
		const { outcome, sources, tooMany } = await wiring.compile(file, { draft: false, select: null, limit: null });
		if (tooMany !== undefined) checked.push({ file, ok: true, diagnostics: [], sources });
		else checked.push({ file, ok: outcome.ok, diagnostics: outcome.diagnostics, sources });
	}
	if (flags.json) context.stdout.write(validationJson(checked));
	else writeResult(context, checked);
	return checked.every((file) => file.ok) ? EXIT.done : EXIT.invalid;
};

const writeResult = ({ stdout, stderr }: CliContext, checked: readonly CheckedFile[]): void => {
	const told = checked.filter((file) => file.diagnostics.length > 0);
	const texts = told.map(({ diagnostics, sources }) => diagnosticsText(diagnostics, sources, stderr.colors));
	if (texts.length > 0) stderr.write(`${texts.join('\n')}\n`);
	const good = checked.filter((file) => file.ok).length;
	const tally = tallyText(checked.flatMap((file) => file.diagnostics));
	const verdict = good === checked.length ? `${quantity(good, 'spec')} ${good === 1 ? 'is' : 'are'} valid` : '';
	stdout.write(`${[verdict, tally].filter((part) => part !== '').join(', ')}\n`);
};
