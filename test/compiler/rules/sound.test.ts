import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HEAD, shortReportOf } from '../../support/spec-report.ts';

const Sound = suite('compiler/rules/sound');

const SAID = 'scenes: [{id: a, voiceover: Hello.}]\n';

for (const [title, text, expected] of [
	[
		'a scene as long as its voice needs one',
		`${HEAD}scenes: [{id: a, duration: auto}]\n`,
		['5:28 RF3073 `auto` is as long as the voice-over, and the scene has none | write a `voiceover`, or a length in seconds'],
	],
	[
		'a picture cannot be music',
		`${HEAD}assets: {sky: {stockImage: {query: dusk}}}\nmusic: asset.sky\n${SAID}`,
		['6:8 RF3076 the asset "sky" does not suit this place | name an asset with `stockMusic` or `generatedMusic`'],
	],
	[
		'music cannot be a layer',
		`${HEAD}assets: {bed: {stockMusic: {mood: calm}}}\nscenes: [{id: a, layers: [{image: asset.bed}]}]\n`,
		['6:35 RF3076 the asset "bed" does not suit this place | name an asset with `stockImage` or `generatedImage`'],
	],
	[
		'an asset that the spec does not have',
		`${HEAD}assets: {bed: {stockMusic: {mood: calm}}}\nmusic: asset.bde\n${SAID}`,
		['6:8 RF3001 the spec has no asset "bde" | did you mean "bed"?'],
	],
	[
		'a script and a document at once',
		`${HEAD}scenes: [{id: a, voiceover: {script: Hi., ssml: <speak>Hi.</speak>}}]\n`,
		['5:43 RF3077 a voice-over has `script` or `ssml`, not both | keep one of the two'],
	],
	[
		'a voice-over of settings alone',
		`${HEAD}scenes: [{id: a, voiceover: {delay: 1}}]\n`,
		['5:29 RF3077 the voice-over has nothing to say | write a `script` or `ssml`'],
	],
	[
		'a tempo that is slower than it is',
		`${HEAD}music: {bpm: {min: 140, max: 90}}\n${SAID}`,
		['5:20 RF3079 min 140 is more than max 90 | exchange them, or raise max'],
	],
	[
		'cuts on the beats of a file of unknown tempo',
		`${HEAD}music: {source: bed.mp3, cutOnBeat: true}\n${SAID}`,
		['5:37 RF3079 the beats of a file are not known while scenes are cut | write its tempo: `bpm: 120`, or leave `cutOnBeat` out'],
	],
	...["'   '", "'[pause: 2]'", "'... !!!'", "'😀🎉'", '{ssml: <speak></speak>}'].map(
		(written) =>
			[
				`a voice-over of ${written} says nothing`,
				`${HEAD}scenes: [{id: a, voiceover: ${written}}]\n`,
				[
					`5:${written.startsWith('{') ? 36 : 29} RF3077 the voice-over has nothing to say | write words that can be said, or remove the voice-over`,
				],
			] as const,
	),
	[
		'the drums of music without drums',
		`${HEAD}music: {mood: calm, stems: [drums]}\n${SAID}`,
		['5:28 RF3080 calm music has no drums to be heard alone | name another stem, or another mood or genre'],
	],
	[
		'the drums of a genre without drums',
		`${HEAD}music: {mood: bold, genre: ambient, stems: [drums]}\n${SAID}`,
		['5:44 RF3080 bold music of the genre ambient has no drums to be heard alone | name another stem, or another mood or genre'],
	],
	[
		'the drums of a variant without drums',
		`${HEAD}variants: {a: {mood: bold}, b: {mood: calm}}\nmusic: {stems: [drums]}\n${SAID}`,
		['6:16 RF3080 calm music has no drums to be heard alone | name another stem, or another mood or genre'],
	],
	['the drums of music that has some', `${HEAD}music: {mood: bold, stems: [drums]}\n${SAID}`, []],
	['drums that are not alone', `${HEAD}music: {mood: calm, stems: [drums, chords]}\n${SAID}`, []],
	['cuts on the beats of a file whose tempo is written', `${HEAD}music: {source: bed.mp3, cutOnBeat: true, bpm: 120}\n${SAID}`, []],
] as const) {
	Sound(title, () => assert.equal(shortReportOf(text), expected));
}

Sound('captions without a voice are a warning, of the spec and of a scene', () => {
	const [whole = ''] = shortReportOf(`${HEAD}captions: true\nscenes: [{id: a}]\n`);
	assert.match(whole, /warning\[RF3078\] no scene has a voice-over to show captions of \| write a `voiceover`, or remove the captions/);
	const [layer = ''] = shortReportOf(`${HEAD}scenes: [{id: a, voiceover: Hi.}, {id: b, layers: [{captions: {}}]}]\n`);
	assert.match(layer, /warning\[RF3078\] the scene has no voice-over to show captions of/);
});

Sound.run();
