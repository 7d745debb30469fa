import { readFile, writeFile } from 'node:fs/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RenderFailure } from '../../src/model/failure.ts';
import type { FrameSource } from '../../src/ports/frame-source.ts';
import { type DrawingTools, drawReel } from '../../src/renderer/draw-reel.ts';
import type { SegmentEncoder } from '../../src/renderer/open-segment-encoder.ts';
import type { ReelResult, WorkerMessage } from '../../src/renderer/worker-messages.ts';
import { makeMemoryStore } from '../fakes/memory-store.ts';
import { keyOf, makeMessage } from '../fakes/segments.ts';
import { makeDirectory } from '../support/directory.ts';

const Draw = suite('renderer/draw-reel');

type Setting = {
	readonly frames?: readonly number[];
	/** What happens before a picture, at `segment.frame`. */
	readonly at?: Readonly<Record<string, () => void>>;
	/** Segments whose encoder fails at its end. */
	readonly badEnds?: readonly number[];
	/** Pictures that the source leaves out (negative) or adds at its end. */
	readonly surplus?: number;
	readonly signal?: AbortSignal;
};

type Played = {
	readonly result: ReelResult;
	readonly log: readonly string[];
	readonly messages: readonly WorkerMessage[];
	readonly files: readonly string[];
};

/** Draws a reel with a source and encoders that write down what is asked of them. */
const play = (setting: Setting): Promise<Played> =>
	makeDirectory(async (directory) => {
		const frames = setting.frames ?? [2, 3, 1];
		const segments = frames.map((count, i) => {
			const message = makeMessage(`#00000${i}`, count);
			return { key: keyOf(message), message };
		});
		const log: string[] = [];
		const messages: WorkerMessage[] = [];
		const store = makeMemoryStore(directory);
		const tools: DrawingTools = {
			source: makeSource(setting, log),
			store,
			openEncoder: (message, file) =>
				makeEncoder(
					segments.findIndex((each) => each.message === message),
					{ setting, log, file },
				),
			post: (message) => messages.push(message),
			now: () => 0,
		};
		const result = await drawReel(segments, tools, setting.signal ?? new AbortController().signal);
		const files: string[] = [];
		for (const { key } of segments) {
			const record = await store.lookup(key);
			if (record !== null) files.push(await readFile((await store.open(record)) ?? '', 'utf8'));
		}
		return { result, log, messages, files };
	});

const makeSource = ({ at = {}, surplus = 0 }: Setting, log: string[]): FrameSource => ({
	name: 'stage',
	async *draw({ segments }, signal) {
		const all = segments.flatMap((message, segment) => Array.from({ length: message.frames }, (_, frame) => ({ segment, frame })));
		const extra = Array.from({ length: Math.max(0, surplus) }, (_, i) => ({ segment: segments.length, frame: i }));
		for (const { segment, frame } of [...all.slice(0, all.length + Math.min(0, surplus)), ...extra]) {
			signal.throwIfAborted();
			at[`${segment}.${frame}`]?.();
			log.push(`draw ${segment}.${frame}`);
			yield { segment, frame, picture: { bytes: Buffer.from(`${segment}.${frame} `), held: frame === 1 } };
		}
	},
	close: async () => {},
	processIds: () => [],
});

const makeEncoder = (
	segment: number,
	{ setting, log, file }: { readonly setting: Setting; readonly log: string[]; readonly file: string },
): SegmentEncoder => {
	let text = '';
	return {
		processId: undefined,
		async write(jpeg) {
			text += Buffer.from(jpeg).toString();
		},
		async finish() {
			// Long enough for the next segment to be drawn meanwhile.
			await new Promise((resolve) => setTimeout(resolve, 20));
			if (setting.badEnds?.includes(segment)) throw new RenderFailure('ENCODE', 'made to fail');
			await writeFile(file, text);
			log.push(`end ${segment}`);
		},
		async cancel() {
			log.push(`cancel ${segment}`);
		},
	};
};

const crash = (failureClass: 'BROWSER_CRASH' | 'PAGE') => () => {
	throw new RenderFailure(failureClass, 'made to fail');
};
const key = (segment: number, frames = [2, 3, 1]) => keyOf(makeMessage(`#00000${segment}`, frames[segment] ?? 0));

Draw('every segment is published with all of its frames in order', async () => {
	const { result, files, messages } = await play({});
	assert.is(result, null);
	assert.equal(files, ['0.0 0.1 ', '1.0 1.1 1.2 ', '2.0 ']);
	assert.equal(
		messages.flatMap((message) => (message.type === 'segment-finished' ? [message.record.key] : [])),
		[key(0), key(1), key(2)],
	);
});

Draw('frames are reported in full, and the held ones among them', async () => {
	const { messages } = await play({ frames: [7] });
	const reports = messages.flatMap((message) => (message.type === 'frames' ? [[message.frames, message.held]] : []));
	assert.equal(reports, [
		[5, 1],
		[2, 0],
	]);
});

Draw('the next segment is drawn while the encoder ends the one before', async () => {
	const { log } = await play({});
	assert.ok(log.indexOf('draw 1.2') < log.indexOf('end 0'), log.join());
	assert.ok(log.indexOf('draw 2.0') > log.indexOf('end 0'), log.join());
});

Draw('a crash in a segment is that segment’s, and what was drawn before it is kept', async () => {
	const { result, files, log } = await play({ at: { '1.1': crash('BROWSER_CRASH') } });
	assert.equal(result, { segment: key(1), failure: { class: 'BROWSER_CRASH', message: 'made to fail' } });
	assert.equal(files, ['0.0 0.1 ']);
	assert.ok(log.includes('cancel 1'));
});

Draw('a crash before the first picture of a later segment is that segment’s', async () => {
	const { result } = await play({ at: { '2.0': crash('PAGE') } });
	assert.is(result?.segment, key(2));
});

Draw('a crash before the first picture of the reel is no segment’s', async () => {
	const { result, messages } = await play({ at: { '0.0': crash('BROWSER_CRASH') } });
	assert.is(result?.segment, null);
	assert.equal(messages, []);
});

Draw('an encoder that fails at its end is blamed on its segment, not on the one that is being drawn', async () => {
	const { result, files, log } = await play({ badEnds: [0] });
	assert.equal(result, { segment: key(0), failure: { class: 'ENCODE', message: 'made to fail' } });
	assert.equal(files, []);
	assert.ok(log.includes('cancel 0') && log.includes('cancel 1'), log.join());
});

Draw('a source that ends early or goes on is our bug, and nothing incomplete is published', async () => {
	const early = await play({ surplus: -1 });
	assert.is(early.result?.failure.class, 'INTERNAL');
	assert.is(early.result?.segment, key(2));
	assert.is(early.files.length, 2);
	assert.is((await play({ surplus: 1 })).result?.failure.class, 'INTERNAL');
});

Draw('an abort is no failure of a segment', async () => {
	const abort = new AbortController();
	const { result, files } = await play({ at: { '1.2': () => abort.abort() }, signal: abort.signal });
	assert.is(result?.failure.class, 'ABORTED');
	assert.is(files.length, 2, 'a segment whose pictures are all drawn is still finished');
});

Draw.run();
