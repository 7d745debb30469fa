/** A column: its title, and on which side its cells are aligned. */
export type Column = { readonly title: string; readonly align: 'left' | 'right' };

/** Rows in columns, two spaces apart and indented by two, without trailing spaces. A table whose titles are all empty has no head. */
export const table = (columns: readonly Column[], rows: readonly (readonly string[])[]): readonly string[] => {
	const head = columns.map((column) => column.title);
	const all = head.some((title) => title !== '') ? [head, ...rows] : rows;
	const widths = columns.map((_, index) => Math.max(...all.map((row) => row[index]?.length ?? 0), 0));
	return all.map((row) => `  ${row.map((cell, index) => align(cell, widths[index] ?? 0, columns[index]?.align)).join('  ')}`.trimEnd());
};

const align = (cell: string, width: number, side: Column['align'] | undefined): string =>
	side === 'right' ? cell.padStart(width) : cell.padEnd(width);
