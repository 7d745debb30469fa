/** A video of which every frame is made anew, with the same times and sound. */
export type RecodeOrder = {
	readonly path: string;
	/** Pixels as it is seen: turned upright, square. */
	readonly width: number;
	readonly height: number;
	/** Seconds at which each frame is seen, rising; and when the last one ends. */
	readonly times: readonly number[];
	readonly end: number;
	/** Where the new file goes: MP4, or QuickTime for a QuickTime file. What stands there is replaced. */
	readonly output: string;
};

/** Writes into 8-bit RGB without gaps, the rows from top to bottom. */
export type ChangeFrame = (rgb: Uint8Array) => void;

/** Throws a RenderFailure, or the signal's reason; what is at `output` then is to be thrown away. */
export type Recode = (order: RecodeOrder, change: ChangeFrame, signal: AbortSignal) => Promise<void>;
