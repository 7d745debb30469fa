import qrcode from 'qrcode-generator';
import type { Box, Drawing } from '../../model/drawing.ts';
import { fromOklch, oklchOf } from '../design/color.ts';
import type { SceneContext } from './scene-context.ts';

/** The squares of a code without its quiet zone, row by row; true is dark. */
export type QrModules = { readonly count: number; readonly rows: readonly (readonly boolean[])[] };

/** Modules of light around a code: the standard asks for four, and scanners fail without them. */
const QUIET = 4;

/** Side of one module, in u, below which a phone held at arm's length does not resolve it. */
const LEAST_MODULE = 0.42;

/** Bytes. Long ones need a large code, which then does not fit; none that the schema allows is longer than this. */
export const LONGEST_QR = 1200;

/** The smallest code of correction level M that holds a text as UTF-8. @throws RangeError for a text above `LONGEST_QR` bytes. */
export const qrModules = (text: string): QrModules => {
	const bytes = new TextEncoder().encode(text);
	if (bytes.length > LONGEST_QR) throw new RangeError(`a QR code holds ${LONGEST_QR} bytes, got ${bytes.length}`);
	const code = qrcode(0, 'M');
	// The library takes each character for one byte.
	code.addData(String.fromCharCode(...bytes), 'Byte');
	code.make();
	const count = code.getModuleCount();
	const each = Array.from({ length: count }, (_, index) => index);
	return { count, rows: each.map((row) => each.map((column) => code.isDark(row, column))) };
};

/** Side in pixels below which a code cannot be scanned from a video, quiet zone included. */
export const leastQrSide = ({ count }: QrModules, u: number): number => (count + 2 * QUIET) * Math.max(2, LEAST_MODULE * u);

export type QrColors = { readonly dark: string; readonly light: string };

/** Dark on white in the hue of the brand: some scanners cannot read a code that is light on dark, and all need the contrast. */
export const qrColors = ({ theme }: SceneContext): QrColors => {
	const { c, h } = oklchOf(theme.palette.primary);
	return { dark: fromOklch({ l: 0.2, c: Math.min(c, 0.05), h }), light: '#ffffff' };
};

export type QrToDraw = {
	readonly modules: QrModules;
	/** The largest square in the middle of it is used. */
	readonly box: Box;
	readonly colors: QrColors;
	/** Pixels. */
	readonly radius: number;
};

/** A code on its quiet zone, without movement. Modules are whole pixels, so that their edges stay sharp. */
export const drawQr = ({ modules, box, colors, radius }: QrToDraw): Drawing => {
	const side = Math.floor(Math.min(box.width, box.height));
	const x = Math.round(box.x + (box.width - side) / 2);
	const y = Math.round(box.y + (box.height - side) / 2);
	const pixel = Math.max(1, Math.floor(side / (modules.count + 2 * QUIET)));
	const inner = pixel * modules.count;
	const margin = Math.floor((side - inner) / 2);
	const outer = { x, y, width: side, height: side };
	const code = { x: x + margin, y: y + margin, width: inner, height: inner };
	return {
		type: 'group',
		box: outer,
		tracks: [],
		children: [
			{
				type: 'rectangle',
				box: outer,
				tracks: [],
				paint: { type: 'solid', color: colors.light },
				// A larger one would cut into the corners that scanners look for.
				radius: Math.min(radius, margin),
			},
			{ type: 'icon', box: code, tracks: [], size: modules.count, body: pathOf(modules), color: colors.dark },
		],
	};
};

const pathOf = ({ rows }: QrModules): string => {
	const runs = rows.flatMap((row, y) => runsOf(row).map(({ start, length }) => `M${start} ${y}h${length}v1h-${length}z`));
	return `<path fill="currentColor" shape-rendering="crispEdges" d="${runs.join('')}"/>`;
};

const runsOf = (row: readonly boolean[]): readonly { readonly start: number; readonly length: number }[] =>
	row.flatMap((dark, start) => {
		if (!dark || row[start - 1] === true) return [];
		const end = row.indexOf(false, start);
		return [{ start, length: (end === -1 ? row.length : end) - start }];
	});
