import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Fit, fitDuration, type SceneLength } from '../../src/compiler/fit-duration.ts';
import { seededNumbers } from '../support/seeded-numbers.ts';

const FitDuration = suite('compiler/fit-duration');

const fixed = (frames: number): SceneLength => ({ min: frames, max: frames, share: 1 });
const flexible = (min: number, max: number, share = 1): SceneLength => ({ min, max, share });

const cases: readonly (readonly [string, readonly SceneLength[], number, Fit])[] = [
	['fixed scenes that sum to the total keep their lengths', [fixed(90), fixed(60)], 150, { fits: true, frames: [90, 60] }],
	[
		'flexible scenes share what is left by weight',
		[fixed(30), flexible(1, 900, 1), flexible(1, 900, 2)],
		120,
		{ fits: true, frames: [30, 30, 60] },
	],
	['a scene at its longest leaves the rest to the others', [flexible(10, 20), flexible(10, 900)], 100, { fits: true, frames: [20, 80] }],
	['a scene at its shortest takes from the others', [flexible(80, 900), flexible(1, 900)], 100, { fits: true, frames: [80, 20] }],
	[
		'the frames that rounding leaves go to the largest remainders, earlier scenes first',
		[flexible(1, 99), flexible(1, 99), flexible(1, 99)],
		10,
		{ fits: true, frames: [4, 3, 3] },
	],
	[
		'the last scene takes up half a frame a scene of rounding',
		[fixed(33), fixed(33), fixed(33)],
		100,
		{ fits: true, frames: [33, 33, 34] },
	],
	['scenes that are too long say by how much', [fixed(90), flexible(60, 90)], 100, { fits: false, reason: 'long', by: 50 }],
	['scenes that are too short say by how much', [fixed(30), flexible(10, 20)], 100, { fits: false, reason: 'short', by: 50 }],
];

for (const [title, scenes, total, expected] of cases) {
	FitDuration(title, () => assert.equal(fitDuration(scenes, total), expected));
}

FitDuration('whatever fits sums to the total, within every bound', () => {
	const next = seededNumbers(7);
	const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
	let fitted = 0;
	for (let round = 0; round < 3000; round++) {
		const scenes = Array.from({ length: whole(1, 8) }, () => {
			const min = whole(1, 60);
			return flexible(min, min + whole(0, 90), whole(1, 5));
		});
		const total = whole(1, 400);
		const fit = fitDuration(scenes, total);
		if (!fit.fits) continue;
		fitted += 1;
		const slack = Math.ceil(scenes.length / 2);
		assert.is(
			fit.frames.reduce((a, b) => a + b, 0),
			total,
		);
		fit.frames.forEach((frames, index) => {
			const last = index === scenes.length - 1 ? slack : 0;
			assert.ok(
				frames >= scenes[index]!.min - last && frames <= scenes[index]!.max + last,
				`${frames} outside ${JSON.stringify(scenes[index])}`,
			);
		});
	}
	assert.ok(fitted > 500);
});

FitDuration.run();
