import type { Easing } from '../model/drawing.ts';
import { unreachable } from '../model/unreachable.ts';

/** How far `back` swings past its end: GSAP's default, 10 % of the way. */
const OVERSHOOT = 1.70158;

type Curve = (progress: number) => number;

const power =
	(exponent: number): Curve =>
	(progress) =>
		progress ** exponent;

const sine: Curve = (progress) => 1 - Math.cos((progress * Math.PI) / 2);
const circ: Curve = (progress) => 1 - Math.sqrt(1 - progress * progress);
/** GSAP's exponential curve: the polynomial part lets it start at 0 instead of jumping the first thousandth. */
const expo: Curve = (progress) => 2 ** (10 * (progress - 1)) * progress + progress ** 6 * (1 - progress);
const back: Curve = (progress) => progress * progress * ((OVERSHOOT + 1) * progress - OVERSHOOT);

const out =
	(curve: Curve): Curve =>
	(progress) =>
		1 - curve(1 - progress);

const inOut =
	(curve: Curve): Curve =>
	(progress) =>
		progress < 0.5 ? curve(2 * progress) / 2 : 1 - curve(2 - 2 * progress) / 2;

const ELASTIC_PERIOD = 0.3;

/** GSAP's spring of amplitude 1. Its tail is faded out: at the end of the formula alone it would still be a thousandth away. */
const elasticOut: Curve = (progress) =>
	1 + (1 - progress ** 12) * 2 ** (-10 * progress) * Math.sin(((progress - ELASTIC_PERIOD / 4) * 2 * Math.PI) / ELASTIC_PERIOD);

/** Where each hop of `bounce.out` ends, and the middle and height of its parabola. */
const HOPS = [
	{ until: 1 / 2.75, middle: 0, height: 0 },
	{ until: 2 / 2.75, middle: 1.5 / 2.75, height: 0.75 },
	{ until: 2.5 / 2.75, middle: 2.25 / 2.75, height: 0.9375 },
	{ until: 1, middle: 2.625 / 2.75, height: 0.984375 },
] as const;

const bounceOut: Curve = (progress) => {
	const { middle, height } = HOPS.find(({ until }) => progress < until) ?? HOPS[3];
	return 7.5625 * (progress - middle) ** 2 + height;
};

const CURVES: Readonly<Record<string, Curve>> = {
	power1: power(2),
	power2: power(3),
	power3: power(4),
	power4: power(5),
	sine,
	circ,
	expo,
	back,
};

/** Progress 0 to 1 through a curve. Exactly 0 at 0 and below, exactly 1 at 1 and above. */
export const ease = (easing: Easing, progress: number): number => {
	if (progress <= 0) return 0;
	if (progress >= 1) return 1;
	if (easing === 'linear') return progress;
	if (easing === 'elastic.out') return elasticOut(progress);
	if (easing === 'bounce.out') return bounceOut(progress);
	const [family, direction] = easing.split('.') as unknown as readonly [string, 'in' | 'out' | 'inOut'];
	const curve = CURVES[family]!;
	switch (direction) {
		case 'in':
			return curve(progress);
		case 'out':
			return out(curve)(progress);
		case 'inOut':
			return inOut(curve)(progress);
		default:
			return unreachable(direction);
	}
};
