import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readSpec } from '../src/compiler/pipeline.ts';

const Coverage = suite('gallery-coverage');

const FILE = 'specs/gallery/gallery.campaign.yaml';

type Definition = {
	readonly required?: readonly string[];
	readonly enum?: readonly string[];
	readonly anyOf?: readonly { readonly $ref?: string; readonly enum?: readonly string[] }[];
	readonly properties?: Readonly<Record<string, { readonly const?: string; readonly enum?: readonly string[] }>>;
};

const definitions = (JSON.parse(readFileSync('schema/campaign.schema.json', 'utf8')) as { $defs: Readonly<Record<string, Definition>> })
	.$defs;
const checked = readSpec({ file: FILE, text: readFileSync(FILE, 'utf8') });
if (!checked.ok) throw new Error(JSON.stringify(checked.diagnostics));
const { spec } = checked.value;

type Entry = readonly [key: string, value: unknown, owner: Readonly<Record<string, unknown>>];

/** Every key of every mapping in a value, with the mapping. */
const entriesIn = (value: unknown): readonly Entry[] => {
	if (Array.isArray(value)) return value.flatMap(entriesIn);
	if (typeof value !== 'object' || value === null) return [];
	const owner = value as Readonly<Record<string, unknown>>;
	return Object.entries(owner).flatMap(([key, inner]): readonly Entry[] => [[key, inner, owner], ...entriesIn(inner)]);
};

const entries = entriesIn(spec.scenes);
const written = (key: string): ReadonlySet<unknown> =>
	new Set(
		entries
			.filter(([name]) => name === key)
			.map(([, value]) => (typeof value === 'object' && value !== null && 'type' in value ? value.type : value)),
	);

const namesIn = (definition: string): readonly string[] =>
	(definitions[definition]!.anyOf ?? []).flatMap(({ $ref }) => $ref?.split('/').at(-1) ?? []);

const missing = (key: string, wanted: readonly string[] | undefined): readonly string[] => {
	assert.ok(wanted !== undefined && wanted.length > 0, `the schema has values for ${key}`);
	return wanted.filter((value) => !written(key).has(value));
};

/** Captions come and go with a voice, so that stills of scenes at rest have none: a spec that speaks shows them. */
const SPEAKING = 'specs/product-launch/product-launch.campaign.yaml';

Coverage('every kind of layer is shown', () => {
	const speaking = readSpec({ file: SPEAKING, text: readFileSync(SPEAKING, 'utf8') });
	const isSaid = speaking.ok && speaking.value.spec.captions !== undefined && speaking.value.spec.captions !== false;
	const kinds = namesIn('layer').map((name) => definitions[name]!.required![0]!);
	assert.ok(kinds.length > 10);
	assert.equal(
		kinds.filter((kind) => !(kind === 'captions' ? isSaid : entries.some(([key]) => key === kind))),
		[],
	);
});

Coverage('every background is shown, with every pattern', () => {
	const types = namesIn('background').map((name) => definitions[name]!.properties!['type']!.const!);
	assert.equal(missing('background', types), []);
	assert.equal(missing('pattern', definitions['patternBackground']!.properties!['pattern']!.enum), []);
});

Coverage('every transition turns a scene', () =>
	assert.equal(
		missing('transition', definitions['transitionName']!.enum).filter((name) => !isShown(name)),
		[],
	),
);

/** A direction is also written as one: `{type: slide, direction: left}` is `slide-left`. */
const isShown = (name: string): boolean =>
	entries.some(
		([key, value]) =>
			key === 'transition' &&
			typeof value === 'object' &&
			value !== null &&
			'direction' in value &&
			'type' in value &&
			`${value.type}-${value.direction}` === name,
	);

Coverage('every movement is made', () => {
	for (const [key, definition] of [
		['enter', 'entrancePreset'],
		['exit', 'exitPreset'],
	] as const)
		assert.equal(missing(key, definitions[definition]!.enum), [], key);
	assert.ok(written('emphasis').has('pulse'));
});

Coverage('every look of a layer is shown', () => {
	for (const [layer, key] of [
		['shapeLayer', 'shape'],
		['chartLayer', 'chart'],
		['mockupLayer', 'mockup'],
		['progressLayer', 'style'],
		['listLayer', 'marker'],
		['groupLayer', 'layout'],
	] as const)
		assert.equal(missing(key, definitions[layer]!.properties![key]!.enum), [], key);
	assert.equal(missing('format', definitions['numberFormat']!.enum), []);
	const roles = definitions['textLayer']!.properties!['role']!.enum;
	assert.equal(
		missing(
			'role',
			roles?.filter((role) => role !== 'body'),
		),
		[],
	);
});

Coverage('every mood is a variant', () => {
	const moods = Object.values(spec.variants ?? {}).map(({ mood }) => mood);
	assert.equal([...moods].sort(), [...definitions['moodName']!.enum!].sort());
});

Coverage('the lengths of its scenes are its durations, exactly, without the optional scene and with it', () => {
	const lengths = spec.scenes.map(({ duration, optional }) => ({ seconds: Number(duration), optional: optional === true }));
	const sum = (some: typeof lengths): number => some.reduce((total, { seconds }) => total + seconds, 0);
	assert.equal(spec.durations, [sum(lengths), sum(lengths.filter(({ optional }) => !optional))]);
});

Coverage.run();
