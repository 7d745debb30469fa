import type { CSSProperties, ReactNode } from 'react';
import { Img } from 'remotion';
import type { Wanted } from '../model/asset-manifest.ts';
import { guarded } from '../runtime/guarded.ts';
import { fileOf, useAsset } from './assets-provider.tsx';
import { type Ask, aspectOf, cssOf, type Style, wordOf } from './said.ts';

type PictureLook = {
	/** How it fills its place. `cover` when left out. */
	readonly fit?: 'cover' | 'contain' | 'fill';
	/** Of its place: `16:9`. It fills what it stands in when left out. */
	readonly aspectRatio?: string;
	/** A word that narrows the search, or CSS. */
	readonly style?: Style;
	readonly alt?: string;
	readonly className?: string;
};

export type StockImageProps = PictureLook &
	Ask<{
		/** What is to be seen. */
		readonly query: string;
	}> & {
		readonly provider?: 'local' | 'pexels' | 'unsplash' | 'pixabay';
		readonly orientation?: 'landscape' | 'portrait' | 'square';
		/** `match` has been graded to the colours of the campaign. */
		readonly colorGrade?: 'none' | 'match';
	};

/** A photo of the campaign. A frame waits until it is there. @throws Error that names the asset where the manifest has none */
export const StockImage = (props: StockImageProps): ReactNode => {
	const { name, query, provider, orientation, colorGrade, style } = props;
	const settings = { query, orientation, colorGrade, style: wordOf(style) };
	return <Picture component="StockImage" wanted={{ kind: 'stockImage', name, provider, settings }} look={props} />;
};

export type GeneratedImageProps = PictureLook &
	Ask<{
		/** What is to be seen. */
		readonly prompt: string;
	}> & {
		readonly provider?: 'local' | 'stability' | 'openai' | 'dalle' | 'midjourney';
		readonly seed?: number;
	};

/** A picture that was made from words when the campaign was resolved. @throws Error that names the asset where the manifest has none */
export const GeneratedImage = (props: GeneratedImageProps): ReactNode => {
	const { name, prompt, provider, seed, style } = props;
	const wanted: Wanted = { kind: 'generatedImage', name, provider, settings: { prompt, seed, style: wordOf(style) } };
	return <Picture component="GeneratedImage" wanted={wanted} look={props} />;
};

type PictureProps = { readonly component: string; readonly wanted: Wanted; readonly look: PictureLook };

const Picture = guarded(({ component, wanted, look }: PictureProps): ReactNode => {
	const entry = useAsset(component, wanted);
	const { alt = '', className } = look;
	return <Img src={fileOf(component, entry)} alt={alt} style={pictureCss(look)} {...(className === undefined ? {} : { className })} />;
});

/** The place is known before the file has loaded, so that nothing moves when it has. */
export const pictureCss = ({ fit = 'cover', aspectRatio, style }: PictureLook): CSSProperties => ({
	display: 'block',
	width: '100%',
	...(aspectRatio === undefined ? { height: '100%' } : { aspectRatio: aspectOf(aspectRatio) }),
	objectFit: fit,
	...cssOf(style),
});
