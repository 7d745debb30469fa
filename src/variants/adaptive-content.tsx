import type { ReactNode } from 'react';
import { useCell } from './cell-context.ts';

type WithChildren = { readonly children?: ReactNode };

/** Content that differs from cell to cell: a place for `ForPlatform`, `ForDuration` and `Variant`. @throws Error outside of a cell */
export const AdaptiveContent = ({ children }: WithChildren): ReactNode => {
	useCell();
	return children;
};

export type NameFilter = { readonly include?: readonly string[]; readonly exclude?: readonly string[] };

/** Its children on the platforms that are included, all when left out, and not excluded. */
export const ForPlatform = ({ children, ...filter }: NameFilter & WithChildren): ReactNode => {
	const { platform } = useCell();
	return passes(platform.name, filter) ? children : null;
};

/** Its children in videos of `min` to `max` seconds, both included. */
export const ForDuration = ({
	min = 0,
	max = Number.POSITIVE_INFINITY,
	children,
}: WithChildren & { readonly min?: number; readonly max?: number }): ReactNode => {
	const { duration } = useCell();
	return duration >= min && duration <= max ? children : null;
};

export type VariantProps = NameFilter & WithChildren & { readonly name?: string; readonly mood?: string };

/** Its children in one variant (`name`), in the variants of a mood, or in those included and not excluded. All that is given must hold. */
export const Variant = ({ name, mood, children, ...filter }: VariantProps): ReactNode => {
	const { variant } = useCell();
	const fits = (name ?? variant.name) === variant.name && (mood ?? variant.mood) === variant.mood;
	return fits && passes(variant.name, filter) ? children : null;
};

const passes = (name: string, { include, exclude }: NameFilter): boolean => (include?.includes(name) ?? true) && !exclude?.includes(name);
