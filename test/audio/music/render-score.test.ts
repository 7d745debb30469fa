import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { arrange } from '../../../src/audio/music/arrange.ts';
import { MUSIC_MOODS } from '../../../src/audio/music/feel.ts';
import { highPass, lowPass } from '../../../src/audio/music/filters.ts';
import { renderScore } from '../../../src/audio/music/render-score.ts';
import { largestStep, levelDb, peak, RATE } from '../../support/sounds.ts';

const rendered = (mood: (typeof MUSIC_MOODS)[number], seconds: number, seed = 4) =>
	renderScore(arrange({ mood, seconds, seed }), { sampleRate: RATE });

const band = (sound: Float32Array, from: number, to: number): number => {
	const part = sound.slice();
	highPass(part, from, RATE);
	lowPass(part, () => to, RATE);
	return levelDb(part);
};

const RenderScore = suite('audio/music/render-score');

for (const mood of MUSIC_MOODS) {
	RenderScore(`${mood} music neither clips nor clicks, has no DC, and fades to nothing`, () => {
		const { channels } = rendered(mood, 12).mix;
		for (const channel of channels) {
			assert.is(channel.length, 12 * RATE);
			assert.ok(peak(channel) <= 0.7001 && peak(channel) > 0.2, `peak ${peak(channel)}`);
			assert.ok(largestStep(channel) < 0.2, `step ${largestStep(channel)}`);
			assert.ok(Math.abs(channel.reduce((sum, value) => sum + value, 0) / channel.length) < 1e-3);
			assert.ok(levelDb(channel, 11.9, 12) < -55, `end ${levelDb(channel, 11.9, 12)}`);
		}
	});
}

RenderScore('energy falls towards the treble, and nothing stands out', () => {
	for (const mood of ['uplifting', 'calm', 'dramatic'] as const) {
		const sound = rendered(mood, 15).mix.channels[0]!;
		const [low, middle, high] = [band(sound, 40, 250), band(sound, 250, 2000), band(sound, 4000, 12_000)];
		assert.ok(Math.abs(low - middle) < 9 && middle - high > 6 && middle - high < 35, `${mood}: ${low} ${middle} ${high}`);
	}
});

RenderScore('the stems add up to the mix exactly', () => {
	const { mix, stems } = rendered('energetic', 6);
	for (const side of [0, 1]) {
		const [drums, bass, chords, melody] = [stems.drums, stems.bass, stems.chords, stems.melody].map((stem) => stem.channels[side]!);
		assert.ok(
			mix.channels[side]!.every(
				(value, index) => value === Math.fround(drums![index]! + bass![index]! + chords![index]! + melody![index]!),
			),
		);
	}
});

RenderScore('the same score gives the same samples', () => {
	const [one, again] = [rendered('playful', 5), rendered('playful', 5)].map(({ mix }) => mix.channels[1]!);
	assert.ok(one!.every((value, index) => value === again![index]));
});

RenderScore('the drums strike on the beat of the grid', () => {
	const score = arrange({ mood: 'energetic', seconds: 15, seed: 4 });
	const drums = renderScore(score, { sampleRate: RATE }).stems.drums.channels[0]!;
	const kicks = score.parts.drums.filter(({ drum }) => drum === 'kick');
	assert.ok(kicks.length > 10);
	for (const { at } of kicks.slice(1))
		assert.ok(levelDb(drums, at, at + 0.04) > levelDb(drums, at - 0.04, at - 0.005) + 3, `kick at ${at}`);
});

RenderScore('very short music, and other rates, are rendered', () => {
	assert.is(rendered('bold', 0.3).mix.channels[0]!.length, 14_400);
	assert.is(renderScore(arrange({ mood: 'bold', seconds: 3, seed: 1 }), { sampleRate: 22_050 }).mix.channels[0]!.length, 66_150);
	const silent = renderScore(arrange({ mood: 'bold', seconds: 1, seed: 1, stems: [] }), { sampleRate: RATE }).mix.channels[0]!;
	assert.is(peak(silent), 0);
});

RenderScore.run();
