import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { HeadlessBrowser } from '@remotion/renderer';
import type { VideoConfig } from 'remotion';
import { RenderFailure } from '../model/failure.ts';
import type { MediaFacts } from '../model/media.ts';
import { checkOutput } from '../renderer/check-output.ts';
import { nodeFileSystem } from '../renderer/file-system.ts';
import { prepareFolder, publishOutput } from '../renderer/publish-output.ts';
import { readMediaFacts } from '../renderer/read-media-facts.ts';

/** One video: the composition in its final size, rate, length and props, and where it goes below the output folder. */
export type VideoOrder = {
	readonly composition: VideoConfig;
	readonly inputProps: Readonly<Record<string, unknown>>;
	readonly path: string;
};

export type RenderPlace = {
	readonly serveUrl: string;
	readonly browserExecutable: string;
	readonly browser: HeadlessBrowser;
	readonly outputDirectory: string;
	readonly tabs: number;
};

/** Tabs of one video when so many are rendered at once. */
export const tabsFor = (parallel: number): number => Math.max(1, Math.floor(availableParallelism() / parallel));

/** Renders a video with Remotion, and gives it its name only when it has been checked. Rejects when it cannot, and leaves no part of it. */
export const renderVideo = async (order: VideoOrder, place: RenderPlace): Promise<MediaFacts> => {
	const folder = await prepareFolder(nodeFileSystem, place.outputDirectory, order.path);
	const temporary = join(folder, `.${randomUUID()}.mp4`);
	try {
		await renderFile(order, place, temporary);
		const facts = await readMediaFacts(nodeFileSystem, temporary);
		const { width, height, fps, durationInFrames } = order.composition;
		// Whether a composition of one's own is heard, and how loud, is its own affair.
		const problems = checkOutput(
			{ ...facts, audio: null },
			{ width: even(width), height: even(height), fps, frames: durationInFrames, joins: [] },
		);
		if (problems.length > 0) throw new RenderFailure('OUTPUT', `the video failed its check: ${problems.join('; ')}`);
		await publishOutput(nodeFileSystem, temporary, join(place.outputDirectory, order.path));
		return facts;
	} finally {
		await rm(temporary, { force: true });
	}
};

/** H.264 has no odd sides: Remotion leaves the last row out. */
const even = (side: number): number => side - (side % 2);

/** Remotion converts to BT.709 and leaves primaries and transfer unsaid, so that the file says nothing of its colour. */
const STATED_COLOR = ':primariesin=709:transferin=709:primaries=709:transfer=709';

/** Remotion's types promise texts, and its lists hold other things too. */
const stateColor = <Argument>(argument: Argument): Argument | string =>
	typeof argument === 'string' && argument.startsWith('zscale=matrix=709') ? `${argument}${STATED_COLOR}` : argument;

const renderFile = async ({ composition, inputProps }: VideoOrder, place: RenderPlace, temporary: string): Promise<void> => {
	const { renderMedia } = await import('@remotion/renderer');
	await renderMedia({
		serveUrl: place.serveUrl,
		composition,
		inputProps,
		outputLocation: temporary,
		codec: 'h264',
		pixelFormat: 'yuv420p',
		colorSpace: 'bt709',
		ffmpegOverride: ({ args }) => args.map(stateColor),
		browserExecutable: place.browserExecutable,
		puppeteerInstance: place.browser,
		concurrency: place.tabs,
		logLevel: 'error',
	});
};

export const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));
