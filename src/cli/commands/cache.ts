import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { bytesOf } from '../size-flag.ts';
import { jsonDocument } from '../views/json.ts';
import { count, fileSize, quantity } from '../views/quantities.ts';
import { type Column, table } from '../views/table.ts';
import type { KindSize } from '../wiring.ts';

export type CacheFlags = { readonly json?: boolean; readonly maxSize?: string };

const right = (title: string): Column => ({ title, align: 'right' });
const left = (title: string): Column => ({ title, align: 'left' });

/** What is kept between commands, by kind. */
export const cacheStats = async (context: CliContext, { json }: CacheFlags): Promise<ExitCode> => {
	const kinds = await (await context.wiring()).cache.stats();
	if (json) context.stdout.write(jsonDocument({ bytes: sumOf(kinds, 'bytes'), kinds }));
	else {
		const rows = kinds.map((kind) => [kind.kind, ...sizeCells(kind)]);
		write(context, [left('kind'), ...SIZE_COLUMNS], rows);
		context.stdout.write(`${fileSize(sumOf(kinds, 'bytes'))} in all\n`);
	}
	return EXIT.done;
};

/** Makes room, without what a running render needs and what cannot be made again for nothing. @throws UsageError for a size that cannot be read */
export const cachePrune = async (context: CliContext, { json, maxSize = '10GB' }: CacheFlags): Promise<ExitCode> => {
	const maxBytes = bytesOf(maxSize, '--max-size');
	const kinds = await (await context.wiring()).cache.prune(maxBytes);
	const removed = sumOf(kinds, 'removed');
	const bytesRemoved = sumOf(kinds, 'bytesRemoved');
	const bytes = sumOf(kinds, 'bytes');
	if (json) {
		context.stdout.write(jsonDocument({ removed, bytesRemoved, bytes, kinds }));
		return EXIT.done;
	}
	const rows = kinds.map((kind) => [kind.kind, count(kind.removed), fileSize(kind.bytesRemoved), ...sizeCells(kind)]);
	write(context, [left('kind'), right('removed'), right('size'), right('left'), ...SIZE_COLUMNS.slice(1)], rows);
	const over = bytes > maxBytes ? `; the rest is kept, however little may stay` : '';
	context.stdout.write(`${fileSize(bytesRemoved)} removed, ${fileSize(bytes)} left${over}\n`);
	return EXIT.done;
};

/** Reads everything that has a record and compares it with it. */
export const cacheVerify = async (context: CliContext, { json }: CacheFlags): Promise<ExitCode> => {
	const kinds = await (await context.wiring()).cache.check();
	const damaged = kinds.flatMap((kind) => kind.damaged);
	if (json) context.stdout.write(jsonDocument({ kinds }));
	else {
		const rows = kinds.map((kind) => [kind.kind, count(kind.checked), fileSize(kind.bytes), count(kind.damaged.length)]);
		write(context, [left('kind'), right('checked'), right('whole'), right('damaged')], rows);
		context.stdout.write(
			damaged.length === 0
				? 'All whole\n'
				: `${quantity(damaged.length, 'file')} damaged and set aside; the next render makes them again\n`,
		);
	}
	return damaged.length > 0 ? EXIT.failedOutputs : EXIT.done;
};

const SIZE_COLUMNS = [right('things'), right('size'), left('kept')];

const sizeCells = ({ things, bytes, kept }: KindSize): readonly string[] => [count(things), fileSize(bytes), keptCell(kept)];

/** `12 paid, 3 in use`. */
const keptCell = (kept: KindSize['kept']): string =>
	Object.entries(kept)
		.map(([why, number]) => `${count(number)} ${why}`)
		.join(', ');

const sumOf = <Name extends string>(rows: readonly Readonly<Record<Name, number>>[], name: Name): number =>
	rows.reduce((sum, row) => sum + row[name], 0);

const write = ({ stdout }: CliContext, columns: readonly Column[], rows: readonly (readonly string[])[]): void => {
	if (rows.length > 0) stdout.write(`${table(columns, rows).join('\n')}\n`);
};
