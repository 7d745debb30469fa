import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from 'react';
import { cancelRender, continueRender, delayRender } from 'remotion';

type Size = { readonly width: number; readonly height: number };

export type ScaledPictureProps = {
	readonly url: string;
	readonly fit: 'cover' | 'contain';
	/** Pixels in which the picture is shown. */
	readonly target: Size;
	readonly style: CSSProperties;
};

/**
 * A picture that was brought down to the size it is shown in before it is painted. Chromium scales an `<img>` from whatever smaller copy another frame or
 * thread has left in its cache, so that the same picture comes out differently by a level or two. Frames wait until it is there.
 */
export const ScaledPicture = ({ url, fit, target, style }: ScaledPictureProps): ReactNode => {
	const canvas = useRef<HTMLCanvasElement>(null);
	const [handle] = useState(() => delayRender(`loading ${url}`));
	const { width, height } = target;
	useEffect(() => {
		let isWanted = true;
		loadScaled(url, fit, { width, height }).then(
			(bitmap) => {
				if (isWanted) show(canvas.current!, bitmap);
				continueRender(handle);
			},
			(error: unknown) => cancelRender(error),
		);
		return () => {
			isWanted = false;
			continueRender(handle);
		};
	}, [url, fit, width, height, handle]);
	return <canvas ref={canvas} style={style} />;
};

const show = (canvas: HTMLCanvasElement, bitmap: ImageBitmap): void => {
	canvas.width = bitmap.width;
	canvas.height = bitmap.height;
	const context = canvas.getContext('bitmaprenderer');
	if (context === null) throw new Error('the browser gives no canvas for a picture');
	context.transferFromImageBitmap(bitmap);
};

/** @throws Error when the file cannot be loaded or decoded. */
const loadScaled = async (url: string, fit: 'cover' | 'contain', target: Size): Promise<ImageBitmap> => {
	const response = await fetch(url);
	if (!response.ok) throw new Error(`the picture ${url} could not be loaded: ${response.status}`);
	const whole = await createImageBitmap(await response.blob()).catch((cause: unknown) => {
		throw new Error(`the picture ${url} cannot be decoded`, { cause });
	});
	const size = scaledSize(whole, fit, target);
	if (size.width === whole.width && size.height === whole.height) return whole;
	return createImageBitmap(whole, { resizeWidth: size.width, resizeHeight: size.height, resizeQuality: 'high' });
};

/** Whole pixels in which a picture covers a target, or fits into it. It is never enlarged. */
export const scaledSize = (picture: Size, fit: 'cover' | 'contain', target: Size): Size => {
	const [x, y] = [target.width / picture.width, target.height / picture.height];
	const scale = Math.min(1, fit === 'cover' ? Math.max(x, y) : Math.min(x, y));
	return { width: Math.max(1, Math.round(picture.width * scale)), height: Math.max(1, Math.round(picture.height * scale)) };
};
