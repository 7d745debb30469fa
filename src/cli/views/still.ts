/** A still that has been written. */
export type ShownStill = {
	/** Id of the output. */
	readonly output: string;
	/** Relative to the project root. */
	readonly file: string;
	readonly frame: number;
	readonly seconds: number;
	/** Pixels. */
	readonly width: number;
	readonly height: number;
};

/** `out/spring-stills/tiktok/15s.png  1080x1920  2.5s (frame 75) of tiktok/15s`. */
export const stillLine = ({ output, file, frame, seconds, width, height }: ShownStill): string =>
	`${file}  ${width}x${height}  ${Number(seconds.toFixed(3))}s (frame ${frame}) of ${output}\n`;
