import type { Asset } from './campaign-spec.gen.ts';
import { canonicalJson } from './canonical-json.ts';

/** The word that a spec asks with: for an asset, or in a scene. */
export type AskedKind =
	| 'stockVideo'
	| 'stockImage'
	| 'stockIcon'
	| 'generatedImage'
	| 'voice'
	| 'stockMusic'
	| 'generatedMusic'
	| 'soundEffect'
	| 'voiceover';

/** What is asked of whom, as a spec or a component writes it. */
export type AssetQuestion = {
	readonly kind: AskedKind;
	/** As written; of a voice `{voice, rate, pitch}`, of a voice-over those of its voice and `script` or `ssml`. Values that are undefined are not there. */
	readonly settings: Readonly<Record<string, unknown>>;
	readonly provider: string;
	/** The provider's id of what is taken. */
	readonly pin?: string | undefined;
};

/** A question in its one spelling: aliases resolved, white space collapsed, and nothing in it that is so anyway or only decides how the answer is shown. */
export type SettledQuestion = {
	readonly kind: AskedKind;
	readonly provider: string;
	readonly settings: Readonly<Record<string, unknown>>;
	readonly pin?: string;
};

const ALIASES: Readonly<Record<string, string>> = { dalle: 'openai' };

/** What a setting is when it is left out. */
const DEFAULTS: Readonly<Record<AskedKind, Readonly<Record<string, unknown>>>> = {
	stockVideo: { colorGrade: 'none' },
	stockImage: { colorGrade: 'none' },
	stockIcon: { style: 'line' },
	generatedImage: {},
	voice: { rate: 1, pitch: 1 },
	stockMusic: {},
	generatedMusic: {},
	soundEffect: {},
	voiceover: { rate: 1, pitch: 1 },
};

/** Settings that choose nothing: an icon is drawn in any colour, and stems are a way to hear a track. */
const SHOWN_ONLY: Readonly<Record<AskedKind, readonly string[]>> = {
	stockVideo: [],
	stockImage: [],
	stockIcon: ['color'],
	generatedImage: [],
	voice: [],
	stockMusic: ['stems'],
	generatedMusic: [],
	soundEffect: [],
	voiceover: [],
};

export const settleQuestion = ({ kind, settings, provider, pin }: AssetQuestion): SettledQuestion => {
	const chosen = Object.entries(settings)
		.filter(([name, value]) => value !== undefined && value !== DEFAULTS[kind][name] && !SHOWN_ONLY[kind].includes(name))
		.map(([name, value]) => [name, settleValue(name, value)] as const);
	return { kind, provider: ALIASES[provider] ?? provider, settings: Object.fromEntries(chosen), ...(pin === undefined ? {} : { pin }) };
};

const settleValue = (name: string, value: unknown): unknown => {
	if (typeof value === 'string') return value.replace(/\s+/g, ' ').trim();
	return name === 'bpm' && typeof value === 'number' ? { min: value, max: value } : value;
};

/** The one spelling of a question as text: equal exactly where what is asked for is equal. @throws TypeError for settings that are no plain data */
export const questionText = (question: AssetQuestion): string => canonicalJson(settleQuestion(question));

/** What an asset of a spec asks. `provider` and `fallback` stand beside the question; a fallback changes who may answer, not what is asked. */
export const questionOf = (asset: Asset): AssetQuestion => {
	const asked = { provider: asset.provider ?? 'local', pin: asset.pin };
	if ('voice' in asset) return { ...asked, kind: 'voice', settings: { voice: asset.voice, rate: asset.rate, pitch: asset.pitch } };
	if ('stockVideo' in asset) return { ...asked, kind: 'stockVideo', settings: { ...asset.stockVideo } };
	if ('stockImage' in asset) return { ...asked, kind: 'stockImage', settings: { ...asset.stockImage } };
	if ('stockIcon' in asset) return { ...asked, kind: 'stockIcon', settings: { ...asset.stockIcon } };
	if ('generatedImage' in asset) return { ...asked, kind: 'generatedImage', settings: { ...asset.generatedImage } };
	if ('stockMusic' in asset) return { ...asked, kind: 'stockMusic', settings: { ...asset.stockMusic } };
	if ('generatedMusic' in asset) return { ...asked, kind: 'generatedMusic', settings: { ...asset.generatedMusic } };
	return { ...asked, kind: 'soundEffect', settings: { ...asset.soundEffect } };
};
