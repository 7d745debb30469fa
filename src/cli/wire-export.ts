import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { arrangementOf, MIX_RATE } from '../audio/mix-message.ts';
import { arrange } from '../audio/music/arrange.ts';
import { renderScore } from '../audio/music/render-score.ts';
import { readWav } from '../audio/read-wav.ts';
import { assembleSpeech } from '../audio/voice/assemble-speech.ts';
import { type AskedAsset, assetManifest } from '../compiler/assets/asset-manifest.ts';
import { namedAssets } from '../compiler/assets/asset-needs.ts';
import { type SceneScript, sceneScripts } from '../compiler/assets/scene-scripts.ts';
import type { CheckedSpec } from '../compiler/checked-spec.ts';
import { expand } from '../compiler/expand.ts';
import { readSpec } from '../compiler/pipeline.ts';
import { musicSource } from '../compiler/sound/music.ts';
import { partsOf, settingsOf, voiceOf } from '../compiler/sound/voiceover.ts';
import { type Diagnostic, errorAt, fail, succeed } from '../diagnostics/diagnostic.ts';
import type { ManifestEntry, ManifestStems } from '../model/asset-manifest.ts';
import { type AssetQuestion, questionOf, settleQuestion } from '../model/asset-question.ts';
import type { AudioMessage, AudioSource } from '../model/audio.ts';
import type { Pcm } from '../model/sound.ts';
import { toSeconds } from '../model/units.ts';
import type { AssetRequest } from '../ports/asset-request.ts';
import { standingOf, unusable } from '../providers/assets/resolve-locked.ts';
import type { InputProblem } from '../providers/input-problem.ts';
import { svgIcon } from '../providers/svg-icon.ts';
import { encodeWave } from '../providers/voice/wave.ts';
import type { AssetExport, GatherExport } from './commands/assets-export.ts';
import { readSpecFile } from './read-spec-file.ts';
import { type AssetPlace, type CampaignAssets, openCampaignAssets } from './wire-assets.ts';
import { openCampaignVoices, preparingSounds } from './wire-sound.ts';

type ExportedFile = AssetExport['files'][number];
type Options = Parameters<GatherExport>[1];

/** What the gathering fills. Problems are those of the user. */
type Gathered = { readonly made: ManifestEntry[]; readonly files: ExportedFile[]; readonly problems: Diagnostic[] };

type Campaign = { readonly checked: CheckedSpec; readonly assets: CampaignAssets; readonly options: Options; readonly into: Gathered };

/** Gathers what `reelform assets export` writes from the lock and the cache, and from what is made on this machine. Asks nobody. */
export const gatheringExport =
	(place: AssetPlace): GatherExport =>
	async (file, options) => {
		const text = await readSpecFile(place.cwd, file);
		if (!text.ok) return { sources: new Map(), outcome: text };
		const sources = new Map([[file, text.value]]);
		const read = readSpec({ file, text: text.value });
		if (!read.ok) return { sources, outcome: read };
		const checked = read.value;
		const assets = await openCampaignAssets(place, { file, spec: checked.spec });
		const problem = assets.problem ?? (assets.lock.ok ? null : assets.lock.problem);
		if (problem !== null) return { sources, outcome: fail(asDiagnostic(checked, ['assets'], problem)) };
		const into: Gathered = { made: [], files: [], problems: [] };
		const campaign = { checked, assets, options, into };
		const asked = await gatherAssets(campaign);
		await gatherVoices(campaign, place);
		if (into.problems.length > 0) return { sources, outcome: fail(...into.problems) };
		const lock = assets.lock.ok ? assets.lock.value : null;
		if (lock === null) throw new Error('a lock that cannot be read was reported');
		const { manifest } = assetManifest({ asked, lock, baseUrl: options.baseUrl, made: into.made });
		return { sources, outcome: succeed({ manifest, files: [...new Map(into.files.map((one) => [one.name, one])).values()] }) };
	};

const asDiagnostic = ({ rangeOf }: CheckedSpec, path: readonly string[], { code, summary, hint }: InputProblem): Diagnostic =>
	errorAt(rangeOf(path, 'key'), code, summary, hint);

/** Files of the lock, shapes of icons and music. The assets of which the manifest names a file of the lock come back. */
const gatherAssets = async (campaign: Campaign): Promise<readonly AskedAsset[]> => {
	const { checked, assets, into } = campaign;
	const asked: AskedAsset[] = [];
	for (const [name, asset] of namedAssets(checked.spec)) {
		const request = assets.needs.requests.find((one) => one.name === name);
		if (request === undefined || 'voice' in asset || !assets.lock.ok) continue;
		const question = { ...questionOf(asset), provider: request.provider };
		const { state, locked, file } = await standingOf(request, assets.lock.value, assets.cache);
		if (state === 'made-here') gatherMusic(campaign, { name, question, wantsStems: question.settings['stems'] === true });
		else if (state !== 'ready' || locked === null || file === null) {
			const lacking = unusable(request, { state, locked, spec: checked.file, environment: assets.environment });
			if (!lacking.ok) into.problems.push(asDiagnostic(checked, ['assets', name], lacking.problem));
		} else if (question.kind === 'stockIcon') await gatherIcon(campaign, { request, question, file, ...licenceOf(locked) });
		else {
			asked.push({ name, question });
			into.files.push({ name: `${locked.sha256}.${locked.extension}`, from: { file } });
		}
	}
	return asked;
};

type Licence = { readonly license: string; readonly attribution: string | null };
type Icon = Licence & { readonly request: AssetRequest; readonly question: AssetQuestion; readonly file: string };

const licenceOf = ({ license, attribution }: Licence): Licence => ({ license, attribution });

const gatherIcon = async (
	{ checked, into }: Campaign,
	{ request: { name }, question, file, license, attribution }: Icon,
): Promise<void> => {
	const icon = svgIcon(name, await readFile(file));
	if (!icon.ok) into.problems.push(asDiagnostic(checked, ['assets', name], icon.problem));
	else {
		const credit = attribution === null ? {} : { attribution };
		into.made.push({ name, asks: settleQuestion(question), src: null, icon: icon.value, license, ...credit });
	}
};

type Music = { readonly name: string; readonly question: AssetQuestion; readonly wantsStems: boolean };

/** A piece for each length of the campaign and each that is asked for besides. What is not arranged, as a sound effect, is not in a manifest. */
const gatherMusic = ({ checked, options, into }: Campaign, { name, question, wantsStems }: Music): void => {
	const cells = expand(checked, { draft: false });
	const [cell] = cells.ok ? cells.value : [];
	if (cell === undefined) return;
	const { assets = {}, durations } = checked.spec;
	const source = musicSource({ spec: { music: `asset.${name}`, assets }, cell, inputs: {} });
	if (source?.type !== 'music') return;
	const lengths = new Set([...durations.map(toSeconds), ...options.seconds]);
	for (const seconds of [...lengths].sort((a, b) => a - b)) {
		const { mix, stems } = renderScore(arrange(arrangementOf(source, seconds)), { sampleRate: MIX_RATE });
		const keep = (pcm: Pcm): string => keepWave(into, options, pcm);
		const parts: ManifestStems = Object.fromEntries(Object.entries(wantsStems ? stems : {}).map(([stem, pcm]) => [stem, keep(pcm)]));
		const about = { name, asks: settleQuestion(question), src: keep(mix), seconds, license: 'generated' };
		into.made.push(wantsStems ? { ...about, stems: parts } : about);
	}
};

/** Keeps a sound by its content. Its address comes back. */
const keepWave = ({ files }: Gathered, { baseUrl }: Options, pcm: Pcm): string => {
	const bytes = encodeWave(pcm);
	const name = `${createHash('sha256').update(bytes).digest('hex')}.wav`;
	files.push({ name, from: { bytes } });
	return `${baseUrl}${name}`;
};

/** The voice-overs of scenes that say the same to everybody. */
const gatherVoices = async (campaign: Campaign, place: AssetPlace): Promise<void> => {
	const { checked, assets, options, into } = campaign;
	const scripts = sceneScripts(checked.spec);
	if (scripts.length === 0) return;
	const voices = openCampaignVoices(checked, assets, place.now);
	into.problems.push(...voices.problems);
	if (voices.problems.length === 0) into.problems.push(...(await voices.say({ recipients: null, values: null }, 'all')));
	if (into.problems.length > 0) return;
	const prepare = preparingSounds({
		...place,
		environment: assets.environment,
		directory: assets.cache.directory,
		assetFile: voices.fileOf,
	});
	for (const script of scripts) {
		const source = speechOf(checked, script, voices.voices);
		if (source === null) continue;
		const prepared = await prepare([saying(source)], new AbortController().signal);
		const sentences = source.parts.flatMap((part) => (part.kind === 'sentence' ? [prepared.sentence(source.voice, part)] : []));
		const spoken = await Promise.all(
			sentences.map(async (said) => ({ pcm: 'pcm' in said ? said.pcm : await wave(said.file), words: said.words })),
		);
		const { pcm, words, seconds } = assembleSpeech(source.parts, spoken);
		into.made.push({
			name: script.name,
			asks: settleQuestion(script.question),
			src: keepWave(into, options, pcm),
			seconds,
			words: words.map(({ text, start, end }) => [text, start, end]),
		});
	}
};

type Speech = Extract<AudioSource, { type: 'speech' }>;

const speechOf = ({ spec }: CheckedSpec, { name }: SceneScript, voices: Parameters<typeof voiceOf>[2]): Speech | null => {
	const voiceover = spec.scenes.find(({ id }) => id === name)?.voiceover;
	const settings = voiceover === undefined ? null : settingsOf(voiceover);
	const parsed = settings === null ? null : partsOf(settings);
	if (settings === null || parsed === null || !parsed.ok || parsed.parts.every(({ kind }) => kind === 'pause')) return null;
	return { type: 'speech', voice: voiceOf(spec, settings, voices), parts: parsed.parts };
};

/** As little of a mix as says something. */
const saying = (source: Speech): AudioMessage => ({
	...{ frames: 1, fps: 1, channels: 1, bitrate: 128_000, loudness: { integrated: -14, truePeak: -1 } },
	cues: [{ role: 'voice', source, at: 0, until: null, gain: 0 }],
});

const wave = async (file: string): Promise<Pcm> => {
	const pcm = readWav(await readFile(file));
	if (pcm === null) throw new Error('a sentence of the cache is no WAV file');
	return pcm;
};
