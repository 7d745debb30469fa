import { segmentKey } from '../../src/model/keys.ts';
import type { ExecutablePlan, OutputChange, PlannedOutput, PlannedSegment, RenderPlan } from '../../src/model/render-plan.ts';
import type { SegmentMessage, Toolchain } from '../../src/model/segment-message.ts';

export const toolchain: Toolchain = { runtime: 'aa', remotion: '4.0.520', react: '19.2.3', browser: 'Chromium 147', encoder: 'ffmpeg 7.1' };

export const message = (color: string, frames: number): SegmentMessage => ({
	canvas: { width: 160, height: 90, fps: 30 },
	frames,
	scenes: [{ background: { type: 'solid', color }, layers: [] }],
	transition: null,
	fonts: [],
	encoder: { codec: 'h264', preset: 'ultrafast', crf: 30, threads: 1, jpegQuality: 80 },
});

type Sketch = {
	/** Output id to the names of its segments. */
	readonly outputs: Readonly<Record<string, readonly string[]>>;
	/** Names of the segments that the store holds. */
	readonly stored?: readonly string[];
	readonly changes?: Readonly<Record<string, OutputChange['change']>>;
	readonly reason?: string;
	readonly basis?: 'measured' | 'default';
	readonly toolchain?: Toolchain;
};

/** A plan in which a segment's name is its label and decides its colour; every segment has 30 frames. Ids are `platform/15s/variant/cta`. */
export const samplePlan = (sketch: Sketch): ExecutablePlan => {
	const names = [...new Set(Object.values(sketch.outputs).flat())];
	const messages = new Map(names.map((name) => [name, message(`#${name}`, 30)]));
	const tools = sketch.toolchain ?? toolchain;
	const keyOf = (name: string) => segmentKey(messages.get(name)!, tools);
	const outputs = Object.entries(sketch.outputs).map(([id, segments]): PlannedOutput => {
		const [platform = '', duration = '', variant = '', cta = null] = id.split('/');
		const axes = { platform, duration: Number.parseFloat(duration), variant, mood: 'calm', cta };
		const path = `${platform}/${variant}/${duration}-${cta}.mp4`;
		return {
			id,
			path,
			axes,
			recipient: null,
			width: 160,
			height: 90,
			fps: 30,
			frames: 30 * segments.length,
			segments: segments.map(keyOf),
		};
	});
	const stored = new Set(sketch.stored);
	const segments = names.map(
		(name): PlannedSegment => ({
			key: keyOf(name),
			label: name,
			canvas: { width: 160, height: 90, fps: 30 },
			frames: 30,
			uses: Object.values(sketch.outputs)
				.flat()
				.filter((used) => used === name).length,
			action: stored.has(name) ? 'reuse' : 'render',
			reason: stored.has(name) ? 'in the store' : (sketch.reason ?? 'new'),
		}),
	);
	const changes = { ...Object.fromEntries(outputs.map(({ id }) => [id, 'new' as const])), ...sketch.changes };
	const paths = new Map(outputs.map(({ id, path }) => [id, path]));
	return {
		plan: {
			formatVersion: 1,
			campaign: 'launch',
			summary: summary(outputs, segments, sketch.basis ?? 'measured'),
			outputs,
			segments,
			changes: Object.entries(changes).map(([id, change]) => ({ id, path: paths.get(id) ?? `${id}.mp4`, change })),
		},
		toolchain: tools,
		messages: Object.fromEntries(names.map((name) => [keyOf(name), messages.get(name)!])),
	};
};

const summary = (
	outputs: readonly PlannedOutput[],
	segments: readonly PlannedSegment[],
	basis: 'measured' | 'default',
): RenderPlan['summary'] => {
	const pending = segments.filter((segment) => segment.action === 'render').length;
	const total = outputs.reduce((sum, output) => sum + output.segments.length, 0);
	const tally = (scale: number) => ({
		total: total * scale,
		unique: segments.length * scale,
		reused: (segments.length - pending) * scale,
		toRender: pending * scale,
	});
	return { outputs: outputs.length, segments: tally(1), frames: tally(30), estimate: { seconds: pending * 1.5, basis } };
};

/** The matrix of the mission text, 4 x 3 x 2 x 3: what `names` gives for each output. */
export const seventyTwo = (names: (axes: { platform: string; duration: number; variant: string; cta: string }) => readonly string[]) => {
	const outputs: Record<string, readonly string[]> = {};
	for (const platform of ['tiktok', 'youtube', 'instagram-feed', 'linkedin'])
		for (const duration of [15, 30, 60])
			for (const variant of ['professional', 'playful'])
				for (const cta of ['learn-more', 'shop-now', 'sign-up'])
					outputs[`${platform}/${duration}s/${variant}/${cta}`] = names({ platform, duration, variant, cta });
	return outputs;
};
