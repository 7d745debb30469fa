import type { LiveSpan } from '../model/live-spans.ts';

/** The packets of a video in the order in which their pictures are shown: bytes of each, null for key frames, which have to say everything again. */
export type PacketSizes = readonly (number | null)[];

export type StillRun = { readonly first: number; readonly last: number; readonly what: string };

/** Bytes that a packet has without saying anything, and blocks of a picture that an encoder passes over in one more. */
const EMPTY_PACKET = 24;
const BLOCKS_PER_BYTE = 32;

/** Bytes of a packet up to which it says no more than that nothing has changed. */
export const emptyPacket = ({ width, height }: { readonly width: number; readonly height: number }): number =>
	EMPTY_PACKET + (Math.ceil(width / 16) * Math.ceil(height / 16)) / BLOCKS_PER_BYTE;

/** Pictures that stand still for longer than they can while something moves, told by packets that say nothing. The first in each span. */
export const stillRuns = (sizes: PacketSizes, most: number, spans: readonly LiveSpan[]): readonly StillRun[] =>
	spans.flatMap(({ first, last, longest, what }) => {
		let since = first;
		for (let frame = first; frame <= Math.min(last, sizes.length - 1); frame++) {
			const size = sizes[frame];
			if (size !== null && size !== undefined && size > most) since = frame + 1;
			else if (frame - since + 1 > longest) return [{ first: since, last: frame, what }];
		}
		return [];
	});
