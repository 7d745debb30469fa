import { type ReactNode, useId, useLayoutEffect, useMemo, useRef } from 'react';
import type { Box, Drawing } from '../model/drawing.ts';
import type { Texture, TextureTime } from '../model/texture.ts';
import { unreachable } from '../model/unreachable.ts';
import { contextOf } from './draw-grain.tsx';
import { place } from './draw-shape.tsx';
import { cloudPixels } from './texture/clouds.ts';
import { marksOf } from './texture/marks.ts';
import { meshPixels } from './texture/mesh.ts';
import { type Raster, rasterOf } from './texture/raster.ts';
import { specksAt } from './texture/specks.ts';

type TextureDrawing = Extract<Drawing, { type: 'texture' }>;

export const DrawTexture = ({ drawing, frame }: { readonly drawing: TextureDrawing; readonly frame: number }): ReactNode => {
	const { texture, box, time } = drawing;
	const seconds = secondsAt(time, frame);
	switch (texture.type) {
		case 'mesh':
		case 'noise':
			return <SoftPicture texture={texture} box={box} seconds={seconds} />;
		case 'particles':
			return <Specks texture={texture} box={box} seconds={seconds} />;
		case 'pattern':
			return <Pattern texture={texture} box={box} />;
		default:
			return unreachable(texture);
	}
};

/** Seconds of the scene that have passed, 0 for what does not move. */
export const secondsAt = (time: TextureTime | null, frame: number): number => (time === null ? 0 : (time.start + frame) / time.fps);

type SoftTexture = Extract<Texture, { type: 'mesh' | 'noise' }>;
type Part<T> = { readonly texture: T; readonly box: Box };
type MovingPart<T> = Part<T> & { readonly seconds: number };

/** u on the side of a cell at most, and at least where clouds have fine detail, of which a cell is this share. */
const CELL = { most: 1, least: 0.5, detail: 0.2 } as const;

const cellOf = (texture: SoftTexture): number => {
	if (texture.type === 'mesh') return CELL.most * texture.u;
	const finest = texture.scale / 2 ** (texture.octaves - 1);
	return Math.min(CELL.most * texture.u, Math.max(CELL.least * texture.u, CELL.detail * finest));
};

/** Drawn in coarse cells and enlarged by the browser, which runs between them smoothly: a tenth of the work, and no edge to be lost. */
const SoftPicture = ({ texture, box, seconds }: MovingPart<SoftTexture>): ReactNode => {
	const canvas = useRef<HTMLCanvasElement>(null);
	const { width, height } = box;
	const raster = useMemo(() => rasterOf({ width, height }, cellOf(texture)), [texture, width, height]);
	useLayoutEffect(() => {
		const pixels = pixelsOf(texture, raster, seconds);
		contextOf(canvas.current!).putImageData(new ImageData(pixels, raster.columns, raster.rows), 0, 0);
	}, [texture, raster, seconds]);
	const whole = { ...box, width: raster.columns * raster.cell, height: raster.rows * raster.cell };
	return <canvas ref={canvas} width={raster.columns} height={raster.rows} style={place(whole)} />;
};

const pixelsOf = (texture: SoftTexture, raster: Raster, seconds: number): Uint8ClampedArray<ArrayBuffer> =>
	texture.type === 'mesh' ? meshPixels(texture, raster, seconds) : cloudPixels(texture, raster, seconds);

const viewBoxOf = ({ x, y, width, height }: Box): string => `${x} ${y} ${width} ${height}`;

const Specks = ({ texture, box, seconds }: MovingPart<Extract<Texture, { type: 'particles' }>>): ReactNode => {
	const id = useId();
	return (
		<svg style={place(box)} viewBox={viewBoxOf(box)} aria-hidden="true">
			<radialGradient id={id}>
				<stop offset="0" stopColor={texture.color} />
				<stop offset="0.3" stopColor={texture.color} stopOpacity={0.72} />
				<stop offset="0.65" stopColor={texture.color} stopOpacity={0.2} />
				<stop offset="1" stopColor={texture.color} stopOpacity={0} />
			</radialGradient>
			{specksAt(texture, box, seconds).map(({ x, y, radius, opacity, soft }, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a speck is its place in the list
				<circle key={index} cx={x} cy={y} r={radius} fill={soft ? `url(#${id})` : texture.color} fillOpacity={opacity} />
			))}
		</svg>
	);
};

/** Painted once: as shapes in the page thousands of marks would be painted again in every frame in which anything moves over them. */
const Pattern = ({ texture, box }: Part<Extract<Texture, { type: 'pattern' }>>): ReactNode => {
	const canvas = useRef<HTMLCanvasElement>(null);
	useLayoutEffect(() => {
		const context = contextOf(canvas.current!);
		context.setTransform(1, 0, 0, 1, -box.x, -box.y);
		context.clearRect(box.x, box.y, box.width, box.height);
		context.fillStyle = texture.color;
		context.strokeStyle = texture.color;
		for (const { data, stroke, opacity } of marksOf(texture, box)) {
			context.globalAlpha = opacity;
			context.lineWidth = stroke ?? 0;
			if (stroke === null) context.fill(new Path2D(data));
			else context.stroke(new Path2D(data));
		}
	}, [texture, box]);
	return <canvas ref={canvas} width={Math.ceil(box.width)} height={Math.ceil(box.height)} style={place(box)} />;
};
