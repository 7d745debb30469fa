import type { ManifestRecord } from './record.ts';

/** Columns of `manifest.csv`, in order. */
const COLUMNS: readonly (readonly [name: string, read: (record: ManifestRecord) => string | number | null])[] = [
	['key', ({ key }) => key],
	['output', ({ output }) => output],
	['path', ({ path }) => path],
	['status', ({ status }) => status],
	['frames', ({ frames }) => frames],
	['seconds', ({ seconds }) => seconds],
	['sha256', ({ sha256 }) => sha256],
	['row', ({ row }) => row],
	['platform', ({ platform }) => platform],
	['duration', ({ duration }) => duration],
	['variant', ({ variant }) => variant],
	['mood', ({ mood }) => mood],
	['cta', ({ cta }) => cta],
	['error_code', ({ error }) => error?.code ?? null],
	['error_message', ({ error }) => error?.message ?? null],
];

const END = '\r\n';

/** The first line of the table. */
export const csvHeader = (): string => COLUMNS.map(([name]) => name).join(',') + END;

/**
 * A record as a line of RFC 4180. A text that a spreadsheet would run as a formula is written after an apostrophe; numbers stay numbers; null is an
 * empty cell.
 */
export const csvLine = (record: ManifestRecord): string => COLUMNS.map(([, read]) => csvCell(read(record))).join(',') + END;

/** What makes a spreadsheet take a text for a formula, or throw away what stands before one. Source: OWASP, CSV Injection. */
const FORMULA = /^[=+\-@\t\r\n]/;

export const csvCell = (value: string | number | null): string => {
	if (value === null) return '';
	if (typeof value === 'number') return String(value);
	const inert = FORMULA.test(value) ? `'${value}` : value;
	return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
};
