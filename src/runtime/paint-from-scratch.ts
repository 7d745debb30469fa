/**
 * Builds the page's boxes and paint properties anew whenever its elements change, until the returned function is called. Chromium otherwise keeps pixels that
 * moved by less than about a hundredth of a pixel, and keeps blending in a way that an element no longer needs: a frame would depend on the frames before it by
 * a level or two.
 */
export const paintFromScratch = (): (() => void) => {
	const { style } = document.documentElement;
	const observer = new MutationObserver(() => {
		style.display = 'none';
		void document.body.offsetWidth;
		style.display = '';
	});
	observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
	return () => observer.disconnect();
};
