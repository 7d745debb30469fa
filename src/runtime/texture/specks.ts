import type { Box } from '../../model/drawing.ts';
import type { Texture } from '../../model/texture.ts';
import { randomFrom } from '../noise.ts';

type Particles = Extract<Texture, { type: 'particles' }>;

/** A disc on the canvas; `soft` ones are out of focus. */
export type Speck = { readonly x: number; readonly y: number; readonly radius: number; readonly opacity: number; readonly soft: boolean };

/** Share of specks that are so near that they are out of focus, how much larger these are and how much fainter. */
const NEAR = 0.1;
const NEAR_SIZE = 8;
const NEAR_OPACITY = 0.24;
/** Share of the speed by which a speck sways to the side, and seconds of a whole sway. */
const SWAY = 0.35;
const SWAY_PERIOD = 11;

/** Where the specks are at a moment. They rise, the near ones faster, and come back from below. */
export const specksAt = (particles: Particles, box: Box, seconds: number): readonly Speck[] => {
	const random = randomFrom(particles.seed);
	return Array.from({ length: particles.count }, (): Speck => {
		const [across, along, depth, phase, focus] = [random(), random(), random() ** 1.8, 2 * Math.PI * random(), random()];
		const soft = focus < NEAR;
		const radius = (particles.size / 2) * (soft ? NEAR_SIZE * (0.5 + 0.5 * depth) : 0.18 + 0.82 * depth);
		const speed = particles.speed * (soft ? 1 : 0.3 + 0.6 * depth);
		const reach = (SWAY * speed * SWAY_PERIOD) / (2 * Math.PI);
		const sway = reach * (Math.sin(phase + (2 * Math.PI * seconds) / SWAY_PERIOD) - Math.sin(phase));
		const [x, y] = [
			box.x + between(across * (box.width + 2 * radius) + sway, box.width + 2 * radius) - radius,
			box.y + between(along * (box.height + 2 * radius) - speed * seconds, box.height + 2 * radius) - radius,
		] as const;
		const strength = strengthAt(particles, x, y, radius);
		return {
			x: round(x),
			y: round(y),
			radius: round(radius),
			opacity: round(strength * (soft ? NEAR_OPACITY : 0.3 + 0.7 * depth)),
			soft,
		};
	});
};

/** How opaque a disc may be where it is: one that touches the quiet box is as quiet as that. */
const strengthAt = ({ opacity, quiet }: Particles, x: number, y: number, radius: number): number => {
	const { box } = quiet;
	const across = Math.max(0, box.x - x, x - box.x - box.width);
	const along = Math.max(0, box.y - y, y - box.y - box.height);
	const share = Math.min(1, Math.max(0, (Math.hypot(across, along) - radius) / quiet.reach));
	return quiet.opacity + (opacity - quiet.opacity) * share * share * (3 - 2 * share);
};

/** The value moved by whole lengths into 0 to `length`. */
const between = (value: number, length: number): number => value - Math.floor(value / length) * length;

const round = (value: number): number => Math.round(value * 1000) / 1000;
