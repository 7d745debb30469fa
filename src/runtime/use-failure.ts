import { useDelayRender, useRemotionEnvironment } from 'remotion';

/**
 * What a component does that cannot show what it should: a render is cancelled, a preview shows the error in its place. An error that is only thrown while a page
 * is opened reaches nobody: Remotion listens while it draws a frame, and an empty picture would pass. Neither does a cancelled render that counts as ready, so
 * it never does.
 */
export const useFailure = (): ((error: Error) => never) => {
	const { isRendering } = useRemotionEnvironment();
	const { delayRender, cancelRender } = useDelayRender();
	return (error) => {
		if (isRendering) {
			delayRender(error.message);
			cancelRender(error);
		}
		throw error;
	};
};
