import type { Easing } from '../model/drawing.ts';
import { unreachable } from '../model/unreachable.ts';

/** How far `back.out` swings past its end: GSAP's default, 10 % of the way. */
const OVERSHOOT = 1.70158;

const powerOut = (progress: number, power: number): number => 1 - (1 - progress) ** power;

/** GSAP's exponential curve: the polynomial part lets it arrive at 1 instead of jumping the last thousandth. */
const expoOut = (progress: number): number => {
	const left = 1 - progress;
	return 1 - (2 ** (10 * (left - 1)) * left + left ** 6 * (1 - left));
};

const backOut = (progress: number): number => {
	const left = progress - 1;
	return left * left * ((OVERSHOOT + 1) * left + OVERSHOOT) + 1;
};

/** Progress 0 to 1 through a curve. Exactly 0 at 0 and below, exactly 1 at 1 and above. */
export const ease = (easing: Easing, progress: number): number => {
	if (progress <= 0) return 0;
	if (progress >= 1) return 1;
	switch (easing) {
		case 'linear':
			return progress;
		case 'power2.out':
			return powerOut(progress, 3);
		case 'power3.out':
			return powerOut(progress, 4);
		case 'expo.out':
			return expoOut(progress);
		case 'power2.in':
			return progress ** 3;
		case 'power3.in':
			return progress ** 4;
		case 'power2.inOut':
			return progress < 0.5 ? 4 * progress ** 3 : 1 - 4 * (1 - progress) ** 3;
		case 'back.out':
			return backOut(progress);
		case 'sine.inOut':
			return (1 - Math.cos(Math.PI * progress)) / 2;
		default:
			return unreachable(easing);
	}
};
