/**
 * The first module of a page. An error that is thrown while a page opens empties it and reaches nobody, since Remotion (4.0.520) listens while it draws a
 * frame: about every second render of a component that always throws made an empty video. Here it cancels the render, as `cancelRender` does, and the page
 * never counts as ready, which Remotion asks before it asks for cancellation. The browser's own remarks have no value either, as what `throw null` throws, but
 * are not called uncaught.
 */
export const PAGE_GUARD = `addEventListener('error', ({ error, message }) => {
	const isThrown = (error !== null && error !== undefined) || /^Uncaught /.test(message);
	if (!isThrown || window.remotion_cancelledError !== undefined) return;
	window.remotion_cancelledError = error instanceof Error ? error.message + '\\n' + error.stack : String(error ?? message);
	Object.defineProperty(window, 'remotion_renderReady', { get: () => false, set: () => {}, configurable: true });
});
`;
