import type { Decorate } from './decoration.ts';

/** Nothing: the space is the decoration. */
export const decorateMinimal: Decorate = () => [];
