/**
 * The first module of a page. An error that is thrown while a page opens empties it and reaches nobody, since Remotion (4.0.520) listens while it draws a
 * frame: about every second render of a component that always throws made an empty video. Here it cancels the render, as `cancelRender` does, and the page
 * never counts as ready, which Remotion asks before it asks for cancellation. Errors without a value are the browser's own remarks.
 */
export const PAGE_GUARD = `addEventListener('error', ({ error }) => {
	if (error === null || error === undefined || window.remotion_cancelledError !== undefined) return;
	window.remotion_cancelledError = error instanceof Error ? error.message + '\\n' + error.stack : String(error);
	Object.defineProperty(window, 'remotion_renderReady', { get: () => false, set: () => {}, configurable: true });
});
`;
