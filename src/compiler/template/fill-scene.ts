import { quote } from '../../diagnostics/visible.ts';
import type { Cta, Voiceover } from '../../model/campaign-spec.gen.ts';
import type { FieldPath, RowValues } from '../../model/recipient.ts';
import { unreachable } from '../../model/unreachable.ts';
import type { SpecPath } from '../checked-spec.ts';
import { parseColor } from '../design/color.ts';
import type { PlainScene } from '../resolve-scene.ts';
import { numberOf } from './accept.ts';
import { donutProblem } from './donut.ts';
import { fillMarkup, plainEscape, scriptEscape, ssmlEscape } from './markup.ts';
import { parseTemplate } from './parse-template.ts';
import { type HoleKind, type Place, placesInCta, placesInScene, placesInVoiceover } from './places.ts';
import { makeRenderer, type Renderer, type RenderProblem } from './render-template.ts';
import { patternOf, replaceAt } from './replace-at.ts';
import { onlyField, type Scalar, type Template, uniqueFields } from './template.ts';

/** A template in its place; the path begins at the scene or the call to action. */
export type Hole = Place & { readonly template: Template };

/** Why a row cannot fill a hole. `path` begins at the scene or the call to action. */
export type FillProblem = RenderProblem & { readonly path: SpecPath };

type Fill<Key extends string, Part> =
	| ({ readonly ok: true } & Readonly<Record<Key, Part>>)
	| { readonly ok: false; readonly problems: readonly FillProblem[] };

export type Filler<Key extends string, Part> = {
	/** What the holes read, each field once; empty also where holes read none. */
	readonly fields: readonly FieldPath[];
	/** Whether there is anything to fill: `\{{` is, though it reads no field. */
	readonly hasHoles: boolean;
	/** The same values give an equal part; what has no hole is the object that was given. Every problem of the row at once. */
	readonly fill: (values: RowValues) => Fill<Key, Part>;
};

/** The templates of a scene. The rule `templates` has read each of them: @throws Error for one that cannot be read. */
export const holesOf = (scene: PlainScene): readonly Hole[] => parsed(placesInScene(scene, []));

/** The fields that a scene shows; none for a scene that is the same for everyone. */
export const fieldsRead = (scene: PlainScene): readonly FieldPath[] =>
	uniqueFields(holesOf(scene).flatMap(({ template }) => template.fields));

const parsed = (places: readonly Place[]): readonly Hole[] =>
	places.map((place) => {
		const read = parseTemplate(place.text);
		if (!read.ok) throw new Error(`a template was not checked: ${read.summary}`);
		return { ...place, template: read.template };
	});

/** Fills the holes of one scene for many rows; its templates are read once. */
export const makeFiller = (scene: PlainScene): Filler<'scene', PlainScene> => {
	const { fill, ...rest } = fillerOf(scene, holesOf(scene));
	return {
		...rest,
		fill: (values) => {
			const filled = fill(values);
			if (!filled.ok) return filled;
			const problem = rest.hasHoles ? donutProblem(filled.part, rest.fields) : null;
			return problem === null ? { ok: true, scene: filled.part } : { ok: false, problems: [problem] };
		},
	};
};

/** A scene for one row. */
export const fillScene = (scene: PlainScene, values: RowValues): Fill<'scene', PlainScene> => makeFiller(scene).fill(values);

/** Fills the texts of one call to action for many rows. */
export const makeCtaFiller = (cta: Cta): Filler<'cta', Cta> => {
	const { fill, ...rest } = fillerOf(cta, parsed(placesInCta(cta, [])));
	return {
		...rest,
		fill: (values) => {
			const filled = fill(values);
			return filled.ok ? { ok: true, cta: filled.part } : filled;
		},
	};
};

/** Fills what is said in a scene for many rows. */
export const makeVoiceFiller = (voiceover: Voiceover): Filler<'voiceover', Voiceover> => {
	const { fill, ...rest } = fillerOf({ voiceover }, parsed(placesInVoiceover(voiceover, ['voiceover'])));
	return {
		...rest,
		fill: (values) => {
			const filled = fill(values);
			return filled.ok ? { ok: true, voiceover: filled.part.voiceover } : filled;
		},
	};
};

const fillerOf = <Part extends object>(part: Part, holes: readonly Hole[]): Filler<'part', Part> => {
	const ready = holes.map((hole) => ({ hole, renderer: makeRenderer(hole.template) }));
	const pattern = patternOf(holes.map(({ path }) => path));
	return {
		fields: uniqueFields(holes.flatMap(({ template }) => template.fields)),
		hasHoles: holes.length > 0,
		fill: (values) => {
			const filled = ready.map(({ hole, renderer }) => fillHole(hole, renderer, values));
			const problems = filled.flatMap((one, i) => (one.ok ? [] : [problemAt(holes[i]!.path, one)]));
			if (problems.length > 0) return { ok: false, problems };
			const replacements = filled.map((one) => (one.ok ? one.value : null));
			return { ok: true, part: replaceAt(part, pattern, replacements) as Part };
		},
	};
};

const problemAt = (path: SpecPath, { field, code, summary, hint }: RenderProblem): FillProblem => ({ path, field, code, summary, hint });

type Filled = { readonly ok: true; readonly value: Scalar } | ({ readonly ok: false } & RenderProblem);

const fillHole = ({ kind, template, path }: Hole, renderer: Renderer, values: RowValues): Filled => {
	switch (kind) {
		case 'markup':
		case 'plain':
		case 'script':
		case 'ssml': {
			const written = kind === 'markup' ? fillMarkup(renderer, values) : renderer.text(values, { escape: ESCAPES[kind] });
			if (!written.ok) return written;
			return written.text.trim() === '' ? nothingToShow(template) : { ok: true, value: written.text };
		}
		case 'prop': {
			const whole = onlyField(template) !== null;
			const written = whole ? null : renderer.text(values, { escape: (text) => text });
			if (written === null) return renderer.value(values);
			return written.ok ? { ok: true, value: written.text } : written;
		}
		case 'number':
		case 'image':
		case 'color': {
			const found = renderer.value(values);
			return found.ok ? suited(template, found.value, { kind, key: path.at(-1) }) : found;
		}
		default:
			return unreachable(kind);
	}
};

const ESCAPES = { plain: plainEscape, script: scriptEscape, ssml: ssmlEscape } as const;

const nothingToShow = (template: Template): Filled => ({
	ok: false,
	field: template.fields[0] ?? null,
	code: 'RF3064',
	summary: 'the text is empty',
	hint: 'write an `{{else}}` or a `{{default}}`, or show the layer only where there is a value: `when: {data: {field: {present: true}}}`',
});

type Wanted = { readonly kind: HoleKind & ('number' | 'image' | 'color'); readonly key: string | number | undefined };

const HIGHEST = 1e15;

const suited = (template: Template, value: Scalar, { kind, key }: Wanted): Filled => {
	const unsuited = (summary: string, hint: string): Filled => ({
		ok: false,
		field: template.fields[0] ?? null,
		code: 'RF3066',
		summary,
		hint,
	});
	const shown = quote(String(value));
	switch (kind) {
		case 'number': {
			const number = numberOf(value);
			if (number === null) return unsuited(`${shown} is not a number`, 'give the field `type: number`, and write 1234.5 in the data');
			if (key === 'progress' && (number < 0 || number > 1)) return unsuited(`${number} is not a share from 0 to 1`, 'write 0.42 for 42%');
			return Math.abs(number) > HIGHEST ? unsuited(`${number} is too large`, `write at most ${HIGHEST}`) : { ok: true, value: number };
		}
		case 'image':
			return typeof value === 'string' && value.trim() !== ''
				? { ok: true, value }
				: unsuited(`${shown} is not a picture`, 'write a path or an address in the data');
		case 'color':
			return typeof value === 'string' && parseColor(value) !== null
				? { ok: true, value }
				: unsuited(`${shown} is not a colour`, 'write #rrggbb or a CSS colour name in the data');
		default:
			return unreachable(kind);
	}
};
