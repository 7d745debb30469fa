import { sniffImage } from './image-kind.ts';

export type VideoKind = 'mp4' | 'mov' | 'webm' | 'mkv';

/** What the first bytes say: a kind that can be read, or in words what the file is instead. */
export type SniffedVideo = { readonly kind: VideoKind } | { readonly kind: null; readonly looksLike: string };

/** Decides by content alone: the ending of a file's name is what somebody typed. */
export const sniffVideo = (bytes: Uint8Array): SniffedVideo => {
	const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
	const box = head.slice(4, 8);
	const picture = sniffImage(bytes);
	if (picture.kind !== null) return { kind: null, looksLike: 'a picture' };
	if (box === 'ftyp') return picture.looksLike === 'a video' ? { kind: head.slice(8, 12) === 'qt  ' ? 'mov' : 'mp4' } : picture;
	// QuickTime from before brands.
	if (/^(moov|mdat|wide|free|skip)$/.test(box)) return { kind: 'mov' };
	if (head.startsWith('\x1a\x45\xdf\xa3')) return { kind: /\x42\x82.webm/s.test(head) ? 'webm' : 'mkv' };
	if (head.startsWith('RIFF') && head.slice(8, 12) === 'AVI ') return { kind: null, looksLike: 'an AVI file' };
	return { kind: null, looksLike: picture.looksLike.replace('no kind of picture', 'no kind of video') };
};
