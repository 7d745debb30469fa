import { hash } from 'node:crypto';
import type { CampaignSpec } from '../model/campaign-spec.gen.ts';
import { canonicalJson } from '../model/canonical-json.ts';
import { axesOf, type Cell } from '../model/cell.ts';
import { type SegmentKey, segmentKey } from '../model/keys.ts';
import { type FieldPath, fieldPathOf, type RowValues, valueAt } from '../model/recipient.ts';
import type { Toolchain } from '../model/segment-message.ts';
import type { CheckedSpec } from './checked-spec.ts';
import type { CampaignCompiler, CompiledOutput } from './compile-campaign.ts';
import type { Outline } from './lower.ts';

/** A stretch of an output that shows data, before it is filled. */
export type PersonalPart = {
	readonly kind: 'personal';
	readonly identity: string;
	readonly label: string;
	readonly frames: number;
	readonly fields: readonly FieldPath[];
};

const uniqueFields = (fields: readonly FieldPath[]): readonly FieldPath[] => [
	...new Map(fields.map((field) => [`${field.source}.${field.field}`, field])).values(),
];

/** Frames in which one scene is seen alone, or two in a transition. */
export type Stretch = { readonly start: number; readonly frames: number; readonly scenes: readonly number[]; readonly label: string };

export const stretchesOf = ({ fitted }: Outline): readonly Stretch[] => {
	let start = 0;
	return fitted.scenes.flatMap(({ scene }, index): readonly Stretch[] => {
		const entering = fitted.transitions[index - 1]?.frames ?? 0;
		const alone = fitted.frames[index]! - entering;
		const first = start;
		start += fitted.frames[index]!;
		const label = index === 0 ? '' : `${fitted.scenes[index - 1]!.scene.id} > ${scene.id}`;
		return [
			...(entering > 0 ? [{ start: first, frames: entering, scenes: [index - 1, index], label }] : []),
			...(alone > 0 ? [{ start: first + entering, frames: alone, scenes: [index], label: scene.id }] : []),
		];
	});
};

/** Colours out of a recipient's picture are seen in every scene. */
const fieldsOf = (spec: CampaignSpec, { fillers }: Outline, scenes: readonly number[]): readonly FieldPath[] => {
	const from = spec.brand?.colors?.from;
	const everywhere = from === undefined ? [] : [fieldPathOf(from)];
	return uniqueFields([...everywhere, ...scenes.flatMap((scene) => (fillers[scene] ?? []).flatMap(({ fields }) => fields))]);
};

/** Every field that some scene shows. */
export const fieldsShown = (spec: CampaignSpec, outline: Outline): readonly FieldPath[] =>
	fieldsOf(spec, outline, [...outline.fillers.keys()]);

type Place = { readonly cell: Cell; readonly outline: Outline; readonly stretch: Stretch };

/** Null for a stretch that is the same for everyone. */
export const personalPart = (
	{ checked, toolchain }: { readonly checked: CheckedSpec; readonly toolchain: Toolchain },
	{ cell, outline, stretch }: Place,
): PersonalPart | null => {
	const fields = fieldsOf(checked.spec, outline, stretch.scenes);
	if (fields.length === 0) return null;
	const { fitted } = outline;
	const identity = canonicalJson({
		scenes: stretch.scenes.map((index) => ({
			scene: fitted.scenes[index]!.scene,
			frames: fitted.frames[index]!,
			entering: fitted.transitions[index - 1] ?? null,
			leaving: fitted.transitions[index] ?? null,
			first: index === 0,
			...(outline.voices[index] == null ? {} : { voice: outline.voices[index] }),
		})),
		frames: stretch.frames,
		transition: stretch.scenes.length === 2,
		platform: cell.platform,
		cta: cell.cta,
		axes: axesOf(cell),
		brand: checked.spec.brand ?? null,
		toolchain,
	});
	return { kind: 'personal', identity: hash('sha256', identity), label: stretch.label, frames: stretch.frames, fields };
};

/** The sha256 of all that a stretch is made from, for one recipient. */
export const recipeOf = ({ identity, fields }: Pick<PersonalPart, 'identity' | 'fields'>, values: RowValues): string =>
	hash('sha256', `${identity}${JSON.stringify(fields.map((field) => valueAt(values, field)))}`);

/** The segments that lie in a stretch. */
export const segmentsIn = ({ segments }: CompiledOutput, { start, frames }: Stretch): CompiledOutput['segments'] => {
	let offset = 0;
	return segments.filter(({ message }) => {
		const first = offset;
		offset += message.frames;
		return first >= start && first < start + frames;
	});
};

/** What the personal stretches of outputs were cut into, by recipe: with it a later plan tells what is made already without cutting them again. */
export const recipesOf = (
	outputs: readonly CompiledOutput[],
	{
		checked,
		compiler,
		toolchain,
	}: { readonly checked: CheckedSpec; readonly compiler: Pick<CampaignCompiler, 'outline'>; readonly toolchain: Toolchain },
): ReadonlyMap<string, readonly SegmentKey[]> => {
	const recipes = new Map<string, readonly SegmentKey[]>();
	for (const output of outputs) {
		const { cell, recipient } = output;
		const outline = recipient === null ? null : compiler.outline(cell, { values: recipient.values, brand: null });
		if (recipient === null || outline === null) continue;
		for (const stretch of stretchesOf(outline)) {
			const part = personalPart({ checked, toolchain }, { cell, outline, stretch });
			if (part === null) continue;
			const keys = segmentsIn(output, stretch).map(({ message }) => segmentKey(message, toolchain));
			recipes.set(recipeOf(part, recipient.values), keys);
		}
	}
	return recipes;
};
