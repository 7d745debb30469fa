import type { ReactNode } from 'react';
import { useCurrentFrame, useVideoConfig } from 'remotion';
import type { Texture } from '../model/texture.ts';
import { unreachable } from '../model/unreachable.ts';
import { DrawTexture } from '../runtime/draw-texture.tsx';
import { guarded } from '../runtime/guarded.ts';
import { parseHexColor } from './hex-color.ts';
import { Mist } from './mist.tsx';

type Common = {
	/** The same number gives the same picture, on every machine. 0 when left out. */
	readonly seed?: number;
	/** Whether it moves. */
	readonly animated?: boolean;
};

/** Colours are `#rrggbb`; those of noise and particles may end with their opacity: `#ffffff20`. */
export type GeneratedBackgroundProps = Common &
	(
		| {
				readonly type: 'gradient-mesh';
				readonly colors: readonly string[];
				/** 0 (few large fields) to 1 (many small ones). 0.5 when left out. */
				readonly complexity?: number;
		  }
		| {
				readonly type: 'noise';
				/** Waves a pixel: 0.01 makes clouds of a hundred pixels. */
				readonly scale?: number;
				/** 1 (soft) to 5 (detailed). 3 when left out. */
				readonly octaves?: number;
				readonly color?: string;
		  }
		| {
				readonly type: 'particles';
				/** 0 to 2000. 50 when left out. */
				readonly count?: number;
				readonly color?: string;
				/** 1 is a tenth of the shorter side a second. They move unless `animated` is false. */
				readonly speed?: number;
		  }
	);

/** Fills the composition with a picture that is computed. @throws RangeError for a value out of its range */
export const GeneratedBackground = guarded((props: GeneratedBackgroundProps): ReactNode => {
	const frame = useCurrentFrame();
	const { width, height, fps } = useVideoConfig();
	const box = { x: 0, y: 0, width, height };
	const moves = props.animated ?? props.type === 'particles';
	if (props.type === 'noise') return <Mist {...mistOf(props)} box={box} seconds={moves ? frame / fps : 0} u={unitOf(box)} />;
	const time = moves ? { start: 0, fps } : null;
	return <DrawTexture drawing={{ type: 'texture', box, tracks: [], time, texture: textureOf(props, unitOf(box)) }} frame={frame} />;
});

const unitOf = ({ width, height }: { readonly width: number; readonly height: number }): number => Math.min(width, height) / 100;

const NOWHERE = { x: 0, y: 0, width: 0, height: 0 };

type Drawn = Extract<GeneratedBackgroundProps, { type: 'gradient-mesh' | 'particles' }>;

/** What the runtime draws for a campaign's backgrounds of the same kind. */
export const textureOf = (props: Drawn, u: number): Texture => {
	const seed = wholeIn('seed', props.seed ?? 0, [0, 0xffffffff]);
	switch (props.type) {
		case 'gradient-mesh': {
			const colors = props.colors.map((color) => parseHexColor(color).rgb);
			if (colors.length < 2) throw new RangeError('a gradient mesh has at least two colours');
			const complexity = 1 + Math.round(numberIn('complexity', props.complexity ?? 0.5, [0, 1]) * 4);
			return { type: 'mesh', colors, complexity, seed, u };
		}
		case 'particles': {
			const { rgb, alpha } = parseHexColor(props.color ?? '#ffffff40');
			const count = wholeIn('count', props.count ?? 50, [0, 2000]);
			const speed = numberIn('speed', props.speed ?? 0.5, [0, 20]) * 10 * u;
			// No text is known that the specks would have to keep away from.
			const quiet = { box: NOWHERE, opacity: alpha, reach: u };
			return { type: 'particles', color: rgb, opacity: alpha, quiet, count, size: 1.6 * u, speed, seed };
		}
		default:
			return unreachable(props);
	}
};

const mistOf = (props: Extract<GeneratedBackgroundProps, { type: 'noise' }>) => ({
	...parseHexColor(props.color ?? '#ffffff20'),
	scale: 1 / numberIn('scale', props.scale ?? 0.005, [0.0001, 1]),
	octaves: wholeIn('octaves', props.octaves ?? 3, [1, 5]),
	seed: wholeIn('seed', props.seed ?? 0, [0, 0xffffffff]),
});

type Range = readonly [least: number, most: number];

const numberIn = (name: string, value: number, [least, most]: Range): number => {
	if (!(value >= least && value <= most)) throw new RangeError(`${name} is between ${least} and ${most}, got ${value}`);
	return value;
};

const wholeIn = (name: string, value: number, range: Range): number => {
	if (!Number.isInteger(value)) throw new RangeError(`${name} is a whole number, got ${value}`);
	return numberIn(name, value, range);
};
