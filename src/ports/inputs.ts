import type { VoiceRef } from '../model/audio.ts';
import type { ComponentFacts, IconShape, ImageFacts, SoundFacts, SpeechFacts, VideoFacts } from '../model/inputs.ts';
import type { FontBook } from './font-book.ts';

/** Everything outside the spec that a compile depends on, read and checked before. Keys are the names and paths that the spec writes. */
export type Inputs = {
	readonly fonts: FontBook;
	readonly images: ReadonlyMap<string, ImageFacts>;
	/** None when left out. */
	readonly videos?: ReadonlyMap<string, VideoFacts>;
	readonly icons: ReadonlyMap<string, IconShape>;
	/** None when left out. */
	readonly components?: ReadonlyMap<string, ComponentFacts>;
	/** JSON Schemas of props, as written. None when left out. */
	readonly propsSchemas?: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
	/** Music by its path, or as `asset.<name>`. An asset that is made when it is mixed is not in it. None when left out. */
	readonly sounds?: ReadonlyMap<string, SoundFacts>;
	/** Sentences by `sentenceKey` of the voice `voiceWith` their prosody; what is not in it has not been said yet. None when left out. */
	readonly speech?: ReadonlyMap<string, SpeechFacts>;
	/** Voices by their names among the assets; the one of a spec that names none is ''. What is not in it is as the spec writes it, without a version. */
	readonly voices?: ReadonlyMap<string, VoiceRef>;
};
