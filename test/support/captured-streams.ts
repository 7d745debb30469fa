import { NO_COLORS, type OutputStream } from '../../src/cli/terminal.ts';

/** Streams of a program that is no terminal, and what was written to them. */
export const capturedStreams = () => {
	const written = { out: '', err: '' };
	const stream = (name: keyof typeof written): OutputStream => ({
		write: (text) => {
			written[name] += text;
		},
		drained: async () => {},
		isTerminal: false,
		columns: () => 80,
		colors: NO_COLORS,
	});
	return { written, stream };
};
