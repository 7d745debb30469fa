import type { HeadlessBrowser } from '@remotion/renderer';

/** A browser for each lane, started when the lane first asks for it. */
export type BrowserLanes = {
	browserOf(lane: number): Promise<HeadlessBrowser>;
	/** After a failure: the next video of the lane gets a browser that has nothing left of it. */
	renew(lane: number): Promise<void>;
	close(): Promise<void>;
};

export const openLanes = (browserExecutable: string): BrowserLanes => {
	const open = new Map<number, Promise<HeadlessBrowser>>();
	const start = async (): Promise<HeadlessBrowser> => {
		const { openBrowser } = await import('@remotion/renderer');
		return openBrowser('chrome', { browserExecutable, logLevel: 'error' });
	};
	const renew = async (lane: number): Promise<void> => {
		const browser = open.get(lane);
		open.delete(lane);
		// One that has crashed, or never started, is gone already.
		await browser?.then((started) => started.close({ silent: true })).catch(() => undefined);
	};
	return {
		browserOf(lane) {
			const browser = open.get(lane) ?? start();
			open.set(lane, browser);
			return browser;
		},
		renew,
		async close() {
			await Promise.all([...open.keys()].map(renew));
		},
	};
};
