import type { CampaignSpec, CaptionsLayer, Layer } from '../../model/campaign-spec.gen.ts';

/** What a spec asks for above all scenes. */
export type CaptionWishes = {
	/** What is drawn in every scene with a voice-over; null for nothing. */
	readonly layer: CaptionsLayer | null;
	readonly files: boolean;
	readonly maxWords: number;
};

export const MAX_WORDS = 6;

export const captionWishes = ({ captions }: Pick<CampaignSpec, 'captions'>): CaptionWishes => {
	if (captions === undefined || captions === false) return { layer: null, files: false, maxWords: MAX_WORDS };
	const { burn = true, style = 'karaoke', files = true, maxWords = MAX_WORDS } = captions === true ? {} : captions;
	return { layer: burn ? { captions: { style, maxWords } } : null, files, maxWords };
};

/** Whether layers draw captions. */
export const showsCaptions = (layers: readonly Layer[] | undefined): boolean =>
	layers?.some((layer) => 'captions' in layer || ('group' in layer && showsCaptions(layer.group))) ?? false;
