import { RenderFailure } from '../model/failure.ts';
import { DevToolsError } from './devtools-pipe.ts';
import { type PageSession, pageFailure } from './page-session.ts';
import type { ReelComposition } from './reel-composition.ts';

export type StagePageOptions = {
	/** Where the bundle is served, without a slash at its end. */
	readonly origin: string;
	readonly composition: ReelComposition;
	/** After how long the page itself gives up on a `delayRender`. */
	readonly delayRenderMs: number;
};

/** Ticks that a capture may go on damaging the frames after it. A page that is never at rest is captured every time. */
const MAX_SPENDING_TICKS = 8;
const MAX_CAPTURE_TRIES = 5;
const LOADING_PAUSE_MS = 5;

/** True when the page is at rest, false while it waits for something, else the error it gave up with. */
const STATE = `(() => window.remotion_cancelledError !== undefined ? String(window.remotion_cancelledError)
	: window.remotion_renderReady === true && document.fonts.status === 'loaded')()`;

const IS_LOADED = 'Boolean(window.remotion_setBundleMode && window.getStaticCompositions && document.body)';

/** Loads a reel into an empty page and waits until it can be drawn. @throws RenderFailure */
export const loadReel = (page: PageSession, options: StagePageOptions): Promise<void> =>
	page.guard(async () => {
		await prepare(page, options);
		await navigate(page, `${options.origin}/index.html`);
		// Remotion does the same before it takes a JPEG: what no layer paints is black.
		await page.evaluate(
			`document.body.style.background = 'black'; window.remotion_setBundleMode(${JSON.stringify(bundleMode(options.composition))})`,
		);
		await settle(page);
	});

export type Capture = {
	/** Frame of the reel. */
	readonly position: number;
	/** Take the picture even when the compositor saw no change. */
	readonly always: boolean;
};

/** The picture at a position of the reel, or null when nothing has changed since the picture before. @throws RenderFailure */
export const captureFrame = (page: PageSession, composition: ReelComposition, { position, always }: Capture): Promise<Uint8Array | null> =>
	page.guard(async () => {
		await page.evaluate(`window.remotion_setFrame(${position}, ${JSON.stringify(composition.id)}, 1)`);
		const damaged = await settle(page);
		return damaged || always ? photograph(page, composition) : null;
	});

/** Lets the page work until it waits for nothing. @returns whether anything was drawn anew */
const settle = async (page: PageSession): Promise<boolean> => {
	let damaged = false;
	do {
		do damaged = (await page.tick()).hasDamage || damaged;
		while (!(await isAtRest(page)));
		damaged = (await page.tick()).hasDamage || damaged; // flush: without it the picture is one frame old
	} while (!(await isAtRest(page))); // a second look, at what the last tick itself may have begun
	return damaged;
};

const isAtRest = async (page: PageSession): Promise<boolean> => {
	const state = await page.evaluate(STATE);
	if (typeof state === 'string') throw pageFailure(state);
	return state === true;
};

const photograph = async (page: PageSession, { jpegQuality, format }: ReelComposition): Promise<Uint8Array> => {
	const picture = { format, ...(format === 'jpeg' ? { quality: jpegQuality } : {}), optimizeForSpeed: true };
	for (let attempt = 0; attempt < MAX_CAPTURE_TRIES; attempt++) {
		const { screenshotData } = await page.tick(picture);
		// A capture damages the frame after it: spend that before damage is trusted again.
		for (let spent = 0; spent < MAX_SPENDING_TICKS && (await page.tick()).hasDamage; spent++);
		if (screenshotData !== undefined) return Buffer.from(screenshotData, 'base64');
	}
	throw new RenderFailure('BROWSER_CRASH', 'the browser gave no picture');
};

/** What `@remotion/renderer` puts into a page before it loads, for a silent main tab. */
const prepare = async ({ send }: PageSession, { composition, delayRenderMs }: StagePageOptions): Promise<void> => {
	const values = {
		remotion_puppeteerTimeout: delayRenderMs,
		remotion_isMainTab: true,
		remotion_mediaCacheSizeInBytes: null,
		remotion_initialMemoryAvailable: 1_000_000_000,
		remotion_sampleRate: 48_000,
		process: { env: { NODE_ENV: 'production' } },
		remotion_inputProps: composition.props,
		remotion_initialFrame: 0,
		remotion_attempt: 1,
		remotion_proxyPort: 0,
		remotion_audioEnabled: false,
		remotion_videoEnabled: true,
		remotion_logLevel: 'error',
	};
	const channel = "{ remotion_broadcastChannel: new BroadcastChannel('remotion-video-frame-extraction') }";
	const { width, height } = composition;
	await Promise.all([
		send('Runtime.enable'),
		send('Page.enable'),
		send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false }),
		send('Page.addScriptToEvaluateOnNewDocument', {
			source: `Object.assign(window, ${JSON.stringify(values)}, ${channel})`,
		}),
	]);
};

/** Loads the bundle. Frames are issued while it loads: some of a page's start waits for them. */
const navigate = async ({ send, tick, evaluate }: PageSession, url: string): Promise<void> => {
	const { errorText } = await send<{ errorText?: string }>('Page.navigate', { url });
	// Our own server on this machine has it: what fails here is the browser.
	if (errorText) throw new RenderFailure('BROWSER_CRASH', `the bundle could not be loaded: ${errorText}`);
	while (!(await evaluate(IS_LOADED).catch(notWhileNavigating))) {
		await tick().catch(notWhileNavigating);
		await new Promise((resolve) => setTimeout(resolve, LOADING_PAUSE_MS));
	}
};

/** The old document goes away in the middle of a call; that is no failure. */
const notWhileNavigating = (error: unknown): false => {
	if (error instanceof DevToolsError) return false;
	throw error;
};

const bundleMode = (composition: ReelComposition): object => ({
	type: 'composition',
	compositionName: composition.id,
	serializedResolvedPropsWithSchema: composition.props,
	compositionDurationInFrames: composition.frames,
	compositionFps: composition.fps,
	compositionHeight: composition.height,
	compositionWidth: composition.width,
	compositionDefaultCodec: null,
	compositionDefaultOutName: null,
	compositionDefaultVideoImageFormat: null,
	compositionDefaultPixelFormat: null,
	compositionDefaultProResProfile: null,
	compositionDefaultSampleRate: null,
});
