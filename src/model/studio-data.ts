import type { SegmentMessage } from './segment-message.ts';

/** Where a generated entry keeps its studio data, inside the folder that Remotion serves as static files. */
export const STUDIO_DATA_FILE = 'outputs.json';

/** One output as Remotion Studio shows it. */
export type StudioOutput = {
	readonly id: string;
	readonly width: number;
	readonly height: number;
	readonly fps: number;
	/** The sum of the segments' frames. */
	readonly frames: number;
	/** Keys into `messages`, in playing order. */
	readonly segments: readonly string[];
};

/** The content of `outputs.json`: every output of a campaign, and each segment that they share once. */
export type StudioData = {
	readonly outputs: readonly StudioOutput[];
	readonly messages: Readonly<Record<string, SegmentMessage>>;
};
