import { feelOf, MUSIC_GENRES, MUSIC_MOODS, musicGenreOf, musicMoodOf } from '../../audio/music/feel.ts';
import { type Diagnostic, errorAt } from '../../diagnostics/diagnostic.ts';
import { hintForName } from '../../diagnostics/suggest.ts';
import { quote } from '../../diagnostics/visible.ts';
import type { MusicSettings } from '../../model/campaign-spec.gen.ts';
import { assetNameIn } from '../assets/asset-needs.ts';
import { unaskableAssets } from '../assets/without-api.ts';
import type { SpecPath } from '../checked-spec.ts';
import { type Draft, isBroken } from '../draft-spec.ts';
import { sentencesOf } from '../sound/speak.ts';
import { partsOf, settingsOf } from '../sound/voiceover.ts';
import { isTemplate } from '../template/template.ts';
import { backgroundsOf, layersOf, type Rule, type RuleInput, scenesOf } from './rule.ts';

/** What a place takes, by the key that an asset of that kind has. */
type Place = { readonly name: string; readonly path: SpecPath; readonly kinds: readonly string[]; readonly takes: string };

const PICTURES = { kinds: ['stockImage', 'generatedImage'], takes: '`stockImage` or `generatedImage`' };
const FOOTAGE = { kinds: ['stockVideo'], takes: '`stockVideo`' };
const ICONS = { kinds: ['stockIcon'], takes: '`stockIcon`' };
const MUSIC = { kinds: ['stockMusic', 'generatedMusic'], takes: '`stockMusic` or `generatedMusic`' };
const VOICES = { kinds: ['voice'], takes: '`voice`' };

/** Assets that the spec names are there, and of a kind that suits their place. */
export const assetNames: Rule = (input) => {
	const { assets } = input.draft;
	if (isBroken(input.draft, 'assets')) return [];
	return placesOf(input).flatMap(({ name, path, kinds, takes }): readonly Diagnostic[] => {
		const known = Object.entries(assets ?? {}).filter(([, asset]) => typeof asset === 'object' && !Array.isArray(asset));
		const asset = known.find(([other]) => other === name)?.[1] as Readonly<Record<string, unknown>> | undefined;
		if (asset === undefined) {
			if (Object.hasOwn(assets ?? {}, name)) return [];
			const suited = known.filter(([, one]) => kinds.some((kind) => Object.hasOwn(one as object, kind))).map(([other]) => other);
			const hint = suited.length === 0 ? `add it: \`assets: {${name}: {...}}\` with ${takes}` : hintForName(name, suited);
			return [errorAt(input.rangeOf(path), 'RF3001', `the spec has no asset ${quote(name)}`, hint)];
		}
		if (kinds.some((kind) => Object.hasOwn(asset, kind))) return [];
		return [errorAt(input.rangeOf(path), 'RF3076', `the asset ${quote(name)} does not suit this place`, `name an asset with ${takes}`)];
	});
};

const placesOf = (input: RuleInput): readonly Place[] => {
	const { draft } = input;
	const music = musicOf(draft);
	const named = (written: string | undefined, path: SpecPath, takes: Omit<Place, 'name' | 'path'>): readonly Place[] => {
		const name = written === undefined || isTemplate(written) ? null : assetNameIn(written);
		return name === null ? [] : [{ name, path, ...takes }];
	};
	return [
		...named(music?.settings.source, music?.sourcePath ?? [], MUSIC),
		...layersOf(draft).flatMap(({ part, path }) => [
			...('image' in part ? named(part.image, [...path, 'image'], PICTURES) : []),
			...('video' in part ? named(part.video, [...path, 'video'], FOOTAGE) : []),
			...('icon' in part ? named(part.icon, [...path, 'icon'], ICONS) : []),
		]),
		...Object.entries(draft.ctas ?? {}).flatMap(([cta, { icon } = {}]) => named(icon, ['ctas', cta, 'icon'], ICONS)),
		...backgroundsOf(draft).flatMap(({ part, path }) =>
			'path' in part ? named(part.path, [...path, 'path'], part.type === 'video' ? FOOTAGE : PICTURES) : [],
		),
		...scenesOf(draft).flatMap(({ part: { voiceover }, path }) =>
			typeof voiceover === 'object' && voiceover.voice !== undefined
				? [{ name: voiceover.voice, path: [...path, 'voiceover', 'voice'], ...VOICES }]
				: [],
		),
	];
};

const musicOf = ({ music }: RuleInput['draft']): { readonly settings: Draft<MusicSettings>; readonly sourcePath: SpecPath } | null => {
	if (music === undefined) return null;
	return typeof music === 'string'
		? { settings: { source: music }, sourcePath: ['music'] }
		: { settings: music, sourcePath: ['music', 'source'] };
};

/** What is said can be read, and a scene that is as long as its voice has one. Scripts with templates are read when they are filled. */
export const voiceovers: Rule = ({ draft, rangeOf, findIn }) =>
	scenesOf(draft).flatMap(({ part, path }): readonly Diagnostic[] => {
		const { voiceover } = part;
		const isOverride = path.length > 2;
		const problems: Diagnostic[] = [];
		const speaks =
			voiceover !== undefined || isBroken(part, 'voiceover') || Object.values(part.for ?? {}).some((one) => one?.['voiceover']);
		if (part.duration === 'auto' && !speaks && !isOverride)
			problems.push(
				errorAt(
					rangeOf([...path, 'duration']),
					'RF3073',
					'`auto` is as long as the voice-over, and the scene has none',
					'write a `voiceover`, or a length in seconds',
				),
			);
		if (voiceover === undefined) return problems;
		const here = [...path, 'voiceover'];
		if (typeof voiceover === 'object') {
			const [script, ssml] = [Object.hasOwn(voiceover, 'script'), Object.hasOwn(voiceover, 'ssml')];
			if (script && ssml)
				return [
					...problems,
					errorAt(rangeOf([...here, 'ssml'], 'key'), 'RF3077', 'a voice-over has `script` or `ssml`, not both', 'keep one of the two'),
				];
			if (!script && !ssml)
				return [...problems, errorAt(rangeOf(here), 'RF3077', 'the voice-over has nothing to say', 'write a `script` or `ssml`')];
			if (voiceover.script === undefined && voiceover.ssml === undefined) return problems;
		}
		const settings = settingsOf(voiceover as Parameters<typeof settingsOf>[0]);
		if (isTemplate(settings.text)) return problems;
		const parsed = partsOf(settings);
		const place = settings.key === null ? here : [...here, settings.key];
		if (parsed.ok) {
			if (sentencesOf(parsed.parts).length > 0) return problems;
			const hint = 'write words that can be said, or remove the voice-over';
			return [...problems, errorAt(rangeOf(place), 'RF3077', 'the voice-over has nothing to say', hint)];
		}
		return [
			...problems,
			...parsed.problems.map(({ start, end, code, summary, hint }) =>
				errorAt(findIn(place, settings.text.slice(start, end)), code, summary, hint),
			),
		];
	});

/** Captions have a voice to show. */
export const captionsSuit: Rule = ({ draft, rangeOf }) => {
	const speaks = scenesOf(draft).some(({ part }) => part.voiceover !== undefined || isBroken(part, 'voiceover'));
	const warn = (path: SpecPath, summary: string): Diagnostic => ({
		...errorAt(rangeOf(path, 'key'), 'RF3078', summary, 'write a `voiceover`, or remove the captions'),
		severity: 'warning',
	});
	const { captions } = draft;
	const whole =
		captions !== undefined && captions !== false && !speaks ? [warn(['captions'], 'no scene has a voice-over to show captions of')] : [];
	const layers = layersOf(draft).flatMap(({ part, path, scene }) => {
		const own = draft.scenes?.[Number(path[1])];
		const said = scene.voiceover !== undefined || own === undefined || own.voiceover !== undefined || isBroken(own, 'voiceover');
		const overridden = Object.values(own?.for ?? {}).some((one) => one?.['voiceover'] !== undefined);
		return 'captions' in part && !said && !overridden
			? [warn([...path, 'captions'], 'the scene has no voice-over to show captions of')]
			: [];
	});
	return [...whole, ...layers];
};

/** Music that can be made: moods and genres that the arranger knows, and a tempo that there is. */
export const music: Rule = ({ draft, rangeOf }) => {
	const found = musicOf(draft);
	if (found === null) return [];
	const { mood, genre, bpm, source, cutOnBeat } = found.settings;
	const problems: Diagnostic[] = [];
	if (mood !== undefined && musicMoodOf(mood) === null)
		problems.push(
			errorAt(rangeOf(['music', 'mood']), 'RF3001', `there is no music with the mood ${quote(mood)}`, hintForName(mood, MUSIC_MOODS)),
		);
	if (genre !== undefined && musicGenreOf(genre) === null)
		problems.push(
			errorAt(rangeOf(['music', 'genre']), 'RF3001', `there is no music of the genre ${quote(genre)}`, hintForName(genre, MUSIC_GENRES)),
		);
	if (typeof bpm === 'object' && bpm.min !== undefined && bpm.max !== undefined && bpm.min > bpm.max)
		problems.push(
			errorAt(rangeOf(['music', 'bpm', 'min']), 'RF3079', `min ${bpm.min} is more than max ${bpm.max}`, 'exchange them, or raise max'),
		);
	const isFile = source !== undefined && assetNameIn(source) === null;
	if (cutOnBeat === true && isFile && typeof bpm !== 'number')
		problems.push(
			errorAt(
				rangeOf(['music', 'cutOnBeat']),
				'RF3079',
				'the beats of a file are not known while scenes are cut',
				'write its tempo: `bpm: 120`, or leave `cutOnBeat` out',
			),
		);
	return [...problems, ...stemsThatAreThere(draft, rangeOf)];
};

/** A piece without drums has one cymbal at its end: alone, it would be brought to the loudness of a whole mix. */
const stemsThatAreThere = (draft: RuleInput['draft'], rangeOf: RuleInput['rangeOf']): readonly Diagnostic[] => {
	const settings = musicOf(draft)?.settings;
	const stems = settings?.stems ?? [];
	if (settings === undefined || settings.source !== undefined || stems.length === 0 || stems.some((stem) => stem !== 'drums')) return [];
	const moods = settings.mood === undefined ? moodsOf(draft) : [settings.mood];
	const genre = settings.genre === undefined ? undefined : (musicGenreOf(settings.genre) ?? undefined);
	const without = moods.find((written) => {
		const mood = musicMoodOf(written);
		return mood !== null && feelOf(mood, genre).kit === 'none';
	});
	if (without === undefined) return [];
	const what = genre === undefined ? `${without} music` : `${without} music of the genre ${genre}`;
	return [
		errorAt(rangeOf(['music', 'stems']), 'RF3080', `${what} has no drums to be heard alone`, 'name another stem, or another mood or genre'),
	];
};

const moodsOf = ({ variants }: RuleInput['draft']): readonly string[] =>
	Object.values(variants ?? {}).flatMap((variant) => variant?.mood ?? []);

/** Providers that have no official way to be asked. */
export const askableProviders: Rule = ({ draft, rangeOf }) =>
	unaskableAssets(draft).map(({ name, provider, instead }) => {
		const hint = `${instead}; or download the file yourself and name it in the spec`;
		return errorAt(rangeOf(['assets', name, 'provider']), 'RF4235', `${provider} has no official API`, hint);
	});
