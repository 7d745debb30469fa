import type { Box } from '../../model/drawing.ts';

/** A coarse grid of square cells over a box, in pixels of the box. */
export type Raster = {
	readonly columns: number;
	readonly rows: number;
	/** Side of a cell. */
	readonly cell: number;
	readonly width: number;
	readonly height: number;
};

/** More cells than this cost more than the eye gets: all that is drawn so is soft. */
const MOST_COLUMNS = 360;

/** The cells that cover a box; the last column and row may stand over. */
export const rasterOf = ({ width, height }: Pick<Box, 'width' | 'height'>, wanted: number): Raster => {
	const cell = Math.max(1, wanted, Math.max(width, height) / MOST_COLUMNS);
	return { columns: Math.ceil(width / cell), rows: Math.ceil(height / cell), cell, width, height };
};
