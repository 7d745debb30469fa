import type { Frame, FrameSource, Reel } from '../ports/frame-source.ts';
import { asWantOfRoom, type BrowserPlace } from './browser-room.ts';
import { isAlive } from './own-directory.ts';
import { reelComposition } from './reel-composition.ts';
import { type BundleServer, serveBundle } from './serve-bundle.ts';

/** One frame, as the port gives it. */
export type Drawn = { readonly segment: number; readonly frame: number; readonly picture: Frame };

/** A browser as far as its life is concerned. */
export type RunningBrowser = { readonly pid: number; readonly close: () => Promise<void> };

export type Drawing<Browser> = { readonly browser: Browser; readonly origin: string; readonly reel: Reel; readonly signal: AbortSignal };

export type Drawer<Browser extends RunningBrowser> = {
	readonly name: FrameSource['name'];
	readonly bundleDirectory: string;
	/** Where its browsers have their profiles. */
	readonly place: BrowserPlace;
	/** Starts a browser that reaches this origin and nothing else. */
	readonly launch: (origin: string, signal: AbortSignal) => Promise<Browser>;
	readonly draw: (drawing: Drawing<Browser>) => AsyncGenerator<Drawn>;
};

/**
 * The part of a frame source that is the same whatever draws: it keeps one browser from reel to reel and one server for the bundle, and after
 * a reel that did not come to its end it takes a new browser, since nobody knows what the old one is busy with.
 */
export const createFrameSource = <Browser extends RunningBrowser>(drawer: Drawer<Browser>): FrameSource => {
	const keeper = keepBrowser(drawer.launch);
	let server: Promise<BundleServer> | undefined;
	let drawing = false;
	let closed = false;
	async function* draw(reel: Reel, signal: AbortSignal): AsyncGenerator<Drawn> {
		signal.throwIfAborted();
		// Before a server is started that nobody would end.
		if (closed) throw new Error('the source is closed');
		if (drawing) throw new Error('a source draws one reel at a time');
		drawing = true;
		let intact = false;
		try {
			server ??= serveBundle(drawer.bundleDirectory);
			const { origin } = await server;
			const browser = await keeper.ready(origin, signal);
			yield* drawer.draw({ browser, origin, reel, signal });
			intact = true;
		} catch (error) {
			await keeper.drop();
			throw await asWantOfRoom(error, reelComposition(reel), drawer.place);
		} finally {
			if (!intact) await keeper.drop();
			drawing = false;
		}
	}
	return {
		name: drawer.name,
		draw,
		async close() {
			closed = true;
			await keeper.close();
			await (await server)?.close();
			server = undefined;
		},
		processIds: keeper.processIds,
	};
};

type Keeper<Browser> = {
	/** The browser that is there, or a new one. */
	readonly ready: (origin: string, signal: AbortSignal) => Promise<Browser>;
	/** Ends the browser; the next one asked for is another. */
	readonly drop: () => Promise<void>;
	/** Ends the browser; there will be no other. */
	readonly close: () => Promise<void>;
	readonly processIds: () => number[];
};

const keepBrowser = <Browser extends RunningBrowser>(launch: Drawer<Browser>['launch']): Keeper<Browser> => {
	let running: Browser | undefined;
	// Known until they are gone: one that hangs must be ended when its thread no longer can.
	const ending = new Set<Browser>();
	let closed = false;
	const drop = async (): Promise<void> => {
		const lost = running;
		running = undefined;
		if (lost === undefined) return;
		ending.add(lost);
		await lost.close().finally(() => ending.delete(lost));
	};
	return {
		drop,
		async ready(origin, signal) {
			if (running && isAlive(running.pid)) return running;
			await drop();
			if (!closed) running = await launch(origin, signal);
			if (closed) await drop(); // closed while it started
			if (!running) throw new Error('the source is closed');
			return running;
		},
		close() {
			closed = true;
			return drop();
		},
		processIds: () => [...(running ? [running] : []), ...ending].flatMap(({ pid }) => (pid > 0 ? [pid] : [])),
	};
};
