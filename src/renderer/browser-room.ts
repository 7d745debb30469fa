import { isRetryable, RenderFailure } from '../model/failure.ts';
import { type RoomOf, systemRoom } from './disk-room.ts';

export type BrowserPlace = {
	/** Where profiles are made, on a local file system. A browser keeps the pictures that its processes share there too. */
	readonly temporaryDirectory: string;
	/** The system's when left out. */
	readonly roomOf?: RoomOf;
};

/** What a profile takes, and how many pictures of the canvas are shared at once. Measured from 160x90 to 3840x2160: with less, renders fail. */
const PROFILE_BYTES = 6_000_000;
const SHARED_PICTURES = 3;
const BYTES_PER_PIXEL = 4;

/**
 * Browsers do not say that the disk is full: they crash, hang or never start. What a fresh browser would be tried for is `DISK` where there is no
 * room for one; everything else is returned as it is. To be asked when the failed browser is gone and has given back what it held.
 */
export const asWantOfRoom = async (
	error: unknown,
	canvas: { readonly width: number; readonly height: number },
	{ temporaryDirectory, roomOf = systemRoom }: BrowserPlace,
): Promise<unknown> => {
	if (!(error instanceof RenderFailure) || !isRetryable(error.failure) || error.failure.blameless) return error;
	const needed = PROFILE_BYTES + SHARED_PICTURES * BYTES_PER_PIXEL * canvas.width * canvas.height;
	const room = await roomOf(temporaryDirectory);
	if (room === null || room.free >= needed) return error;
	const { message, detail } = error.failure;
	return new RenderFailure(
		'DISK',
		`no room for a browser in ${temporaryDirectory}: it takes more than ${megabytes(needed)}, ${megabytes(room.free)} are free; TMPDIR names another place`,
		detail === undefined ? message : `${message}\n${detail}`,
	);
};

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
