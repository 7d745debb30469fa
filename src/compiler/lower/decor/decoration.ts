import type { Box, Drawing } from '../../../model/drawing.ts';
import type { Frame } from '../../design/layout.ts';
import type { Roles } from '../../design/theme.ts';

/** What a mood draws its signature from. */
export type DecorRequest = {
	readonly frame: Frame;
	/** Colour of the ground where it starts. */
	readonly ground: string;
	/** Colours that words may stand on: shapes under words use only these. */
	readonly colors: readonly string[];
	readonly roles: Roles;
	/** The mood's own colours for shapes that keep off the words; none on a ground of the spec's own. */
	readonly loud: readonly string[];
	/** 0 to 3: arrangements, picked by the scene's id. */
	readonly arrangement: number;
	/** Where words and pictures stand: shapes in other colours keep off. */
	readonly occupied: readonly Box[];
	readonly fps: number;
	/** Frame in which movements start. */
	readonly start: number;
	/** Nothing is hidden at the first frame. */
	readonly visible: boolean;
};

export type Decorate = (request: DecorRequest) => readonly Drawing[];

/** SVG on a 100 x 100 view box in `currentColor`. */
export type Vector = { readonly body: string };

export const drawVector = (body: string, box: Box, color: string): Drawing => ({ type: 'icon', box, tracks: [], size: 100, body, color });
