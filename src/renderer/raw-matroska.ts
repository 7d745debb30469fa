/** A stream of raw frames, each with its own time. */
export type RawStream = {
	readonly width: number;
	readonly height: number;
	/** Length of most frames in seconds, for an encoder that spreads its bits over time. */
	readonly frameSeconds: number;
};

/** What a matroska file of raw frames begins with: 8-bit RGB without gaps, times in microseconds. */
export const rawHeader = ({ width, height, frameSeconds }: RawStream): Buffer => {
	const video = element(VIDEO, element(WIDTH, number(width)), element(HEIGHT, number(height)), element(FOUR_CC, RGB24));
	const track = element(
		TRACK,
		...[element(TRACK_NUMBER, number(1)), element(TRACK_ID, number(1)), element(TRACK_TYPE, number(1)), element(LACING, number(0))],
		...[element(CODEC, Buffer.from('V_UNCOMPRESSED')), element(FRAME_LENGTH, number(Math.max(1, Math.round(frameSeconds * 1e9)))), video],
	);
	return Buffer.concat([
		element(EBML, element(DOCUMENT, Buffer.from('matroska')), element(DOCUMENT_VERSION, number(4)), element(DOCUMENT_READABLE, number(2))),
		...[SEGMENT, OF_UNKNOWN_SIZE, element(INFO, element(NANOSECONDS_PER_TICK, number(1_000))), element(TRACKS, track)],
	]);
};

/** What stands before the `size` bytes of a frame. Times are whole microseconds from 0 on. */
export const rawFrameHeader = ({
	time,
	length,
	size,
}: {
	readonly time: number;
	readonly length: number;
	readonly size: number;
}): Buffer => {
	const block = Buffer.concat([BLOCK, sizeOf(BLOCK_HEAD.length + size), BLOCK_HEAD]);
	const about = element(LENGTH, number(length));
	const group = Buffer.concat([GROUP, sizeOf(about.length + block.length + size), about, block]);
	const at = element(TIME, number(time));
	return Buffer.concat([CLUSTER, sizeOf(at.length + group.length + size), at, group]);
};

const id = (hex: string): Buffer => Buffer.from(hex, 'hex');

const EBML = id('1a45dfa3');
const DOCUMENT = id('4282');
const DOCUMENT_VERSION = id('4287');
const DOCUMENT_READABLE = id('4285');
const SEGMENT = id('18538067');
const OF_UNKNOWN_SIZE = id('01ffffffffffffff');
const INFO = id('1549a966');
const NANOSECONDS_PER_TICK = id('2ad7b1');
const TRACKS = id('1654ae6b');
const TRACK = id('ae');
const TRACK_NUMBER = id('d7');
const TRACK_ID = id('73c5');
const TRACK_TYPE = id('83');
const LACING = id('9c');
const CODEC = id('86');
const FRAME_LENGTH = id('23e383');
const VIDEO = id('e0');
const WIDTH = id('b0');
const HEIGHT = id('ba');
const FOUR_CC = id('2eb524');
const RGB24 = Buffer.from('RGB\x18', 'latin1');
const CLUSTER = id('1f43b675');
const TIME = id('e7');
const GROUP = id('a0');
const LENGTH = id('9b');
const BLOCK = id('a1');
/** Track 1, at the time of its cluster, no flags. */
const BLOCK_HEAD = id('81000000');

const element = (name: Buffer, ...content: readonly Buffer[]): Buffer => {
	const bytes = Buffer.concat(content);
	return Buffer.concat([name, sizeOf(bytes.length), bytes]);
};

const number = (value: number): Buffer => {
	const bytes = Buffer.alloc(8);
	bytes.writeBigUInt64BE(BigInt(value));
	return bytes;
};

/** A length in its longest spelling. */
const sizeOf = (length: number): Buffer => {
	const bytes = number(length);
	bytes[0] = 1;
	return bytes;
};
