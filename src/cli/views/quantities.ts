/** `5480` to `5,480`. */
export const count = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');

/** `3 outputs`, `1 output`, `1,200 outputs`. */
export const quantity = (value: number, noun: string, plural = `${noun}s`): string => `${count(value)} ${value === 1 ? noun : plural}`;

/** `0.915` to `91.5 %`, rounded down: only all of it is 100 %. */
export const percent = (share: number): string => `${(Math.floor(share * 1000 + 1e-9) / 10).toFixed(1).replace('.0', '')} %`;

/** Seconds to `0.4s`, `42s`, `3m10s` or `2h05m`. */
export const timeSpan = (seconds: number): string => {
	if (seconds < 10) return `${(Math.round(seconds * 10) / 10).toFixed(1).replace('.0', '')}s`;
	const whole = Math.round(seconds);
	if (whole < 60) return `${whole}s`;
	if (whole < 3600) return `${Math.floor(whole / 60)}m${padded(whole % 60)}s`;
	return `${Math.floor(whole / 3600)}h${padded(Math.floor((whole % 3600) / 60))}m`;
};

const padded = (value: number): string => String(value).padStart(2, '0');

/** Bytes to `812 B`, `3.4 kB`, `120 MB`, `1.6 GB`; powers of 1000. */
export const fileSize = (bytes: number): string => {
	const units = ['B', 'kB', 'MB', 'GB', 'TB'];
	const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
	const value = bytes / 1000 ** power;
	return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
};
