import { type AudioKey, type AudioMessage, type AudioToolchain, audioKey } from '../model/audio.ts';
import { type SegmentKey, segmentKey } from '../model/keys.ts';
import type { SegmentMessage, Toolchain } from '../model/segment-message.ts';
import type { CompiledCampaign, CompiledOutput } from './compile-campaign.ts';

/** A segment that outputs have in common. */
export type SharedSegment = { readonly key: SegmentKey; readonly label: string; readonly message: SegmentMessage; readonly uses: number };

/** A mix that outputs have in common. */
export type SharedMix = { readonly key: AudioKey; readonly message: AudioMessage; readonly uses: number };

/** `audio` is null for a silent output. */
export type KeyedOutput = { readonly output: CompiledOutput; readonly keys: readonly SegmentKey[]; readonly audio: AudioKey | null };

/** A campaign with its segments keyed under one toolchain. */
export type Sharing = {
	readonly campaign: string;
	readonly toolchain: Toolchain;
	readonly segments: ReadonlyMap<SegmentKey, SharedSegment>;
	readonly audioToolchain: AudioToolchain;
	readonly mixes: ReadonlyMap<AudioKey, SharedMix>;
	readonly outputs: readonly KeyedOutput[];
};

/** For callers that make no sound. */
export const NO_SOUND: AudioToolchain = { code: '', encoder: null };

/** Stage 6. Equal messages under one toolchain are one segment, whoever plays it. Segments keep the order in which outputs first play them. */
export const share = (campaign: CompiledCampaign, toolchain: Toolchain, audioToolchain: AudioToolchain = NO_SOUND): Sharing => {
	const segments = new Map<SegmentKey, SharedSegment>();
	const keys = new Map<SegmentMessage, SegmentKey>();
	const keyOf = (message: SegmentMessage): SegmentKey => {
		const key = keys.get(message) ?? segmentKey(message, toolchain);
		keys.set(message, key);
		return key;
	};
	const { mixes, mixOf } = openMixes(audioToolchain);
	const outputs = campaign.outputs.map((output) => ({
		audio: mixOf(output.sound?.audio ?? null),
		output,
		keys: output.segments.map(({ label, message }) => {
			const key = keyOf(message);
			const known = segments.get(key);
			segments.set(key, known === undefined ? { key, label, message, uses: 1 } : { ...known, uses: known.uses + 1 });
			return key;
		}),
	}));
	return { campaign: campaign.campaign, toolchain, segments, audioToolchain, mixes, outputs };
};

const openMixes = (toolchain: AudioToolchain) => {
	const mixes = new Map<AudioKey, SharedMix>();
	const keys = new Map<AudioMessage, AudioKey>();
	const mixOf = (message: AudioMessage | null): AudioKey | null => {
		if (message === null) return null;
		const key = keys.get(message) ?? audioKey(message, toolchain);
		keys.set(message, key);
		mixes.set(key, { key, message: mixes.get(key)?.message ?? message, uses: (mixes.get(key)?.uses ?? 0) + 1 });
		return key;
	};
	return { mixes, mixOf };
};
