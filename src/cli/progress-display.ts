import type { RenderEvent } from '../model/events.ts';
import type { OutputStream } from './terminal.ts';
import { advance, NO_PROGRESS } from './views/progress.ts';
import { progressBar, progressText } from './views/progress-bar.ts';

/** The live view of a run on stderr. */
export type ProgressDisplay = {
	readonly show: (event: RenderEvent) => void;
	/** Writes whole lines that stay, above the bar. */
	readonly note: (text: string) => void;
	/** Takes the bar away. Safe to call twice. */
	readonly close: () => void;
};

const REDRAW_MS = 100;
/** The bar also moves on when no event comes, so that its time does not stand still. */
const HEARTBEAT_MS = 500;
/** A log wants to see life, not a film. */
const PLAIN_LINE_MS = 30_000;
const CLEAR_LINE = '\r\u001b[2K';

/** A bar that is redrawn in place on a terminal, and a line now and then everywhere else. */
export const openProgress = (stream: OutputStream, now: () => number): ProgressDisplay =>
	stream.isTerminal ? openBar(stream, now) : openLog(stream, now);

const openBar = (stream: OutputStream, now: () => number): ProgressDisplay => {
	let progress = NO_PROGRESS;
	let drawnAt = Number.NEGATIVE_INFINITY;
	const draw = (): void => {
		drawnAt = now();
		const look = { nowMs: drawnAt, columns: stream.columns(), colors: stream.colors };
		stream.write(`${CLEAR_LINE}${progressBar(progress, look)}`);
	};
	const heartbeat = setInterval(() => {
		if (now() - drawnAt >= HEARTBEAT_MS) draw();
	}, HEARTBEAT_MS);
	heartbeat.unref();
	return {
		show: (event) => {
			progress = advance(progress, event, now());
			if (now() - drawnAt >= REDRAW_MS) draw();
		},
		note: (text) => {
			stream.write(`${CLEAR_LINE}${text}`);
			draw();
		},
		close: () => {
			clearInterval(heartbeat);
			stream.write(CLEAR_LINE);
		},
	};
};

const openLog = (stream: OutputStream, now: () => number): ProgressDisplay => {
	let progress = NO_PROGRESS;
	let writtenAt = now();
	return {
		show: (event) => {
			progress = advance(progress, event, now());
			if (now() - writtenAt < PLAIN_LINE_MS || progress.phase === 'finished') return;
			writtenAt = now();
			stream.write(`${progressText(progress, writtenAt).trimStart()}\n`);
		},
		note: stream.write,
		close: () => {},
	};
};
