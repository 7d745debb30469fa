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
	/** Width to height of one pixel, as the container or else the stream states it: `1:1`, also when neither does. */
	readonly pixelAspect: string;
	/** Bytes of media that come before the first frame can be shown. */
	readonly leadBytes: number;
	/** Colour space and range as the container states them: `bt709 limited`; null when it states none. */
	readonly color: string | null;
	/** 0-based numbers of the key frames. */
	readonly keyFrames: readonly number[];
	/** The index comes before the media, so that playing can start at the first byte. */
	readonly fastStart: boolean;
	/** Null for a silent video. */
	readonly audio: AudioFacts | null;
	readonly bytes: number;
};

export type AudioFacts = {
	readonly codec: string;
	/** Hz. */
	readonly sampleRate: number;
	readonly channels: number;
	/** That are heard: what an edit list hides does not count. */
	readonly seconds: number;
	/** sha256 of the encoded packets, one after the other. */
	readonly packets: string;
};

/** What an output has to be. */
export type MediaExpectation = {
	readonly width: number;
	readonly height: number;
	readonly fps: number;
	readonly frames: number;
	/** Frame numbers at which a segment begins. */
	readonly joins: readonly number[];
	/** Null or left out: it has to be silent. */
	readonly audio?: AudioExpectation | null;
};

/** The mix that has to be heard, as it was measured when it was made. */
export type AudioExpectation = {
	readonly sampleRate: number;
	readonly channels: number;
	readonly packets: string;
	/** LUFS that was asked for; null where none can be. */
	readonly target: number | null;
	/** dBTP that no peak may be over. */
	readonly limit: number;
	/** LUFS and dBTP of what a decoder makes of the packets; null for silence. */
	readonly loudness: number | null;
	readonly truePeak: number | null;
};

/** A picture that is not what a segment's message says, or pictures that are not those of the segment. */
export type PictureFinding = {
	readonly kind: 'undecodable' | 'flat' | 'no-image' | 'missing-text' | 'frozen' | 'standstill' | 'other-segment';
	readonly segment: string;
	/** Counted from the segment's first. */
	readonly frame: number;
	readonly measured: string;
	readonly expected: string;
};

export type OutputReport = {
	readonly ok: boolean;
	readonly problems: readonly string[];
	/** Those of the problems that are about pictures, with the frame of the output that each is seen at first; left out when there are none. */
	readonly pictures?: readonly (PictureFinding & { readonly outputFrame: number })[];
	readonly facts: MediaFacts;
	/** LUFS and dBTP; left out for a silent video. */
	readonly loudness?: { readonly integrated: number | null; readonly truePeak: number | null };
	readonly sha256: string;
};
