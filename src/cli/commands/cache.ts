import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { bytesOf } from '../size-flag.ts';
import { jsonDocument } from '../views/json.ts';
import { count, fileSize, quantity } from '../views/quantities.ts';
import { table } from '../views/table.ts';

export type CacheFlags = { readonly json?: boolean; readonly maxSize?: string };

const COLUMNS = [
	{ title: 'kind', align: 'left' },
	{ title: 'files', align: 'right' },
	{ title: 'size', align: 'right' },
] as const;

/** What `.reelform` holds, by kind. */
export const cacheStats = async (context: CliContext, { json }: CacheFlags): Promise<ExitCode> => {
	const kinds = await (await context.wiring()).cache.stats();
	if (json) context.stdout.write(jsonDocument({ kinds }));
	else {
		const rows = kinds.map(({ kind, files, bytes }) => [kind, count(files), fileSize(bytes)]);
		context.stdout.write(`${table(COLUMNS, rows).join('\n')}\n`);
	}
	return EXIT.done;
};

/** Makes the store smaller, without what a running render needs. @throws UsageError for a size that cannot be read */
export const cachePrune = async (context: CliContext, { json, maxSize = '10GB' }: CacheFlags): Promise<ExitCode> => {
	const pruned = await (await context.wiring()).cache.prune(bytesOf(maxSize, '--max-size'));
	if (json) context.stdout.write(jsonDocument(pruned));
	else {
		const needed = pruned.inUse === 0 ? '' : `, ${quantity(pruned.inUse, 'segment')} in use`;
		context.stdout.write(
			`${quantity(pruned.removed, 'segment')} removed, ${fileSize(pruned.bytes)}; ${count(pruned.kept)} left, ${fileSize(pruned.bytesKept)}${needed}\n`,
		);
	}
	return EXIT.done;
};

/** Reads the whole store and compares it with its records. */
export const cacheVerify = async (context: CliContext, { json }: CacheFlags): Promise<ExitCode> => {
	const checked = await (await context.wiring()).cache.check();
	if (json) context.stdout.write(jsonDocument(checked));
	else {
		const verdict = checked.damaged.length === 0 ? 'all whole' : `${count(checked.damaged.length)} damaged and set aside`;
		context.stdout.write(`${quantity(checked.segments, 'segment')}, ${fileSize(checked.bytes)}: ${verdict}\n`);
	}
	return checked.damaged.length > 0 ? EXIT.failedOutputs : EXIT.done;
};
