import { sniffImage } from '../image-kind.ts';
import { sniffVideo } from '../video-kind.ts';
import type { Expected } from './contract.ts';

/** `more` bytes are needed; or the body fits, or in words what it is instead. */
export type Verdict = 'fits' | 'more' | { readonly looksLike: string };

/** The longest beginning that is ever looked at. */
export const HEAD_BYTES = 4096;

/** How messages call what was asked for. */
export const EXPECTED_AS: Readonly<Record<Expected, string>> = {
	json: 'JSON',
	text: 'text',
	image: 'a picture',
	audio: 'sound',
	video: 'a video',
	bytes: 'a file',
};

/** Judges the beginning of a body. `ended`: there is no more of it. Asks for no more than `HEAD_BYTES`, and of text for no more than decides. */
export const judgeBeginning = (expected: Expected, head: Uint8Array, ended: boolean): Verdict => {
	if (expected === 'bytes') return 'fits';
	if (ended && head.length === 0) return expected === 'text' ? 'fits' : { looksLike: 'nothing' };
	const whole = ended || head.length >= HEAD_BYTES;
	if (expected === 'json' || expected === 'text') return judgeText(expected, head, whole);
	return whole || (expected === 'audio' && isSound(head)) ? judgeMedia(expected, head) : 'more';
};

const judgeText = (expected: 'json' | 'text', head: Uint8Array, whole: boolean): Verdict => {
	const binary = binaryKind(head);
	if (binary !== null) return { looksLike: binary };
	const text = Buffer.from(head)
		.toString('utf8')
		.replace(/^\uFEFF/, '')
		.trimStart();
	if (text === '') return !whole ? 'more' : expected === 'text' ? 'fits' : { looksLike: 'nothing but blanks' };
	// What names a page may stand behind a comment or a declaration.
	if (text.startsWith('<')) return whole || text.length >= 512 ? judgeMarkup(expected, text) : 'more';
	return expected === 'text' || /^[[{"\d.tfn-]/.test(text) ? 'fits' : { looksLike: 'text that is no JSON' };
};

const judgeMarkup = (expected: 'json' | 'text', text: string): Verdict => {
	if (/^(<\?[^>]*>|<!--[\s\S]*?-->|\s)*<(!doctype html|html|head|body)[\s>]/i.test(text)) return { looksLike: 'an HTML page' };
	return expected === 'text' ? 'fits' : { looksLike: 'XML or HTML' };
};

const binaryKind = (head: Uint8Array): string | null => {
	const latin = Buffer.from(head.subarray(0, 16)).toString('latin1');
	if (latin.startsWith('%PDF-')) return 'a PDF';
	if (latin.startsWith('PK\x03\x04')) return 'a ZIP or Office file';
	if (latin.startsWith('\x1f\x8b')) return 'a gzip file';
	if (/^(\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP)/s.test(latin)) return 'a picture';
	return null;
};

const judgeMedia = (expected: 'image' | 'audio' | 'video', head: Uint8Array): Verdict => {
	const picture = sniffImage(head);
	if (expected === 'image') return picture.kind === null ? picture : 'fits';
	if (expected === 'audio')
		return isSound(head) ? 'fits' : { looksLike: picture.kind === null ? picture.looksLike.replace('picture', 'sound') : 'a picture' };
	const video = sniffVideo(head);
	return video.kind === null ? video : 'fits';
};

const SOUNDS: readonly RegExp[] = [
	/^ID3/,
	/^RIFF....WAVE/s,
	/^OggS/,
	/^fLaC/,
	/^FORM....AIF[FC]/s,
	/^....ftyp(M4A|M4B|mp4|isom|iso\d|dash)/s,
	/^\x1a\x45\xdf\xa3/,
	// Frames of MPEG audio without a tag, and of AAC: eleven bits set, and a layer and a rate that exist.
	/^\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff][^\xf0-\xff]/s,
	/^\xff[\xf0\xf1\xf8\xf9]/,
];

const isSound = (head: Uint8Array): boolean => {
	const latin = Buffer.from(head.subarray(0, 64)).toString('latin1');
	return latin.length >= 12 && SOUNDS.some((pattern) => pattern.test(latin));
};
