/** What a finished file is, read from the file itself. */
export type MediaFacts = {
	readonly container: string;
	readonly codec: string;
	readonly profile: string;
	readonly width: number;
	readonly height: number;
	/** 0 when the frames are not evenly spaced from the first instant on. */
	readonly fps: number;
	readonly frames: number;
	readonly seconds: number;
	readonly pixelFormat: string;
	/** Colour space and range as the container states them: `bt709 limited`; null when it states none. */
	readonly color: string | null;
	/** 0-based numbers of the key frames. */
	readonly keyFrames: readonly number[];
	/** The index comes before the media, so that playing can start at the first byte. */
	readonly fastStart: boolean;
	readonly bytes: number;
};

/** What an output has to be. */
export type MediaExpectation = {
	readonly width: number;
	readonly height: number;
	readonly fps: number;
	readonly frames: number;
	/** Frame numbers at which a segment begins. */
	readonly joins: readonly number[];
};

export type OutputReport = {
	readonly ok: boolean;
	readonly problems: readonly string[];
	readonly facts: MediaFacts;
	readonly sha256: string;
};
