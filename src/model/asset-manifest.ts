import { type AssetQuestion, type SettledQuestion, settleQuestion } from './asset-question.ts';
import { canonicalJson } from './canonical-json.ts';
import type { IconShape } from './inputs.ts';

export const MANIFEST_FORMAT_VERSION = 1;

export type ManifestStems = Readonly<Partial<Record<'drums' | 'bass' | 'chords' | 'melody', string>>>;

/** An asset that is at hand, as a composition finds and shows it. Plain JSON. */
export type ManifestEntry = {
	/** As the spec calls the asset, or the scene of a voice-over. Several of one kind may share it: music in several lengths. */
	readonly name: string;
	/** What the spec asked for. */
	readonly asks: SettledQuestion;
	/** A path below the project's public folder, or a whole address; null of an icon that is here as a shape. */
	readonly src: string | null;
	readonly width?: number;
	readonly height?: number;
	readonly seconds?: number;
	/** Of a voice-over, when each word is heard, in seconds from its start. */
	readonly words?: readonly (readonly [text: string, start: number, end: number])[];
	/** The parts of a track, of its length. */
	readonly stems?: ManifestStems;
	readonly icon?: IconShape;
	readonly license?: string;
	/** The line that the licence asks for. */
	readonly attribution?: string;
};

/** What `reelform assets export` writes. */
export type AssetManifest = {
	readonly formatVersion: typeof MANIFEST_FORMAT_VERSION;
	/** By kind, name and length. */
	readonly entries: readonly ManifestEntry[];
};

/** What a component wants: an asset by name, or whatever agrees with everything that it says. `provider` undefined is any. */
export type Wanted = Pick<AssetQuestion, 'kind' | 'settings'> & {
	readonly name?: string | undefined;
	readonly provider?: string | undefined;
	/** At least this long where there is a choice. */
	readonly seconds?: number | undefined;
};

export type Search =
	| { readonly found: true; readonly entry: ManifestEntry }
	/** `others` are the entries of the kind where there is none, and those that all agree where there are several. */
	| { readonly found: false; readonly reason: 'none' | 'several'; readonly others: readonly ManifestEntry[] };

/**
 * The entry that is wanted. A name decides alone. Else an entry agrees when its question says the same in all that is said here; one that says
 * nothing besides goes before the others. Of one asset in several lengths the shortest is taken that is long enough, or the longest.
 */
export const findAsset = ({ entries }: AssetManifest, wanted: Wanted): Search => {
	const ofKind = entries.filter(({ asks }) => asks.kind === wanted.kind);
	const agreeing = wanted.name === undefined ? agreeingWith(ofKind, wanted) : ofKind.filter(({ name }) => name === wanted.name);
	if (agreeing.length === 0) return { found: false, reason: 'none', others: ofKind };
	if (new Set(agreeing.map(({ asks }) => canonicalJson(asks))).size > 1) return { found: false, reason: 'several', others: agreeing };
	const byLength = [...agreeing].sort((a, b) => (a.seconds ?? 0) - (b.seconds ?? 0));
	const long = byLength.find(({ seconds }) => (seconds ?? 0) >= (wanted.seconds ?? 0));
	return { found: true, entry: (long ?? byLength.at(-1))! };
};

const agreeingWith = (entries: readonly ManifestEntry[], wanted: Wanted): readonly ManifestEntry[] => {
	const { provider, settings } = settleQuestion({ ...wanted, provider: wanted.provider ?? '' });
	// A setting that is said as what it is anyway is gone from both questions: then the entry must not have it either.
	const said = Object.keys(wanted.settings).filter((name) => wanted.settings[name] !== undefined);
	const agreeing = entries.filter(
		({ asks }) => (provider === '' || asks.provider === provider) && said.every((name) => same(asks.settings[name], settings[name])),
	);
	const exact = agreeing.filter(({ asks }) => Object.keys(asks.settings).length === Object.keys(settings).length);
	return exact.length > 0 ? exact : agreeing;
};

const same = (a: unknown, b: unknown): boolean => (a === undefined || b === undefined ? a === b : canonicalJson(a) === canonicalJson(b));
