import type { Canvas } from './segment-message.ts';

/** Shares of the canvas, 0 to 1, that the platform's interface may cover. */
export type SafeArea = { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };

export type Platform = {
	readonly name: string;
	readonly canvas: Canvas;
	readonly safeArea: SafeArea;
	/** Seconds that the platform accepts, both ends included. */
	readonly limits: { readonly minSeconds: number; readonly maxSeconds: number };
	/** LUFS, integrated, that it plays videos at; -14 when left out. */
	readonly loudness?: number;
};

export type Aspect = 'portrait' | 'landscape' | 'square';

/** Square is within 10 % of 1:1. */
export const aspectOf = (canvas: { readonly width: number; readonly height: number }): Aspect => {
	const ratio = canvas.width / canvas.height;
	if (ratio > 1.1) return 'landscape';
	return ratio < 1 / 1.1 ? 'portrait' : 'square';
};
