import { pathToFileURL } from 'node:url';
import { unreachable } from '../model/unreachable.ts';
import type { FrameSource } from '../ports/frame-source.ts';
import { createRemotionSource } from './remotion-source.ts';
import { createStageSource, type FrameSourceOptions } from './stage-source.ts';
import type { WorkerSettings } from './worker-messages.ts';

/** What a module named by `frameSourceModule` exports. */
export type FrameSourceModule = { openFrameSource(settings: FrameSourceSettings): FrameSource | Promise<FrameSource> };

/** What of a worker's settings a frame source needs. */
export type FrameSourceSettings = Omit<WorkerSettings, 'ffmpeg' | 'storeDirectory'>;

/** The frame source that the settings name. */
export const openFrameSource = async (settings: FrameSourceSettings, notice: (text: string) => void): Promise<FrameSource> => {
	if (settings.frameSourceModule !== undefined) {
		const module: FrameSourceModule = await import(pathToFileURL(settings.frameSourceModule).href);
		return module.openFrameSource(settings);
	}
	const { browser, bundleDirectory, temporaryDirectory, sandbox, timeLimits } = settings;
	const options: FrameSourceOptions = {
		browser,
		bundleDirectory,
		temporaryDirectory,
		sandbox,
		timeLimits,
		notice,
		environment: process.env,
	};
	switch (settings.frameSource) {
		case 'stage':
			return createStageSource(options);
		case 'remotion':
			return createRemotionSource(options);
		default:
			return unreachable(settings.frameSource);
	}
};
