import type { CSSProperties } from 'react';

/** Words that narrow a search, or CSS: a text is the former, an object the latter. */
export type Style = string | CSSProperties;

export const wordOf = (style: Style | undefined): string | undefined => (typeof style === 'string' ? style : undefined);
export const cssOf = (style: Style | undefined): CSSProperties => (typeof style === 'object' ? style : {});

/** An asset is named as the spec names it, or asked for as the spec asks. */
export type Named<Asking> = { readonly name: string } & Partial<Asking>;
export type Asked<Asking> = { readonly name?: undefined } & Asking;
export type Ask<Asking> = Named<Asking> | Asked<Asking>;

/** Seconds as whole frames, at least one. @throws RangeError for what is no length */
export const framesOf = (seconds: number, fps: number): number => {
	if (!(seconds > 0 && Number.isFinite(seconds))) throw new RangeError(`a duration is a number of seconds above 0, got ${seconds}`);
	return Math.max(1, Math.round(seconds * fps));
};

/** `16:9` as CSS says it. @throws RangeError for anything else */
export const aspectOf = (written: string): string => {
	const [, width, height] = /^(\d{1,4}):(\d{1,4})$/.exec(written) ?? [];
	if (width === undefined || height === undefined || Number(width) === 0 || Number(height) === 0)
		throw new RangeError(`an aspect ratio is written 16:9, got "${written}"`);
	return `${width} / ${height}`;
};
