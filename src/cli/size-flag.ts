import { UsageError } from './usage-error.ts';

const UNITS: Readonly<Record<string, number>> = { '': 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/** `10GB` to bytes. @throws UsageError that names the flag */
export const bytesOf = (written: string, flag: string): number => {
	const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*(KB|MB|GB|TB)?$/i.exec(written) ?? [];
	const factor = UNITS[unit.toUpperCase()];
	if (number === undefined || factor === undefined) throw new UsageError(`${flag} cannot read "${written}"`, `for example: ${flag} 10GB`);
	return Number(number) * factor;
};
