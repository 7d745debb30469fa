import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { canonicalJson } from '../../src/model/canonical-json.ts';
import { isSegmentKey, segmentKey } from '../../src/model/keys.ts';
import type { SegmentMessage, Toolchain } from '../../src/model/segment-message.ts';
import { box, track } from '../support/timelines.ts';

const Keys = suite('model/keys');

const asset = { sha256: 'a'.repeat(64), extension: 'woff' };
const style = { family: 'Inter', weight: 700, italic: false, size: 40, tracking: -1, tabular: false };

/** One of every kind of drawing, so that each of their fields is tried. */
const message: SegmentMessage = {
	canvas: { width: 160, height: 90, fps: 30 },
	frames: 12,
	scenes: [
		{
			background: { type: 'linear', angle: 160, colors: ['#111111', '#222222'] },
			layers: [
				{
					type: 'text',
					box,
					tracks: [track('y', 4, 0, 0, 9)],
					runs: [
						{ text: 'Hi', color: '#ffffff' },
						{ text: 'שלום', color: '#fffffe', face: { family: 'Fallback', weight: 600 } },
					],
					style,
					align: 'left',
					baseline: 30,
					direction: 'rtl',
				},
				{
					type: 'group',
					box,
					tracks: [],
					children: [
						{ type: 'ellipse', box, tracks: [], paint: { type: 'radial', center: { x: 1, y: 2 }, radius: 3, colors: ['#333333'] } },
					],
				},
				{ type: 'rectangle', box, tracks: [], paint: { type: 'solid', color: '#444444' }, radius: 2 },
				{ type: 'icon', box, tracks: [], size: 24, body: '<path d="M0 0"/>', color: '#555555' },
				{
					type: 'image',
					box,
					tracks: [],
					asset,
					fit: 'cover',
					radius: 0,
					focus: { x: 30, y: 20 },
					drift: [track('scale', 1, 1.08, 0, 9)],
					duotone: ['#111111', '#eeeeee'],
				},
				{
					type: 'frames',
					box,
					tracks: [],
					video: { sha256: 'c'.repeat(64), extension: 'mp4' },
					width: 64,
					height: 36,
					steps: [
						[0, 4],
						[2, 5],
					],
					fit: 'cover',
					radius: 3,
					focus: { x: 30, y: 20 },
				},
				{
					type: 'component',
					box,
					tracks: [],
					code: 'b'.repeat(64),
					props: { percent: 60 },
					axes: { platform: 'tiktok', cta: null },
					theme: {
						colors: {
							background: '#000001',
							surface: '#000002',
							ink: '#000003',
							muted: '#000004',
							accent: '#000005',
							accentInk: '#000006',
							onAccent: '#000007',
						},
						faces: {
							heading: { family: 'Inter', weight: 700 },
							body: { family: 'Inter', weight: 400 },
							strong: { family: 'Inter', weight: 600 },
						},
						u: 1,
						margin: 6,
						radius: 2,
					},
					start: -3,
					frames: 20,
				},
				{
					type: 'texture',
					box,
					tracks: [],
					texture: { type: 'mesh', colors: ['#777777', '#888888'], complexity: 3, seed: 4, u: 9 },
					time: { start: 7, fps: 30 },
				},
				{
					type: 'texture',
					box,
					tracks: [],
					texture: { type: 'noise', colors: ['#999999'], scale: 5, octaves: 3, seed: 4, u: 9 },
					time: null,
				},
				{
					type: 'texture',
					box,
					tracks: [],
					texture: {
						type: 'particles',
						color: '#aaaaaa',
						opacity: 0.5,
						quiet: { box, opacity: 0.2, reach: 3 },
						count: 6,
						size: 2,
						speed: 1,
						seed: 4,
					},
					time: null,
				},
				{
					type: 'texture',
					box,
					tracks: [],
					texture: { type: 'pattern', motif: 'dots', color: '#bbbbbb', opacity: 0.5, scale: 3, seed: 4 },
					time: null,
				},
				{
					type: 'number',
					box,
					tracks: [],
					steps: [
						{ start: 0, text: '0' },
						{
							start: 3,
							text: '9 元',
							runs: [
								{ text: '9 ', color: '#cccccd' },
								{ text: '元', color: '#ccccce', face: { family: 'Fallback', weight: 500 } },
							],
						},
					],
					color: '#cccccc',
					style,
					align: 'right',
					baseline: 31,
				},
				{
					type: 'path',
					box,
					tracks: [track('draw', 0, 1, 0, 9)],
					data: 'M0 0L9 9',
					fill: '#dddddd',
					stroke: { color: '#eeeeee', width: 2, cap: 'round' },
				},
				{ type: 'grain', box, tracks: [], seed: 1, amount: 0.02 },
			],
		},
		{ background: { type: 'solid', color: '#666666' }, layers: [] },
	],
	transition: { type: 'push', direction: 'left', frames: 12, easing: 'power2.inOut', offset: 0 },
	fonts: [{ family: 'Inter', weight: 700, italic: false, unicodeRange: 'U+0-FF', asset }],
	encoder: { codec: 'h264', preset: 'veryfast', crf: 18, threads: 2, jpegQuality: 92 },
};

const toolchain: Toolchain = { runtime: 'r', remotion: '4.0.520', react: '19', browser: 'chromium 147', encoder: 'ffmpeg 7.1' };

/** The value with one leaf changed, for every leaf. */
const mutations = (value: unknown, path = ''): readonly (readonly [string, unknown])[] => {
	if (Array.isArray(value)) {
		const inside = value.flatMap((entry, i) => mutations(entry, `${path}[${i}]`).map(([p, m]) => [p, value.with(i, m)] as const));
		return [[`${path}.length`, [...value, null]], ...inside];
	}
	if (typeof value === 'object' && value !== null) {
		return Object.entries(value).flatMap(([key, entry]) =>
			mutations(entry, `${path}.${key}`).map(([p, m]) => [p, { ...value, [key]: m }] as const),
		);
	}
	if (typeof value === 'number') return [[path, value + 1]];
	if (typeof value === 'boolean') return [[path, !value]];
	return [[path, `${String(value)}x`]];
};

Keys('changing any single field of a message changes its key', () => {
	const original = segmentKey(message, toolchain);
	const changed = mutations(message);
	assert.ok(changed.length > 80);
	const keys = new Set([original]);
	for (const [path, mutated] of changed) {
		const key = segmentKey(mutated as SegmentMessage, toolchain);
		assert.not(keys.has(key), `${path} does not change the key`);
		keys.add(key);
	}
});

Keys('changing any part of the toolchain changes the key', () => {
	for (const [path, mutated] of mutations(toolchain))
		assert.is.not(segmentKey(message, mutated as Toolchain), segmentKey(message, toolchain), path);
});

Keys('the order in which fields are written does not matter', () => {
	const turned = Object.fromEntries(Object.entries(message).reverse()) as SegmentMessage;
	assert.is(segmentKey(turned, toolchain), segmentKey(message, toolchain));
});

Keys('a field that is not known yet is in the key all the same', () => {
	assert.is.not(segmentKey({ ...message, novelty: true } as SegmentMessage, toolchain), segmentKey(message, toolchain));
});

Keys('what JSON would silently change is refused', () => {
	for (const value of [undefined, Number.NaN, Number.POSITIVE_INFINITY, new Date(0), new Map(), { a: undefined }, [undefined], 1n]) {
		assert.throws(() => canonicalJson(value), /not canonical/);
	}
	// biome-ignore lint/suspicious/noSparseArray: a hole is what is tried.
	assert.throws(() => canonicalJson([1, , 2]), /not canonical/);
});

for (const [value, text] of [
	[{ b: -0, a: ['é', null] }, '{"a":["é",null],"b":0}'],
	[{ 9: 1, 10: 2, b: [], a: {} }, '{"10":2,"9":1,"a":{},"b":[]}'],
	[{ B: 1, a: 2, A: 3, '\u{1f600}': 4, '\uffff': 5 }, '{"A":3,"B":1,"a":2,"\u{1f600}":4,"\uffff":5}'],
	[[1e21, 1e-7, 0.1, 123456789012345680000, true, false], '[1e+21,1e-7,0.1,123456789012345680000,true,false]'],
	[['"', '\\', '\n', '\u2028', '\ud800'], '["\\"","\\\\","\\n","\u2028","\\ud800"]'],
	[JSON.parse('{"__proto__": {"x": 1}, "a": 2}'), '{"__proto__":{"x":1},"a":2}'],
	[{ 'a"b': [[], [[]], {}] }, '{"a\\"b":[[],[[]],{}]}'],
] as const)
	Keys(`a value has one spelling: ${JSON.stringify(text)}`, () => assert.is(canonicalJson(value), text));

Keys('a key is 64 hexadecimal digits and nothing else', () => {
	assert.ok(isSegmentKey(segmentKey(message, toolchain)));
	for (const text of ['', '../../etc/passwd', 'A'.repeat(64), `${'a'.repeat(64)}\n`, 'a'.repeat(63)]) assert.not(isSegmentKey(text));
});

Keys.run();
