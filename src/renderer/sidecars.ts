import { dirname, extname, join } from 'node:path';
import { srtOf, vttOf } from '../audio/captions.ts';
import type { CaptionPage } from '../model/audio.ts';
import { asDiskFailure, discard, writeDurably } from './durable-file.ts';
import type { FileSystem } from './file-system.ts';
import { temporaryName } from './sweep.ts';

/** A text file beside an output that has its name. */
export type Sidecar = { readonly extension: 'srt' | 'vtt'; readonly text: string };

/** Subtitles as players and platforms take them; none where an output has no captions. */
export const sidecarsOf = (pages: readonly CaptionPage[] | undefined): readonly Sidecar[] => {
	if (pages === undefined || pages.length === 0) return [];
	const whole = pages.map((page) => ({ ...page, text: page.words.map(({ text }) => text).join(' ') }));
	return [
		{ extension: 'srt', text: srtOf(whole) },
		{ extension: 'vtt', text: vttOf(whole) },
	];
};

export const sidecarFile = (file: string, extension: string): string => `${file.slice(0, file.length - extname(file).length)}.${extension}`;

/** Writes those that are not there as they should be, each in one step. @throws RenderFailure `DISK` */
export const writeSidecars = async (fs: FileSystem, file: string, sidecars: readonly Sidecar[]): Promise<void> => {
	for (const { extension, text } of sidecars) {
		const path = sidecarFile(file, extension);
		if ((await fs.readFile(path, 'utf8').catch(() => null)) === text) continue;
		try {
			await writeDurably(fs, text, { temporary: join(dirname(file), temporaryName(extension)), file: path });
		} catch (error) {
			throw asDiskFailure(error, path);
		}
	}
};

/** Whether what belongs beside an output is there as it should be. */
export const areSidecarsInPlace = async (fs: FileSystem, file: string, sidecars: readonly Sidecar[]): Promise<boolean> => {
	for (const { extension, text } of sidecars) {
		if ((await fs.readFile(sidecarFile(file, extension), 'utf8').catch(() => null)) !== text) return false;
	}
	return true;
};

/** Removes files that were written beside an earlier output and do not belong to this one. */
export const removeSidecars = async (fs: FileSystem, file: string, extensions: readonly string[]): Promise<void> => {
	for (const extension of extensions) await discard(fs, sidecarFile(file, extension));
};
