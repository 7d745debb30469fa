import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { arrange } from '../../../src/audio/music/arrange.ts';
import { MUSIC_GENRES, MUSIC_MOODS, musicGenreOf, musicMoodOf } from '../../../src/audio/music/feel.ts';
import { scalePitchClasses } from '../../../src/audio/music/harmony.ts';

const LENGTHS = [0.4, 1, 2.5, 4, 6, 15, 30, 59.94, 60, 180];

const Arrange = suite('audio/music/arrange');

for (const mood of MUSIC_MOODS) {
	Arrange(`${mood} music of any length ends on a downbeat, rings out inside it, and starts nothing behind the ring`, () => {
		for (const seconds of LENGTHS) {
			const score = arrange({ mood, seconds, seed: 11 });
			const { drums, bass, chords, melody } = score.parts;
			assert.ok(score.bars.includes(score.endingAt));
			assert.ok(score.seconds - score.endingAt >= Math.min(1.6, seconds * 0.35) - 1e-9);
			for (const event of [...drums, ...bass, ...chords, ...melody]) {
				assert.ok(event.at >= 0 && event.at + event.seconds < seconds, `${event.at} + ${event.seconds} of ${seconds}`);
				assert.ok(event.velocity > 0 && event.velocity <= 1);
			}
			assert.is(score.sections[0]!.from, 0);
			assert.is(score.sections.at(-1)!.to, seconds);
			score.sections.slice(1).forEach((section, index) => {
				assert.is(section.from, score.sections[index]!.to);
			});
		}
	});

	Arrange(`${mood} music stays in its key`, () => {
		for (const seed of [1, 2, 3, 4]) {
			const score = arrange({ mood, seconds: 30, seed });
			const scale = scalePitchClasses(score);
			for (const note of [...score.parts.chords, ...score.parts.melody, ...score.parts.bass])
				assert.ok(scale.includes(note.midi % 12) || note.voice === 'bass', `${note.voice} ${note.midi}`);
		}
	});
}

Arrange('beats are exact: beat k is at k x 60 / bpm, and every fourth begins a bar', () => {
	const { beats, bars, bpm, seconds } = arrange({ mood: 'tech', seconds: 600, seed: 1 });
	beats.forEach((beat, index) => {
		assert.is(beat, (index * 60) / bpm);
	});
	bars.forEach((bar, index) => {
		assert.ok(Math.abs(bar - beats[index * 4]!) < 1e-9);
	});
	assert.ok(beats.at(-1)! < seconds && beats.at(-1)! + 60 / bpm >= seconds - 1e-6);
});

Arrange('a wanted tempo is kept, and a range is kept to', () => {
	assert.is(arrange({ mood: 'calm', seconds: 30, seed: 1, bpm: 110 }).bpm, 110);
	for (const seconds of [7, 15, 30, 61]) {
		const { bpm } = arrange({ mood: 'uplifting', seconds, seed: 1, bpm: { min: 100, max: 104 } });
		assert.ok(bpm >= 100 && bpm <= 104);
	}
});

Arrange('left to itself the tempo makes the ring-out one bar long', () => {
	for (const seconds of [15, 30, 60]) {
		const { bpm, endingAt } = arrange({ mood: 'uplifting', seconds, seed: 1 });
		assert.ok(Math.abs(seconds - endingAt - 240 / bpm) < 1e-6);
	}
});

Arrange('the voices of the pads move little from chord to chord and never rub in semitones', () => {
	for (const mood of MUSIC_MOODS) {
		const score = arrange({ mood, seconds: 40, seed: 2 });
		const pads = score.parts.chords.filter(({ voice }) => voice === 'pad');
		const voicings = score.bars
			.map((bar) => pads.filter(({ at }) => at === bar).map(({ midi }) => midi))
			.filter((notes) => notes.length > 0);
		assert.ok(voicings.length >= 8);
		for (const notes of voicings) assert.ok(notes.slice(1).every((note, index) => note - notes[index]! > 1));
		const moves = voicings
			.slice(1)
			.flatMap((notes, index) => notes.map((note) => Math.min(...voicings[index]!.map((other) => Math.abs(note - other)))));
		assert.ok(moves.reduce((sum, move) => sum + move, 0) / moves.length < 2.5);
	}
});

Arrange('the same seed gives the same score, another one another', () => {
	const one = arrange({ mood: 'playful', seconds: 20, seed: 1 });
	assert.equal(one, arrange({ mood: 'playful', seconds: 20, seed: 1 }));
	assert.ok(JSON.stringify(one.parts) !== JSON.stringify(arrange({ mood: 'playful', seconds: 20, seed: 2 }).parts));
});

Arrange('a part that is left out does not change what the others play', () => {
	const all = arrange({ mood: 'bold', seconds: 20, seed: 1 }).parts;
	const some = arrange({ mood: 'bold', seconds: 20, seed: 1, stems: ['bass', 'melody'] }).parts;
	assert.equal(some, { ...all, drums: [], chords: [] });
});

Arrange('every genre changes what is played', () => {
	const plain = JSON.stringify(arrange({ mood: 'editorial', seconds: 20, seed: 1 }));
	for (const genre of MUSIC_GENRES) assert.ok(JSON.stringify(arrange({ mood: 'editorial', seconds: 20, seed: 1, genre })) !== plain);
});

Arrange('words for moods and genres are known, inherited property names are not', () => {
	assert.is(musicMoodOf(' Inspiring '), 'uplifting');
	assert.is(musicMoodOf('tech'), 'tech');
	assert.is(musicGenreOf('LoFi'), 'lo-fi');
	for (const word of ['constructor', 'toString', '', 'zydeco']) assert.equal([musicMoodOf(word), musicGenreOf(word)], [null, null]);
});

for (const wanted of [{ seconds: 0 }, { seconds: Number.NaN }, { seconds: 10, bpm: 0 }, { seconds: 10, bpm: { min: 120, max: 90 } }])
	Arrange(`${JSON.stringify(wanted)} is refused`, () =>
		assert.throws(
			() => arrange({ mood: 'calm', seed: 1, ...wanted }),
			(error: unknown) => error instanceof RangeError,
		),
	);

Arrange.run();
