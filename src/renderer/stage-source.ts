import { RenderFailure } from '../model/failure.ts';
import type { FrameSource } from '../ports/frame-source.ts';
import type { EnvironmentVariables } from './browser-environment.ts';
import { type BrowserProcess, launchBrowser } from './browser-process.ts';
import type { BrowserPlace } from './browser-room.ts';
import { createFrameSource, type Drawing, type Drawn } from './create-frame-source.ts';
import { openPageSession, type PageSession } from './page-session.ts';
import { reelComposition, reelFrames } from './reel-composition.ts';
import type { InstalledBrowser } from './resolve-browser.ts';
import { captureFrame, loadReel } from './stage-page.ts';
import { settlesWithin, within } from './time-limit.ts';

export type TimeLimits = {
	/** Until a started browser answers. */
	readonly launchMs: number;
	/** Until a reel is loaded and its first frame could be drawn. */
	readonly navigationMs: number;
	/** For one frame, with all that it loads. */
	readonly frameMs: number;
};

export const DEFAULT_TIME_LIMITS: TimeLimits = { launchMs: 25_000, navigationMs: 45_000, frameMs: 30_000 };

export type FrameSourceOptions = BrowserPlace & {
	readonly browser: InstalledBrowser;
	readonly bundleDirectory: string;
	/** The environment of this process; the browser gets an allow-list of it. */
	readonly environment: EnvironmentVariables;
	/** Whether the browser may use its own sandbox: not as root. */
	readonly sandbox: boolean;
	readonly timeLimits: TimeLimits;
	/** Told in one line what is weaker than asked for. */
	readonly notice: (text: string) => void;
};

const CLOSE_PAGE_MS = 2_000;
/** Below this Remotion's own limit on a `delayRender` would be over at once. */
const MIN_DELAY_RENDER_MS = 5_000;

/**
 * The stage: drives the page of a reel frame by frame and leaves out what the compositor reports as unchanged. Needs a headless shell.
 * Every reel gets a page of its own.
 */
export const createStageSource = (options: FrameSourceOptions): FrameSource => {
	const { browser, environment, temporaryDirectory, timeLimits, sandbox, notice } = options;
	const launchOptions = { executable: browser.path, libraryPath: browser.libraryPath, timeLimitMs: timeLimits.launchMs };
	return createFrameSource<BrowserProcess>({
		name: 'stage',
		bundleDirectory: options.bundleDirectory,
		place: options,
		launch: (origin, signal) => launchBrowser({ ...launchOptions, origin, environment, temporaryDirectory, sandbox, notice }, signal),
		draw: (drawing) => drawReel(drawing, timeLimits),
	});
};

async function* drawReel(drawing: Drawing<BrowserProcess>, timeLimits: TimeLimits): AsyncGenerator<Drawn> {
	const page = await openPage(drawing, timeLimits);
	yield* drawFrames(page, drawing, timeLimits.frameMs);
	// Left undone only after a failure: then the browser goes, and the page with it.
	if (!(await settlesWithin(page.close(), CLOSE_PAGE_MS))) throw new RenderFailure('BROWSER_CRASH', 'the page does not close');
}

const openPage = (
	{ browser, origin, reel, signal }: Drawing<BrowserProcess>,
	{ navigationMs: ms, frameMs }: TimeLimits,
): Promise<PageSession> => {
	const composition = reelComposition(reel);
	const open = async (): Promise<PageSession> => {
		const page = await openPageSession(browser, composition);
		await loadReel(page, { origin, composition, delayRenderMs: Math.max(MIN_DELAY_RENDER_MS, frameMs) });
		return page;
	};
	return within(open(), { ms, signal, failure: () => new RenderFailure('FRAME_TIMEOUT', `the page was not ready within ${ms} ms`) });
};

async function* drawFrames(page: PageSession, { reel, signal }: Drawing<BrowserProcess>, ms: number): AsyncGenerator<Drawn> {
	const composition = reelComposition(reel);
	let last: Uint8Array = new Uint8Array();
	for (const { segment, frame, position } of reelFrames(reel)) {
		const failure = (): Error => new RenderFailure('FRAME_TIMEOUT', `frame ${frame} of segment ${segment} took longer than ${ms} ms`);
		// A segment's first picture never rests on what the segment before it left on the page.
		const bytes = await within(captureFrame(page, composition, { position, always: frame === 0 }), { ms, signal, failure });
		last = bytes ?? last;
		// Before the last picture of a segment is handed out, and with it the segment.
		if (frame + 1 === reel.segments[segment]?.frames) await within(requireOnePainter(page), { ms, signal, failure });
		yield { segment, frame, picture: { bytes: last, held: bytes === null } };
	}
}

const requireOnePainter = (page: PageSession): Promise<void> =>
	page.guard(async () => {
		if (!(await page.isPaintedByOne())) throw new RenderFailure('BROWSER_CRASH', 'the process of the browser that paints has died');
	});
