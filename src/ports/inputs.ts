import type { IconShape, ImageFacts } from '../model/inputs.ts';
import type { FontBook } from './font-book.ts';

/** Everything outside the spec that a compile depends on, read and checked before. Keys are the names and paths that the spec writes. */
export type Inputs = {
	readonly fonts: FontBook;
	readonly images: ReadonlyMap<string, ImageFacts>;
	readonly icons: ReadonlyMap<string, IconShape>;
};
