import { basename, dirname, join, relative, resolve } from 'node:path';
import { familiesOf } from '../compiler/design/moods.ts';
import type { DraftSpec } from '../compiler/draft-spec.ts';
import { type CompileOptions, checkCells, collectNeeds, compileCampaign, emitTypes, readSpec, surveySpec } from '../compiler/pipeline.ts';
import { conclude, type Diagnostic, errorAt, fail, type Outcome } from '../diagnostics/diagnostic.ts';
import type { CampaignSpec } from '../model/campaign-spec.gen.ts';
import { RECIPIENT, RECIPIENTS } from '../model/recipient.ts';
import type { LiveMoment } from '../ports/data-sources.ts';
import { type DataSourcesOptions, type OpenDataSources, openDataSources } from '../providers/data/open-data-sources.ts';
import { type Fetcher, openFetcher } from '../providers/http/fetcher.ts';
import { projectFolders } from '../providers/project-file.ts';
import { type ComponentCode, resolveComponents } from '../providers/resolve-components.ts';
import { type ResolvedInputs, resolveInputs } from '../providers/resolve-inputs.ts';
import { openRowImages, type RowImageOptions, type RowImages } from '../providers/row-images.ts';
import { compileAll, compileBatches } from './compile-audience.ts';
import { namedFiles } from './named-files.ts';
import { readSpecFile } from './read-spec-file.ts';
import { axisValues, DEFAULT_MOOD } from './select.ts';
import { type PlanStreamer, streamPlan } from './stream-audience.ts';
import type { OpenedCampaign } from './survey-rows.ts';
import { campaignCache, openCampaignAssets } from './wire-assets.ts';
import { openCampaignVoices } from './wire-sound.ts';
import type { AssetFile, BatchedCampaign, Compilation, TypesOutcome, Wiring } from './wiring.ts';
import { withUnsaid } from './with-unsaid.ts';

export type CompilePlace = {
	readonly cwd: string;
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** The project's `.reelform` folder. */
	readonly stateDirectory: string;
	/** Receives the code of every component that is compiled. */
	readonly componentCodes: Map<string, ComponentCode>;
	readonly now: () => number;
};

/** Joins stages 1 to 6 to the files and the network of this machine. */
export const wireCompile = (place: CompilePlace): WiredCompile => ({
	hasRecipients: async (file) => {
		const text = await readSpecFile(place.cwd, file);
		return text.ok && surveySpec({ file, text: text.value }).draft?.spec.data?.['recipients'] !== undefined;
	},
	campaignName: async (file) => {
		const text = await readSpecFile(place.cwd, file);
		return (text.ok ? surveySpec({ file, text: text.value }).draft?.spec.campaign : null) ?? null;
	},
	compile: async (file, options, live = 'look') => {
		const opened = await open(place, file, { options, live });
		return opened.campaign === null ? opened.compilation : compileAll(opened.campaign, opened.compilation);
	},
	compileBatches: async (file, options, live = 'look') => {
		const opened = await open(place, file, { options, live });
		return opened.campaign === null ? inOneBatch(opened.compilation) : compileBatches(opened.campaign, opened.compilation);
	},
	streamPlan: async (file, { options, live, ...context }) => {
		const opened = await open(place, file, { options, live });
		return opened.campaign === null ? { refused: opened.compilation } : streamPlan(opened.campaign, opened.compilation, context);
	},
	types: (file) => types(place.cwd, file),
});

type WiredCompile = Pick<Wiring, 'compile' | 'compileBatches' | 'campaignName' | 'hasRecipients' | 'types'> & {
	readonly streamPlan: PlanStreamer;
};

const inOneBatch = (compilation: Compilation): BatchedCampaign => {
	const { outcome, axes, sources } = compilation;
	if (!outcome.ok) return { refused: compilation };
	const { campaign, outputs } = outcome.value;
	return { campaign, axes, sources, outputs: outputs.length, rows: null, diagnostics: outcome.diagnostics, batches: only(compilation) };
};

async function* only<T>(value: T): AsyncGenerator<T> {
	yield value;
}

type Opened =
	/** All that there is to say: a campaign without data, or one with a fault. */
	| { readonly campaign: null; readonly compilation: Compilation }
	/** A campaign whose data is to be read; its outcome is not known yet. */
	| { readonly campaign: OpenedCampaign; readonly compilation: Omit<Compilation, 'outcome'> };

type Choice = { readonly options: CompileOptions; readonly live: LiveMoment };

const open = async (place: CompilePlace, file: string, { options, live }: Choice): Promise<Opened> => {
	const { cwd, componentCodes } = place;
	const text = await readSpecFile(cwd, file);
	if (!text.ok) return { campaign: null, compilation: { ...unread(file), outcome: text } };
	const sources = new Map([[file, text.value]]);
	const { outcome: checked, draft } = surveySpec({ file, text: text.value });
	if (draft === null) return { campaign: null, compilation: { ...unread(file), sources, outcome: fail(...checked.diagnostics) } };
	const { needs, placeOf } = collectNeeds(draft.spec, moodFamilies(draft.spec));
	const specFile = resolve(cwd, file);
	const assets = await openCampaignAssets(place, { file, spec: draft.spec });
	const resolved = await resolveInputs(needs, { specFile, assets: assets.locked });
	const problems = resolved.problems.map(
		({ need, code, summary, hint, severity }): Diagnostic => ({
			...errorAt(draft.rangeOf(placeOf(need)), code, summary, hint),
			...(severity === undefined ? {} : { severity }),
		}),
	);
	for (const [code, component] of resolved.componentCodes) componentCodes.set(code, component);
	const known: Omit<Compilation, 'outcome'> = {
		file,
		sources,
		namedFiles: namedFiles(needs, resolved.componentFiles, dirname(specFile)),
		axes: checked.ok ? axisValues(checked.value.spec) : null,
		assetFile: resolved.fileOf,
		assetCache: campaignCache(assets),
		rows: null,
		components: [...resolved.componentCodes.keys()],
	};
	const settings = assets.problem;
	const refused = settings === null ? [] : [errorAt(draft.rangeOf(['assets']), settings.code, settings.summary, settings.hint)];
	const more = [...checked.diagnostics, ...refused, ...problems];
	const refusal = (): Opened => {
		const faults = fail(...checkCells({ ...draft, file, faults: checked.diagnostics }));
		return { campaign: null, compilation: { ...known, outcome: withMore(faults, more) } };
	};
	if (!checked.ok || !canMeasure(resolved)) return refusal();
	const voices = openCampaignVoices(checked.value, assets, place.now);
	more.push(...voices.problems);
	// Nothing that hangs on what is said can be known: neither lengths nor captions.
	if (voices.problems.length > 0) return refusal();
	const inputs = { ...resolved.inputs, voices: voices.voices, speech: voices.speech };
	const assetFile: AssetFile = (sha256) => resolved.fileOf(sha256) ?? voices.fileOf(sha256);
	if (checked.value.spec.data === undefined) {
		const unsaid = await voices.say({ recipients: null, values: null });
		const compiled = compileCampaign(checked.value, inputs, options);
		return { campaign: null, compilation: { ...known, assetFile, outcome: withMore(withUnsaid(compiled, unsaid), more) } };
	}
	const { data, ...rest } = openAudience(place, checked.value.spec.data, {
		specFile,
		live: { moment: live, run: runOf(place, specFile, options) },
	});
	return {
		compilation: { ...known, namedFiles: [...(known.namedFiles ?? []), ...data.files] },
		campaign: { checked: checked.value, inputs, options, diagnostics: more, assetFile, say: voices.say, data, ...rest },
	};
};

/** A draft and its campaign are runs of their own. */
const runOf = ({ cwd }: CompilePlace, specFile: string, { draft }: CompileOptions): string =>
	JSON.stringify([relative(cwd, specFile), draft]);

const openAudience = (
	place: CompilePlace,
	sources: NonNullable<CampaignSpec['data']>,
	{ specFile, live }: { readonly specFile: string; readonly live: DataSourcesOptions['live'] & {} },
) => {
	const data = openData(place, sources, specFile, live);
	const { images, close } = openImages(sources, { folders: projectFolders(specFile), directory: join(place.stateDirectory, 'assets') });
	return {
		data,
		images,
		close: async () => {
			await Promise.all([data.close(), close()]);
		},
	};
};

/** A row names pictures of the private hosts that its own source may ask, and of no other. */
const openImages = (
	sources: NonNullable<CampaignSpec['data']>,
	place: Omit<RowImageOptions, 'fetcher'>,
): { readonly images: OpenedCampaign['images']; readonly close: () => Promise<unknown> } => {
	const opened = new Map<string, { readonly images: RowImages; readonly fetcher: Fetcher }>();
	const imagesOf = (name: string): RowImages => {
		const source = sources[name === RECIPIENT ? RECIPIENTS : name];
		const allowPrivate = (source !== undefined && 'allowPrivate' in source && source.allowPrivate) || [];
		const key = JSON.stringify(allowPrivate);
		const known = opened.get(key);
		if (known !== undefined) return known.images;
		const fetcher = openFetcher({ allowPrivate });
		const images = openRowImages({ ...place, fetcher });
		opened.set(key, { images, fetcher });
		return images;
	};
	return {
		images: { resolve: (written, { palette, source }) => imagesOf(source).resolve(written, { palette }) },
		close: () => Promise.all([...opened.values()].map(({ fetcher }) => fetcher.close())),
	};
};

export const openData = (
	place: Omit<CompilePlace, 'componentCodes'>,
	sources: NonNullable<CampaignSpec['data']>,
	specFile: string,
	live?: DataSourcesOptions['live'],
): OpenDataSources =>
	openDataSources({
		sources,
		folders: projectFolders(specFile),
		environment: place.environment,
		fetcherFor: (allowPrivate) => openFetcher({ allowPrivate }),
		cacheDirectory: join(place.stateDirectory, 'data'),
		now: place.now,
		...(live && { live }),
	});

/** Reads the schemas of the components' props, and nothing else that the spec names. */
const types = async (cwd: string, file: string): Promise<TypesOutcome> => {
	const text = await readSpecFile(cwd, file);
	if (!text.ok) return { sources: new Map(), outcome: text };
	const sources = new Map([[file, text.value]]);
	const checked = readSpec({ file, text: text.value });
	if (!checked.ok) return { sources, outcome: checked };
	const { spec, rangeOf } = checked.value;
	const { needs, placeOf } = collectNeeds(spec, []);
	const { propsSchemas, problems } = await resolveComponents(
		{ propsSchemas: needs.propsSchemas ?? [] },
		projectFolders(resolve(cwd, file)),
	);
	const emitted = emitTypes({ specName: basename(file), spec, propsSchemas, defaultMood: DEFAULT_MOOD });
	const refused = problems.map(({ need, code, summary, hint }) => errorAt(rangeOf(placeOf(need)), code, summary, hint));
	return { sources, outcome: conclude(emitted, [...checked.diagnostics, ...refused]) };
};

const unread = (file: string): Omit<Compilation, 'outcome'> => ({
	file,
	sources: new Map(),
	namedFiles: null,
	axes: null,
	assetFile: () => null,
	rows: null,
	components: [],
});

const moodFamilies = ({ variants }: DraftSpec): readonly string[] => {
	const written = Object.values(variants ?? {}).flatMap((variant) => (variant?.mood === undefined ? [] : [variant.mood]));
	const moods = new Set(variants === undefined ? [DEFAULT_MOOD] : written);
	return [...new Set([...moods].flatMap(familiesOf))];
};

/** Text cannot be set in a family that is not there; what else is missing does not keep the rest from being checked. */
const canMeasure = ({ problems }: ResolvedInputs): boolean =>
	problems.every(({ need: { kind } }) => kind !== 'fontFamily' && kind !== 'fontFile');

const withMore = <T>(outcome: Outcome<T>, more: readonly Diagnostic[]): Outcome<T> => {
	const diagnostics = [...more, ...outcome.diagnostics];
	return outcome.ok ? conclude(outcome.value, diagnostics) : fail(...diagnostics);
};
