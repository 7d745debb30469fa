import { type SegmentKey, segmentKey } from '../model/keys.ts';
import type { SegmentMessage, Toolchain } from '../model/segment-message.ts';
import type { CompiledCampaign, CompiledOutput } from './compile-campaign.ts';

/** A segment that outputs have in common. */
export type SharedSegment = { readonly key: SegmentKey; readonly label: string; readonly message: SegmentMessage; readonly uses: number };

export type KeyedOutput = { readonly output: CompiledOutput; readonly keys: readonly SegmentKey[] };

/** A campaign with its segments keyed under one toolchain. */
export type Sharing = {
	readonly campaign: string;
	readonly toolchain: Toolchain;
	readonly segments: ReadonlyMap<SegmentKey, SharedSegment>;
	readonly outputs: readonly KeyedOutput[];
};

/** Stage 6. Equal messages under one toolchain are one segment, whoever plays it. Segments keep the order in which outputs first play them. */
export const share = (campaign: CompiledCampaign, toolchain: Toolchain): Sharing => {
	const segments = new Map<SegmentKey, SharedSegment>();
	const keys = new Map<SegmentMessage, SegmentKey>();
	const keyOf = (message: SegmentMessage): SegmentKey => {
		const key = keys.get(message) ?? segmentKey(message, toolchain);
		keys.set(message, key);
		return key;
	};
	const outputs = campaign.outputs.map((output) => ({
		output,
		keys: output.segments.map(({ label, message }) => {
			const key = keyOf(message);
			const known = segments.get(key);
			segments.set(key, known === undefined ? { key, label, message, uses: 1 } : { ...known, uses: known.uses + 1 });
			return key;
		}),
	}));
	return { campaign: campaign.campaign, toolchain, segments, outputs };
};
