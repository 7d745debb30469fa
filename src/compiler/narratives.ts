import { type Diagnostic, errorAt, type Outcome, type SourceRange } from '../diagnostics/diagnostic.ts';
import type { Cell } from '../model/cell.ts';
import type { FieldPath } from '../model/recipient.ts';
import type { Inputs } from '../ports/inputs.ts';
import { boundedMap } from './bounded-map.ts';
import type { CheckedSpec } from './checked-spec.ts';
import { type FittedScenes, fitScenes, type PlacedScene, shownScenes, type Viewer } from './fit-cell.ts';
import type { LoweredScene } from './lower-scene.ts';
import { makeDecisions } from './narrative-decisions.ts';
import type { PlainScene } from './resolve-scene.ts';
import { showsCaptions } from './sound/caption-settings.ts';
import { beatFrames, musicSettings, musicSource } from './sound/music.ts';
import { type VoiceLength, voiceLengthOf } from './sound/scene-length.ts';
import { type OutputSound, soundOf } from './sound/sound-of.ts';
import { makeSpeaker, type SceneSpeech, type Speaker, type VoiceFault, type VoiceFiller, voiceFillerOf } from './sound/speak.ts';
import { type Filler, makeFiller } from './template/fill-scene.ts';

export type SceneFiller = Filler<'scene', PlainScene>;

/** Templates that a viewer's data cannot fill. */
export type Unfilled = { readonly diagnostic: Diagnostic; readonly field: FieldPath | null };

/** A cell's scenes for all viewers whose data decides alike and whose voices take as long, and what they have drawn so far in common. */
export type Narrative = {
	readonly fitted: Outcome<FittedScenes>;
	/** By scene: null for one that is the same for everyone. */
	readonly fillers: readonly (SceneFiller | null)[];
	/** Whether the voices of this viewer alone are why it does not fit. */
	readonly personalFault: boolean;
	readonly drawn: Map<number, LoweredScene>;
};

/** A cell as it is told to one viewer. */
export type Told = {
	/** Equal for viewers that share all of the cell's scenes which show none of their data. */
	readonly key: string;
	readonly narrative: Narrative;
	/** By scene of what is fitted. */
	readonly speech: readonly (SceneSpeech | null)[];
	/** By scene of what is fitted: what fills what is said there; null where nothing is, or the same for everyone. */
	readonly voiceFillers: readonly (VoiceFiller | null)[];
	readonly unsaid: readonly Unfilled[];
	/** Made once for viewers who hear the same. */
	readonly sound: () => OutputSound;
};

export type TellRequest = { readonly cell: Cell; readonly viewer: Viewer; readonly inputs: Inputs };

const MAX_NARRATIVES = 4_000;

/** What cells show and say, before anything is drawn. */
export const makeNarratives = (checked: CheckedSpec): ((request: TellRequest) => Told) => {
	const { spec } = checked;
	const decide = makeDecisions(spec);
	const speak = makeSpeaker(spec);
	const structures = boundedMap<Structure>(MAX_NARRATIVES);
	const narratives = boundedMap<Narrative & { readonly sounds: Map<'shared', OutputSound> }>(MAX_NARRATIVES);
	return ({ cell, viewer, inputs }) => {
		const decisions = viewer.values === null ? '' : decide(viewer.values);
		const base = `${cell.id}\n${decisions}`;
		const structure = structures.get(base, () => structureOf(shownScenes(checked, cell, viewer.values)));
		const said = sayScenes({ speak, structure, checked }, { cell, viewer, inputs });
		const lengths = said.speech.map(voiceLengthOf);
		const voices = structure.hasVoice ? `\n${lengths.map((length) => length && `${length.delay}+${length.seconds}`).join()}` : '';
		const key = `${base}\n${JSON.stringify(viewer.brand?.colors ?? null)}${voices}`;
		const narrative = narratives.get(key, () => ({
			...makeNarrative({ checked, structure, lengths }, { cell, viewer, inputs }),
			sounds: new Map(),
		}));
		const places = narrative.fitted.ok ? narrative.fitted.value.places : [];
		const speech = places.map((place) => said.speech[place] ?? null);
		const sound = (): OutputSound => {
			if (!narrative.fitted.ok) return { audio: null, captions: null, scenes: [] };
			const known = structure.isPersonal ? undefined : narrative.sounds.get('shared');
			const made = known ?? soundOf({ spec, cell, inputs, fitted: narrative.fitted.value, speech });
			if (!structure.isPersonal) narrative.sounds.set('shared', made);
			return made;
		};
		const voiceFillers = places.map((place) => structure.personalFillers[place] ?? null);
		return { key, narrative, speech, voiceFillers, unsaid: said.unsaid, sound };
	};
};

/** The scenes that are shown, and what fills what is said in each. */
type Structure = {
	readonly shown: readonly PlacedScene[];
	readonly fillers: readonly (VoiceFiller | null)[];
	/** The fillers that read data. */
	readonly personalFillers: readonly (VoiceFiller | null)[];
	readonly hasVoice: boolean;
	readonly isPersonal: boolean;
};

const structureOf = (shown: readonly PlacedScene[]): Structure => {
	const fillers = shown.map(({ scene }) => voiceFillerOf(scene.voiceover));
	const personalFillers = fillers.map((filler) => (filler !== null && filler.fields.length > 0 ? filler : null));
	return {
		shown,
		fillers,
		personalFillers,
		hasVoice: fillers.some((filler) => filler !== null),
		isPersonal: personalFillers.some((filler) => filler !== null),
	};
};

type Saying = { readonly speak: Speaker; readonly structure: Structure; readonly checked: CheckedSpec };

/** By scene of the structure. */
type Said = { readonly speech: readonly (SceneSpeech | null)[]; readonly unsaid: readonly Unfilled[] };

const sayScenes = ({ speak, structure, checked }: Saying, { viewer, inputs }: TellRequest): Said => {
	const unsaid: Unfilled[] = [];
	const speech = structure.shown.map((placed, index) => {
		const filler = structure.fillers[index] ?? null;
		if (filler === null) return null;
		const spoken = speak({ filler, values: viewer.values, inputs });
		if (spoken.ok) return spoken.speech;
		for (const fault of spoken.faults) unsaid.push({ diagnostic: faultAt(placeOf(checked, placed, fault), fault), field: fault.field });
		return null;
	});
	return { speech, unsaid };
};

const placeOf = ({ rangeOf }: CheckedSpec, { path, sourceOf }: PlacedScene, fault: VoiceFault): SourceRange =>
	rangeOf(sourceOf([...path, ...fault.path]));

const faultAt = (range: SourceRange, { code, summary, hint }: VoiceFault): Diagnostic => errorAt(range, code, summary, hint);

type Telling = { readonly checked: CheckedSpec; readonly structure: Structure; readonly lengths: readonly (VoiceLength | null)[] };

const makeNarrative = ({ checked, structure, lengths }: Telling, { cell, viewer, inputs }: TellRequest): Narrative => {
	const { spec } = checked;
	const brand = viewer.brand ?? spec.brand ?? null;
	const { fps } = cell.platform.canvas;
	const cuts = musicSettings(spec)?.cutOnBeat === true;
	const beats = cuts ? beatFrames(musicSource({ spec, cell, inputs }), { frames: Math.round(cell.seconds * fps), fps }) : [];
	const fit = (voices: readonly (VoiceLength | null)[]): Outcome<FittedScenes> =>
		fitScenes({ checked, cell, brand }, structure.shown, { voices, beats });
	const fitted = fit(lengths);
	if (!fitted.ok) {
		const shared = structure.isPersonal ? fit(lengths.map((length, index) => (structure.personalFillers[index] ? null : length))) : fitted;
		return { fitted, fillers: [], personalFault: shared.ok, drawn: new Map() };
	}
	const scenes = fitted.value.scenes.map((placed) => ({ ...placed, scene: whatIsDrawn(placed.scene) }));
	const fillers = scenes.map(({ scene }) => makeFiller(scene));
	return {
		fitted: { ...fitted, value: { ...fitted.value, scenes: scenes.map((placed, index) => withoutEscapes(placed, fillers[index]!)) } },
		fillers: fillers.map((filler) => (filler.fields.length === 0 ? null : filler)),
		personalFault: false,
		drawn: new Map(),
	};
};

/** What is said changes no pixel, but for captions. */
const whatIsDrawn = (scene: PlainScene): PlainScene => {
	if (scene.voiceover === undefined || showsCaptions(scene.layers)) return scene;
	const { voiceover: _, ...drawn } = scene;
	return drawn;
};

/** `\\{{` stands for braces, and is the same for everyone. */
const withoutEscapes = (placed: PlacedScene, filler: SceneFiller): PlacedScene => {
	const filled = filler.hasHoles && filler.fields.length === 0 ? filler.fill({}) : null;
	return filled?.ok ? { ...placed, scene: filled.scene } : placed;
};
