import type { CSSProperties, ReactNode } from 'react';
import { Img } from 'remotion';
import type { Drawing } from '../model/drawing.ts';
import { place } from './draw-shape.tsx';
import { assetUrl } from './load-fonts.ts';
import { ScaledPicture } from './scaled-picture.tsx';
import { styleAt } from './tracks.ts';

type ImageDrawing = Extract<Drawing, { type: 'image' }>;

type Drawn = { readonly drawing: ImageDrawing /** Counts from the segment's first. */; readonly frame: number };

/** The frame waits until the picture is decoded. A file that fails once fails again: it is local, so there is no second try. */
export const DrawImage = ({ drawing, frame }: Drawn): ReactNode => {
	const { asset, box, radius, drift, duotone } = drawing;
	const rounded: CSSProperties = radius === 0 ? {} : { borderRadius: radius };
	const picture = (style: CSSProperties): ReactNode => (
		<>
			{duotone && <DuotoneFilter inks={duotone} />}
			{asset.extension === 'svg' ? (
				<Img src={assetUrl(asset)} maxRetries={0} style={{ ...style, ...pictureStyle(drawing) }} />
			) : (
				<ScaledPicture url={assetUrl(asset)} fit={drawing.fit} target={targetOf(drawing)} style={{ ...style, ...pictureStyle(drawing) }} />
			)}
		</>
	);
	if (drift === undefined) return picture({ ...place(box), ...rounded });
	// The box cuts off, and the picture moves in it, around the middle that it has there.
	const inside = { x: 0, y: 0, width: box.width, height: box.height };
	return (
		<div style={{ ...place(box), ...rounded, overflow: 'hidden' }}>
			<div style={{ position: 'absolute', inset: 0, ...styleAt({ ...drawing, box: inside, tracks: drift }, frame) }}>
				{picture(place(inside))}
			</div>
		</div>
	);
};

/** The largest size at which the drawing itself shows the picture. */
const targetOf = ({ box, drift = [] }: ImageDrawing): { readonly width: number; readonly height: number } => {
	const zoom = Math.max(1, ...drift.filter((track) => track.property === 'scale').flatMap((track) => [track.from, track.to]));
	return { width: box.width * zoom, height: box.height * zoom };
};

const pictureStyle = ({ fit, focus, duotone }: ImageDrawing): CSSProperties => ({
	objectFit: fit,
	...(focus === undefined ? {} : { objectPosition: `${focus.x}% ${focus.y}%` }),
	...(duotone === undefined ? {} : { filter: `url(#${filterId(duotone)})` }),
});

type Inks = readonly [dark: string, light: string];

/** Named by what it does: two of one name are the same. */
const filterId = (inks: Inks): string => `duotone${inks.join('').replaceAll('#', '-')}`;

const channel = (color: string, at: 1 | 3 | 5): number => Number.parseInt(color.slice(at, at + 2), 16) / 255;

/** Brightness of a picture, by the weights of Rec. 709, and then a colour between both inks for each. */
const DuotoneFilter = ({ inks }: { readonly inks: Inks }): ReactNode => {
	const table = (at: 1 | 3 | 5): string => inks.map((ink) => channel(ink, at).toFixed(4)).join(' ');
	return (
		<svg aria-hidden="true" width={0} height={0} style={{ position: 'absolute' }}>
			<filter id={filterId(inks)} colorInterpolationFilters="sRGB" x="0" y="0" width="1" height="1">
				<feColorMatrix type="matrix" values={`${LUMA} ${LUMA} ${LUMA} 0 0 0 1 0`} />
				<feComponentTransfer>
					<feFuncR type="table" tableValues={table(1)} />
					<feFuncG type="table" tableValues={table(3)} />
					<feFuncB type="table" tableValues={table(5)} />
				</feComponentTransfer>
			</filter>
		</svg>
	);
};

const LUMA = '0.2126 0.7152 0.0722 0 0';
