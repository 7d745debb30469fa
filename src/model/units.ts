declare const unit: unique symbol;
type Unit<Name extends string> = number & { readonly [unit]: Name };

/** Whole number of frames at one fps. Never mix across fps. */
export type Frames = Unit<'frames'>;
export type Seconds = Unit<'seconds'>;

/**
 * Seconds to frames, rounded half up: 0.5 s at 25 fps is 13 frames.
 * @throws RangeError when the input is negative or not finite: a bug in the caller, since validation refuses both.
 */
export const toFrames = (seconds: number, fps: number): Frames => {
	if (!(seconds >= 0) || !Number.isFinite(seconds)) throw new RangeError(`duration must be finite and >= 0, got ${seconds}`);
	return Math.floor(seconds * fps + 0.5) as Frames;
};

/** `15`, `'15s'` and `'2.5s'` to seconds. The schema has refused everything else. */
export const toSeconds = (written: number | string): Seconds =>
	(typeof written === 'number' ? written : Number(written.slice(0, -1))) as Seconds;

/** `'4%'` to 0.04. */
export const toFraction = (percent: string): number => Number(percent.slice(0, -1)) / 100;
