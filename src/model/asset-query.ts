import { type AssetQuestion, questionText } from './asset-question.ts';
import { sha256Hex } from './keys.ts';

/**
 * Name of what is asked for, as `LockedAsset.query` keeps it: 64 lower-case hex digits over kind, provider, pin and the settings that choose something.
 * Of an asset of a spec: `assetQueryHash(questionOf(asset))`. It knows neither platforms nor sizes, so that another platform resolves nothing anew.
 */
export const assetQueryHash = (question: AssetQuestion): string => sha256Hex(questionText(question));
