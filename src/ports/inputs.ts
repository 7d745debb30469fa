import type { ComponentFacts, IconShape, ImageFacts, VideoFacts } from '../model/inputs.ts';
import type { FontBook } from './font-book.ts';

/** Everything outside the spec that a compile depends on, read and checked before. Keys are the names and paths that the spec writes. */
export type Inputs = {
	readonly fonts: FontBook;
	readonly images: ReadonlyMap<string, ImageFacts>;
	/** None when left out. */
	readonly videos?: ReadonlyMap<string, VideoFacts>;
	readonly icons: ReadonlyMap<string, IconShape>;
	/** None when left out. */
	readonly components?: ReadonlyMap<string, ComponentFacts>;
	/** JSON Schemas of props, as written. None when left out. */
	readonly propsSchemas?: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
};
