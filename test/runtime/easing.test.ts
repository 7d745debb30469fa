import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Easing } from '../../src/model/drawing.ts';
import { ease } from '../../src/runtime/easing.ts';

const Ease = suite('runtime/easing');

const FAMILIES = ['power1', 'power2', 'power3', 'power4', 'sine', 'circ', 'expo', 'back'] as const;
const EASINGS: readonly Easing[] = [
	'linear',
	...FAMILIES.flatMap((family) => (['in', 'out', 'inOut'] as const).map((direction): Easing => `${family}.${direction}`)),
	'elastic.out',
	'bounce.out',
];
/** They go past their end, or back from it, by design. */
const SWINGING = /^(back|elastic|bounce)/;

for (const easing of EASINGS) {
	Ease(`${easing} is exactly 0 and 1 at its ends and beyond them`, () => {
		assert.equal(
			[-1, 0, 1, 2].map((progress) => ease(easing, progress)),
			[0, 0, 1, 1],
		);
	});

	Ease(`${easing} has no jump at its ends`, () => {
		// `circ` is vertical at one end: a hundredth of a millionth in, and it is 0.0001 away.
		assert.ok(Math.abs(ease(easing, 1e-8)) < 2e-4);
		assert.ok(Math.abs(1 - ease(easing, 1 - 1e-8)) < 2e-4);
	});
}

for (const easing of EASINGS.filter((name) => !SWINGING.test(name))) {
	Ease(`${easing} never goes backwards`, () => {
		let last = 0;
		for (let step = 1; step <= 200; step++) {
			const value = ease(easing, step / 200);
			assert.ok(value >= last, `at ${step / 200}`);
			last = value;
		}
	});
}

for (const [easing, progress, value] of [
	['power2.out', 0.5, 0.875],
	['power3.out', 0.5, 0.9375],
	['power2.in', 0.5, 0.125],
	['power3.in', 0.5, 0.0625],
	['power2.inOut', 0.25, 0.0625],
	['sine.inOut', 0.5, 0.5],
	['expo.out', 0.5, 0.9765625],
	['power1.out', 0.5, 0.75],
	['power4.inOut', 0.25, 0.015625],
	['circ.in', 0.6, 0.2],
	['bounce.out', 0.5, 0.765625],
] as const) {
	Ease(`${easing} is ${value} at ${progress}, as in GSAP`, () => assert.ok(Math.abs(ease(easing, progress) - value) < 1e-9));
}

Ease('back.out goes past its end by a tenth and comes back', () => {
	const highest = Math.max(...Array.from({ length: 1000 }, (_, step) => ease('back.out', step / 1000)));
	assert.ok(highest > 1.095 && highest < 1.105, `${highest}`);
});

Ease('elastic.out swings past its end and comes to rest within a thousandth before it', () => {
	const values = Array.from({ length: 1000 }, (_, step) => ease('elastic.out', step / 1000));
	assert.ok(Math.max(...values) > 1.3);
	assert.ok(values.slice(980).every((value) => Math.abs(value - 1) < 1e-3));
});

Ease.run();
