import picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;
export const NO_COLORS: Colors = picocolors.createColors(false);

/** One of the two streams of a command. `columns` is 80 when it is not a terminal. */
export type OutputStream = {
	readonly write: (text: string) => void;
	/** Waits until what was written is on its way. Who writes without end has to wait, or holds it all in memory. */
	readonly drained: () => Promise<void>;
	readonly isTerminal: boolean;
	readonly columns: () => number;
	readonly colors: Colors;
};

type NodeStream = {
	write(text: string): unknown;
	readonly writableNeedDrain?: boolean;
	once?(event: 'drain', listener: () => void): unknown;
	readonly isTTY?: boolean;
	readonly columns?: number;
};

/** Colour only on a terminal; `NO_COLOR` turns it off and `FORCE_COLOR` on, as everywhere. */
export const outputStream = (stream: NodeStream, env: Readonly<Record<string, string | undefined>>): OutputStream => {
	const isTerminal = stream.isTTY === true;
	const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '' && env['FORCE_COLOR'] !== '0';
	const wanted = forced || (isTerminal && env['TERM'] !== 'dumb' && env['FORCE_COLOR'] !== '0');
	return {
		write: (text) => {
			stream.write(text);
		},
		drained: () =>
			new Promise((resolve) => {
				if (stream.writableNeedDrain === true && stream.once !== undefined) stream.once('drain', () => resolve());
				else resolve();
			}),
		isTerminal,
		columns: () => stream.columns ?? 80,
		colors: picocolors.createColors(wanted && (env['NO_COLOR'] ?? '') === ''),
	};
};
