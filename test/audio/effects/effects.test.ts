import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { EFFECT_NAMES, effect, effectAccent } from '../../../src/audio/effects/effects.ts';
import { largestStep, peak } from '../../support/sounds.ts';

const Effects = suite('audio/effects');

for (const name of EFFECT_NAMES) {
	Effects(`${name} is short, quiet, free of DC, and silent at both ends`, () => {
		for (const seed of [1, 2, 99]) {
			const { sampleRate, channels } = effect(name, seed);
			assert.is(channels.length, 2);
			for (const channel of channels) {
				assert.ok(channel.length / sampleRate < 1.2);
				assert.ok(peak(channel) <= 0.2501 && peak(channel) > 0.02, `peak ${peak(channel)}`);
				assert.ok(Math.abs(channel.reduce((sum, value) => sum + value, 0) / channel.length) < 0.003);
				assert.ok(Math.abs(channel[0]!) < 1e-3 && Math.abs(channel.at(-1)!) < 1e-6);
				assert.ok(largestStep(channel) < 0.09, `step ${largestStep(channel)}`);
			}
			assert.ok(effectAccent(name) * sampleRate < channels[0]!.length);
		}
	});

	Effects(`${name} is the same for the same seed and another take for another`, () => {
		const [one, again, other] = [effect(name, 5), effect(name, 5), effect(name, 6)].map(({ channels }) => channels[0]!);
		assert.ok(one!.every((value, index) => value === again![index]));
		assert.ok(one!.some((value, index) => value !== other![index]));
	});
}

Effects.run();
