import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ExpectedPicture } from '../../src/model/expected-pictures.ts';
import type { Glimpse } from '../../src/renderer/decode-frames.ts';
import { flatRuns, suspectFrames } from '../../src/renderer/flat-runs.ts';

const Flat = suite('renderer/flat-runs');

type Planes = readonly [luma: number, blue: number, red: number];

const plain = ([luma, blue, red]: Planes): Glimpse => ({
	luma: new Uint8Array(16).fill(luma),
	blue: new Uint8Array(4).fill(blue),
	red: new Uint8Array(4).fill(red),
});
const black = plain([16, 128, 128]);
const nearlyBlack = plain([20, 128, 128]);
const white = plain([235, 128, 128]);
/** Of the brightness of `grey`. */
const red = plain([63, 102, 240]);
const grey = plain([63, 128, 128]);
const drawn: Glimpse = { ...black, luma: Uint8Array.from({ length: 16 }, (_, i) => (i === 9 ? 80 : 16)) };
const tinted: Glimpse = { ...black, red: Uint8Array.from([128, 128, 150, 128]) };

const rows: readonly (readonly [title: string, glimpses: readonly Glimpse[], runs: readonly (readonly [number, number])[]])[] = [
	['frames with something on them', [drawn, drawn, tinted], []],
	['a run in the middle', [drawn, black, black, nearlyBlack, drawn], [[1, 3]]],
	['one frame', [drawn, drawn, white], [[2, 2]]],
	[
		'a colour that changes',
		[black, black, white],
		[
			[0, 1],
			[2, 2],
		],
	],
	[
		'another colour of the same brightness',
		[grey, red],
		[
			[0, 0],
			[1, 1],
		],
	],
	['no frames', [], []],
];
for (const [title, glimpses, runs] of rows) {
	Flat(`${title}: ${runs.length === 0 ? 'no run' : `runs ${runs.map((run) => run.join(' to ')).join(', ')}`}`, () => {
		assert.equal(
			flatRuns(glimpses).map(({ first, last }) => [first, last]),
			runs,
		);
	});
}

Flat('the colour of a run is that of the video', () => {
	assert.equal(
		flatRuns([black, white, red]).map(({ color }) => color),
		[
			[0, 0, 0],
			[255, 255, 255],
			[255, 1, 0],
		],
	);
});

const nothing = { texts: [], hasImage: false, ground: null };
const text = { text: 'Now', box: { x: 0, y: 0, width: 9, height: 9 }, colors: ['#ffffff'], grounds: null, ink: 3 };
const run = { first: 10, last: 19, color: [0, 0, 0] as const };
const suspects: readonly (readonly [
	title: string,
	says: Omit<ExpectedPicture, 'frame'>,
	known: readonly number[],
	frame: number | null,
])[] = [
	['nothing that is sure', nothing, [], null],
	['its own colour', { ...nothing, ground: '#0a0a0a' }, [], null],
	['another ground', { ...nothing, ground: '#404040' }, [], 14],
	['a text', { ...nothing, texts: [text] }, [], 14],
	['an image', { ...nothing, hasImage: true }, [], 14],
	['a text, and one of its frames was looked at', { ...nothing, texts: [text] }, [4, 19], null],
	['a text, and other frames were looked at', { ...nothing, texts: [text] }, [4, 20], 14],
];
for (const [title, says, known, frame] of suspects) {
	Flat(`a black run whose message says ${title}: ${frame === null ? 'no suspect' : `frame ${frame}`}`, () => {
		assert.equal(
			suspectFrames([run], known, (at) => ({ ...says, frame: at })).map((picture) => picture.frame),
			frame === null ? [] : [frame],
		);
	});
}

Flat('a run that begins with something that is sure is told by its first frame', () => {
	const at = (frame: number): ExpectedPicture => ({ ...nothing, frame, texts: frame === 10 ? [text] : [] });
	assert.equal(
		suspectFrames([run], [], at).map(({ frame }) => frame),
		[10],
	);
});

Flat.run();
