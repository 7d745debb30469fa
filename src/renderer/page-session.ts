import { RenderFailure } from '../model/failure.ts';
import type { BrowserProcess } from './browser-process.ts';
import { type DevTools, DevToolsClosed, DevToolsError, type DevToolsEvent } from './devtools-pipe.ts';
import { settlesWithin } from './time-limit.ts';

export type Tick = { readonly hasDamage: boolean; readonly screenshotData?: string };

/** One page of a browser, drawn only when it is told to. */
export type PageSession = {
	readonly send: <Result>(method: string, params?: object) => Promise<Result>;
	/** Issues one frame, with a picture of it when asked for. */
	readonly tick: (screenshot?: object) => Promise<Tick>;
	/** The value of an expression. Rejects with RenderFailure `PAGE` when it throws. */
	readonly evaluate: (expression: string) => Promise<unknown>;
	/**
	 * Runs work on the page. Rejects with RenderFailure: `PAGE` as soon as the page throws anywhere, `BROWSER_CRASH` when the page or the browser
	 * is lost.
	 */
	readonly guard: <T>(work: () => Promise<T>) => Promise<T>;
	/**
	 * Whether one process has painted all pictures so far. When it dies the browser starts another one and tells nobody; pictures of the time between
	 * are stale or empty.
	 */
	readonly isPaintedByOne: () => Promise<boolean>;
	readonly close: () => Promise<void>;
};

type Size = { readonly width: number; readonly height: number };
type ExceptionDetails = { readonly text: string; readonly exception?: { readonly description?: string; readonly value?: unknown } };
type Evaluation = { readonly result: { readonly value?: unknown }; readonly exceptionDetails?: ExceptionDetails };

const OBITUARY_MS = 1_000;

/**
 * Opens an empty page.
 * @throws RenderFailure `BROWSER_LAUNCH` when the browser cannot draw frame by frame, `BROWSER_CRASH` when it is gone
 */
export const openPageSession = async (browser: BrowserProcess, { width, height }: Size): Promise<PageSession> => {
	const { devTools } = browser;
	const params = { url: 'about:blank', width, height, enableBeginFrameControl: true };
	const attach = async (): Promise<{ targetId: string; sessionId: string }> => {
		const { targetId } = await devTools.send<{ targetId: string }>({ method: 'Target.createTarget', params });
		const attached = { method: 'Target.attachToTarget', params: { targetId, flatten: true } };
		const { sessionId } = await devTools.send<{ sessionId: string }>(attached);
		await devTools.send({ method: 'HeadlessExperimental.beginFrame', sessionId });
		return { targetId, sessionId };
	};
	const { targetId, sessionId } = await attach().catch((error: unknown) => {
		if (!(error instanceof DevToolsError)) return rethrow(error, browser);
		throw new RenderFailure('BROWSER_LAUNCH', 'this browser cannot draw frame by frame: the stage needs a headless shell', error.message);
	});
	const send = <Result>(method: string, values: object = {}): Promise<Result> =>
		devTools.send<Result>({ method, params: values, sessionId });
	const trouble = watchTrouble(browser, sessionId);
	const painters = await paintersOf(devTools).catch((error: unknown) => rethrow(error, browser));
	return {
		send,
		tick: (screenshot) => send('HeadlessExperimental.beginFrame', screenshot ? { screenshot } : {}),
		async evaluate(expression) {
			const { result, exceptionDetails } = await send<Evaluation>('Runtime.evaluate', { expression, returnByValue: true });
			if (exceptionDetails) throw pageFailure(describe(exceptionDetails));
			return result.value;
		},
		guard: (work) => Promise.race([work(), trouble.failed]).catch((error: unknown) => rethrow(error, browser)),
		isPaintedByOne: async () => (await paintersOf(devTools)) === painters,
		async close() {
			trouble.stop();
			await devTools.send({ method: 'Target.closeTarget', params: { targetId } });
		},
	};
};

type ProcessInfo = { readonly type: string; readonly id: number };

/** Ids of the processes that paint for the whole browser, which it calls GPU even where there is none. */
const paintersOf = async (devTools: DevTools): Promise<string> => {
	const { processInfo } = await devTools.send<{ processInfo: readonly ProcessInfo[] }>({ method: 'SystemInfo.getProcessInfo' });
	return processInfo.flatMap(({ type, id }) => (type === 'GPU' ? id : [])).join(' ');
};

/** The first line of an error as the page tells it, and its stack behind it. */
export const pageFailure = (stack: string): RenderFailure => {
	const [first = ''] = stack.split('\n', 1);
	return new RenderFailure('PAGE', first.replace(/^(Uncaught )?Error: /, ''), stack === first ? undefined : stack);
};

type Trouble = { readonly failed: Promise<never>; readonly stop: () => void };

/** What may happen to a page at any time, as the rejection of whatever is under way. */
const watchTrouble = (browser: BrowserProcess, sessionId: string): Trouble => {
	let fail: (failure: RenderFailure) => void = () => {};
	const failed = new Promise<never>((_, reject) => {
		fail = reject;
	});
	failed.catch(() => {});
	const stop = browser.devTools.listen((event) => {
		const failure = event.sessionId === sessionId ? troubleIn(event, browser) : null;
		if (failure) fail(failure);
	});
	return { failed, stop };
};

const troubleIn = (event: DevToolsEvent, browser: BrowserProcess): RenderFailure | null => {
	switch (event.method) {
		case 'Runtime.exceptionThrown':
			return pageFailure(describe((event.params as { exceptionDetails: ExceptionDetails }).exceptionDetails));
		case 'Inspector.targetCrashed':
			return new RenderFailure('BROWSER_CRASH', 'the page crashed', browser.lastWords());
		default:
			return null;
	}
};

const rethrow = async (error: unknown, browser: BrowserProcess): Promise<never> => {
	if (!(error instanceof DevToolsClosed || error instanceof DevToolsError)) throw error;
	// A browser that is told to end lets its pages go first.
	const end = (await settlesWithin(browser.ended, OBITUARY_MS)) ? await browser.ended : null;
	if (end?.killed)
		throw new RenderFailure('BROWSER_CRASH', `the browser was ended from outside: ${end.how}`, browser.lastWords(), { blameless: true });
	if (error instanceof DevToolsError)
		throw new RenderFailure('BROWSER_CRASH', 'the page is lost', `${error.message}\n${browser.lastWords()}`);
	throw new RenderFailure('BROWSER_CRASH', `the browser crashed: ${end?.how ?? 'its connection is closed'}`, browser.lastWords());
};

const describe = ({ text, exception }: ExceptionDetails): string => exception?.description ?? String(exception?.value ?? text);
