import { createContext, useContext } from 'react';
import { getInputProps } from 'remotion';
import { type Aspect, aspectOf } from '../model/platform.ts';
import { guarded } from '../runtime/guarded.ts';
import type { VariantCell } from './matrix.ts';

/** Key of the input props under which a composition that no matrix has registered is given its cell. */
export const CELL_PROP = 'reelformCell';

export const CellContext = createContext<VariantCell | null>(null);

/** The cell that is drawn. @throws Error outside of a `VariantMatrix` and of a render by `renderVariantMatrix` */
export const useCell = guarded((): VariantCell => {
	const cell = useContext(CellContext) ?? givenCell();
	if (cell === null)
		throw new Error('there is no variant here: put the component into a <VariantMatrix>, or render it with renderVariantMatrix()');
	return cell;
});

/** Input props are there in browsers only. */
const givenCell = (): VariantCell | null =>
	typeof window === 'undefined' ? null : ((getInputProps()[CELL_PROP] as VariantCell | undefined) ?? null);

/** The variant's name and mood. */
export const useVariant = (): VariantCell['variant'] => useCell().variant;

/** The platform's name, size, frame rate and aspect. */
export const usePlatform = (): VariantCell['platform'] & { readonly aspect: Aspect } => {
	const { platform } = useCell();
	return { ...platform, aspect: aspectOf(platform) };
};

/** Seconds. */
export const useDuration = (): number => useCell().duration;

/** Name of the call to action, or null when the matrix has none. */
export const useCta = (): string | null => useCell().cta;
