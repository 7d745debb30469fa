import { rm } from 'node:fs/promises';
import type { RenderInternals } from '@remotion/renderer';
import { RenderFailure } from '../model/failure.ts';
import type { FrameSource } from '../ports/frame-source.ts';
import { createFrameSource, type Drawing, type Drawn } from './create-frame-source.ts';
import { createHandOff, type HandOff } from './hand-off.ts';
import { isAlive } from './own-directory.ts';
import { type ReelComposition, reelComposition, reelFrames } from './reel-composition.ts';
import { openRemotionBrowser, type RemotionBrowser } from './remotion-browser.ts';
import type { FrameSourceOptions } from './stage-source.ts';
import { within } from './time-limit.ts';

type RenderFrames = (typeof RenderInternals)['internalRenderFrames'];
type RenderFramesOptions = Parameters<RenderFrames>[0];
type Server = NonNullable<RenderFramesOptions['server']>;
type Picture = { readonly bytes: Uint8Array; readonly position: number };

/** Remotion gives a page this long to go on waiting after the page itself has given up. */
const MIN_DELAY_RENDER_MS = 7_000;
const SAMPLE_RATE = 48_000;

/**
 * Draws with Remotion's own `renderFrames`: every frame is captured anew. The oracle of the stage, and the source for browsers that the stage
 * cannot drive.
 */
export const createRemotionSource = (options: FrameSourceOptions): FrameSource =>
	createFrameSource<RemotionBrowser>({
		name: 'remotion',
		bundleDirectory: options.bundleDirectory,
		place: options,
		launch: (origin) => openRemotionBrowser(options, origin),
		draw: (drawing) => drawFrames({ ...drawing, options }),
	});

type RemotionDrawing = Drawing<RemotionBrowser> & { readonly options: FrameSourceOptions };

async function* drawFrames(drawing: RemotionDrawing): AsyncGenerator<Drawn> {
	const { reel, options, signal, browser } = drawing;
	const pictures = createHandOff<Picture>();
	const { makeCancelSignal } = await import('@remotion/renderer');
	const { cancel, cancelSignal } = makeCancelSignal();
	const rendering = renderReel(drawing, reelComposition(reel), { pictures, cancelSignal });
	rendering.catch((error: unknown) => pictures.fail(asFailure(error, browser)));
	const { frameMs, navigationMs } = options.timeLimits;
	try {
		for (const { segment, frame, position } of reelFrames(reel)) {
			const ms = position === 0 ? navigationMs + frameMs : frameMs;
			const failure = (): Error => new RenderFailure('FRAME_TIMEOUT', `frame ${frame} of segment ${segment} took longer than ${ms} ms`);
			const picture = await within(pictures.take(), { ms, signal, failure });
			if (picture.position !== position) throw new Error(`frame ${position} was asked for, ${picture.position} came`);
			yield { segment, frame, picture: { bytes: picture.bytes, held: false } };
		}
	} finally {
		cancel();
		pictures.fail(new Error('cancelled'));
		await rendering.catch(() => {});
	}
}

type Channel = { readonly pictures: HandOff<Picture>; readonly cancelSignal: NonNullable<RenderFramesOptions['cancelSignal']> };

const renderReel = async (drawing: RemotionDrawing, composition: ReelComposition, { pictures, cancelSignal }: Channel): Promise<void> => {
	const { RenderInternals } = await import('@remotion/renderer');
	const downloadMap = RenderInternals.makeDownloadMap(SAMPLE_RATE);
	try {
		await RenderInternals.internalRenderFrames({
			...renderFramesOptions(drawing, composition),
			server: loopbackServer(drawing.origin, downloadMap),
			onFrameBuffer: (bytes, position) => pictures.offer({ bytes, position }),
			cancelSignal,
		});
	} finally {
		await rm(downloadMap.assetDir, { recursive: true, force: true });
	}
};

/**
 * Stands in for the server that Remotion would start: that one listens on every interface of the machine and fetches any address it is asked for.
 * Without it there is no `OffthreadVideo`.
 */
const loopbackServer = (serveUrl: string, downloadMap: Server['downloadMap']): Server => ({
	serveUrl,
	downloadMap,
	offthreadPort: 0,
	sourceMap: () => null,
	closeServer: () => Promise.resolve(),
	compositor: {
		pid: null,
		shutDownOrKill: () => Promise.resolve(),
		finishCommands: () => Promise.resolve(),
		waitForDone: () => Promise.resolve(),
		executeCommand: () => Promise.reject(new Error('this frame source draws no video files')),
	},
});

const renderFramesOptions = (
	{ browser, origin, options }: RemotionDrawing,
	composition: ReelComposition,
): Omit<RenderFramesOptions, 'server' | 'onFrameBuffer' | 'cancelSignal'> => ({
	composition: {
		id: composition.id,
		width: composition.width,
		height: composition.height,
		fps: composition.fps,
		durationInFrames: composition.frames,
		defaultCodec: null,
		defaultOutName: null,
		defaultVideoImageFormat: null,
		defaultPixelFormat: null,
		defaultProResProfile: null,
		defaultSampleRate: null,
	},
	serializedInputPropsWithCustomSchema: composition.props,
	serializedResolvedPropsWithCustomSchema: composition.props,
	jpegQuality: composition.jpegQuality,
	imageFormat: composition.format,
	puppeteerInstance: browser.instance,
	// Remotion replaces a crashed browser by one that nobody would end. The crash is ours to report, so it gets a program that is no browser and
	// ends at once.
	browserExecutable: process.execPath,
	webpackBundleOrServeUrl: origin,
	timeoutInMilliseconds: Math.max(MIN_DELAY_RENDER_MS, options.timeLimits.frameMs),
	concurrency: 1,
	muted: true,
	outputDir: null,
	envVariables: {},
	frameRange: null,
	frames: null,
	outputFramesInSequence: false,
	everyNthFrame: 1,
	chromiumOptions: {},
	chromeMode: 'headless-shell',
	scale: 1,
	port: null,
	indent: false,
	logLevel: 'error',
	parallelEncodingEnabled: false,
	compositionStart: 0,
	forSeamlessAacConcatenation: false,
	binariesDirectory: null,
	imageSequencePattern: null,
	mediaCacheSizeInBytes: null,
	offthreadVideoCacheSizeInBytes: null,
	offthreadVideoThreads: null,
	sampleRate: SAMPLE_RATE,
	onStart: null,
	onFrameUpdate: null,
	onBrowserLog: () => {},
	onBrowserDownload: () => ({ version: null, onProgress: () => {} }),
	onDownload: null,
	onArtifact: null,
	onLog: () => {},
});

const asFailure = (error: unknown, browser: RemotionBrowser): RenderFailure => {
	const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
	if (browser.pid > 0 && !isAlive(browser.pid)) return new RenderFailure('BROWSER_CRASH', 'the browser crashed', message);
	const [first = ''] = message.split('\n', 1);
	return new RenderFailure('PAGE', first.replace(/^(Uncaught )?Error: /, ''), stack);
};
