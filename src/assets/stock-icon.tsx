import { type CSSProperties, type ReactNode, useMemo } from 'react';
import { Img } from 'remotion';
import type { IconShape } from '../model/inputs.ts';
import { guarded } from '../runtime/guarded.ts';
import { fileOf, useAsset } from './assets-provider.tsx';
import { type Ask, cssOf } from './said.ts';

export type IconStyle = 'line' | 'solid' | 'duotone';

export type StockIconProps = Ask<{
	/** A word or two. */
	readonly concept: string;
}> & {
	readonly provider?: 'local' | 'noun-project';
	/** How it is drawn, or CSS. `line` when left out. */
	readonly style?: IconStyle | CSSProperties;
	/** `inherit`, as when left out, is the colour of the text around it. */
	readonly color?: string;
	/** Pixels, or a CSS length. As high as the text around it when left out. */
	readonly size?: number | string;
	/** What it says, for those who cannot see it. Nothing when left out. */
	readonly label?: string;
	readonly className?: string;
};

/** An icon of the campaign in one colour. @throws Error that names the asset where the manifest has none */
export const StockIcon = guarded((props: StockIconProps): ReactNode => {
	const { name, concept, provider, style, color = 'inherit', size = '1em', label, className } = props;
	const look = typeof style === 'string' ? style : undefined;
	const entry = useAsset('StockIcon', { kind: 'stockIcon', name, provider, settings: { concept, style: look } });
	const css: CSSProperties = { display: 'inline-block', width: size, height: size, color, ...cssOf(style) };
	const frame = { css, label, ...(className === undefined ? {} : { className }) };
	if (entry.icon === undefined) return <Stencil src={fileOf('StockIcon', entry)} frame={frame} />;
	return <Shape icon={entry.icon} look={look ?? (entry.asks.settings['style'] as IconStyle | undefined) ?? 'line'} frame={frame} />;
});

type Frame = { readonly css: CSSProperties; readonly label: string | undefined; readonly className?: string };

const spoken = (label: string | undefined) =>
	label === undefined ? ({ 'aria-hidden': true } as const) : ({ role: 'img', 'aria-label': label } as const);

/** A file of someone else's as the hole that the colour is seen through: its markup never becomes part of the page. The picture makes the frame wait for it. */
const Stencil = ({ src, frame: { css, label, className } }: { readonly src: string; readonly frame: Frame }): ReactNode => {
	const mask = `url(${JSON.stringify(src)}) center / contain no-repeat`;
	return (
		<span {...spoken(label)} className={className} style={{ ...css, background: 'currentColor', mask, WebkitMask: mask }}>
			<Img src={src} alt="" style={{ width: '100%', height: '100%', opacity: 0 }} />
		</span>
	);
};

type ShapeProps = { readonly icon: IconShape; readonly look: IconStyle; readonly frame: Frame };

const Shape = guarded(({ icon: { size, body }, look, frame: { css, label, className } }: ShapeProps): ReactNode => {
	// React compares this object and not the markup in it: a new one would paint the icon again in every frame.
	const markup = useMemo(() => ({ __html: drawnAs(look, body) }), [look, body]);
	return (
		<svg
			{...spoken(label)}
			viewBox={`0 0 ${size} ${size}`}
			className={className}
			style={{ overflow: 'visible', ...css }}
			// biome-ignore lint/security/noDangerouslySetInnerHtml: `drawnAs` has refused everything but plain shapes
			dangerouslySetInnerHTML={markup}
		/>
	);
});

const PLAIN = /^(?:<\/?(?:g|path|rect|circle|ellipse|line|polyline|polygon)(?:\s+(?!on)[a-z][a-z0-9-]*="[^"<>]*")*\s*\/?>\s*)*$/i;
const CLOSED = /<(?:rect|circle|ellipse|polygon|path(?=[^>]*\sd="[^"]*z"))(?=\s)/gi;

/** Shapes that are closed are filled, wholly or lightly; lines stay lines. @throws Error for markup that is more than shapes */
export const drawnAs = (look: IconStyle, body: string): string => {
	if (!PLAIN.test(body))
		throw new Error('StockIcon: the shape of an icon in the manifest has more than shapes in it: export the assets again');
	if (look === 'line') return body;
	return body.replace(CLOSED, `$& fill="currentColor"${look === 'duotone' ? ' fill-opacity="0.25"' : ''}`);
};
