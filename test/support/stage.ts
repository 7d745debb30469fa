import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SegmentMessage } from '../../src/model/segment-message.ts';
import type { FrameSource } from '../../src/ports/frame-source.ts';
import { DEFAULT_TIME_LIMITS, type FrameSourceOptions } from '../../src/renderer/stage-source.ts';
import { standInBundle, testBrowser } from './machine.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** Everything a frame source needs to draw with the stand-in runtime, in a directory of its own. */
export const sourceOptions = async (): Promise<FrameSourceOptions & { readonly notices: string[] }> => {
	const directory = temporaryDirectory();
	const profiles = join(directory, 'profiles');
	mkdirSync(profiles);
	const notices: string[] = [];
	return {
		browser: await testBrowser(),
		bundleDirectory: (await standInBundle(join(directory, 'bundles'))).directory,
		temporaryDirectory: profiles,
		environment: process.env,
		sandbox: process.getuid?.() !== 0,
		timeLimits: DEFAULT_TIME_LIMITS,
		notice: (text) => notices.push(text),
		notices,
	};
};

export type DrawnFrame = { readonly at: string; readonly hash: string; readonly held: boolean };

/** Draws a reel whole. */
export const drawAll = async (source: FrameSource, segments: readonly SegmentMessage[]): Promise<DrawnFrame[]> => {
	const frames: DrawnFrame[] = [];
	for await (const { segment, frame, picture } of source.draw({ segments }, new AbortController().signal))
		frames.push({ at: `${segment}:${frame}`, hash: createHash('sha256').update(picture.bytes).digest('hex'), held: picture.held });
	return frames;
};

/** Runs work with a source that is closed afterwards. */
export const withSource = async <T>(source: FrameSource, work: (source: FrameSource) => Promise<T>): Promise<T> => {
	try {
		return await work(source);
	} finally {
		await source.close();
	}
};
