import { readFile } from 'node:fs/promises';
import type { ComponentFacts, Needs } from '../model/inputs.ts';
import { type BuiltComponent, buildComponent } from './build-component.ts';
import { type InputProblem, type InputResult, refuse } from './input-problem.ts';
import { locateFile, type ProjectFolders } from './project-file.ts';

/** The code of a component, as the page is given it. */
export type ComponentCode = { readonly facts: ComponentFacts; readonly text: string };

export type ResolvedComponents = {
	readonly components: ReadonlyMap<string, ComponentFacts>;
	/** By the hash that drawings name it with. */
	readonly codes: ReadonlyMap<string, ComponentCode>;
	readonly propsSchemas: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
	/** Absolute paths of everything that the components and schemas were made of. */
	readonly files: readonly string[];
	readonly problems: readonly (InputProblem & { readonly need: { readonly kind: 'component' | 'propsSchema'; readonly name: string } })[];
};

/** Builds the components that a spec names, and reads the schemas of their props. */
export const resolveComponents = async (
	{ components = [], propsSchemas = [] }: Pick<Needs, 'components' | 'propsSchemas'>,
	folders: ProjectFolders,
): Promise<ResolvedComponents> => {
	const built = await collect(components, (name) => buildComponent(name, folders));
	const schemas = await collect(propsSchemas, (name) => readSchema(name, folders));
	const refused = [
		...built.refused.map(({ name, problem }) => ({ need: { kind: 'component', name } as const, ...problem })),
		...schemas.refused.map(({ name, problem }) => ({ need: { kind: 'propsSchema', name } as const, ...problem })),
	];
	return {
		components: new Map([...built.found].map(([name, { facts }]) => [name, facts])),
		codes: new Map([...built.found.values()].map(({ facts, code }) => [facts.code, { facts, text: code }])),
		propsSchemas: new Map([...schemas.found].map(([name, { schema }]) => [name, schema])),
		files: [...[...built.found.values()].flatMap(({ files }) => files), ...[...schemas.found.values()].map(({ path }) => path)],
		problems: [...refused, ...[...built.found].flatMap(([name, component]) => impurityOf(name, component))],
	};
};

/** A warning, since the place may never be reached: what is reached stops the render. */
const impurityOf = (name: string, { impurities }: BuiltComponent): ResolvedComponents['problems'] => {
	if (impurities.length === 0) return [];
	return [
		{
			need: { kind: 'component', name },
			code: 'RF4023',
			severity: 'warning',
			summary: `"${name}" reads what changes from render to render: ${impurities.join(', ')}`,
			hint: "draw from `frame / canvas.fps` and the props alone; for chance use `random(seed)` from 'remotion'",
		},
	];
};

type Collected<T> = {
	readonly found: ReadonlyMap<string, T>;
	readonly refused: readonly { readonly name: string; readonly problem: InputProblem }[];
};

const collect = async <T>(names: readonly string[], read: (name: string) => Promise<InputResult<T>>): Promise<Collected<T>> => {
	const unique = [...new Set(names)];
	const results = await Promise.all(unique.map(async (name) => ({ name, result: await read(name) })));
	return {
		found: new Map(results.flatMap(({ name, result }) => (result.ok ? [[name, result.value] as const] : []))),
		refused: results.flatMap(({ name, result }) => (result.ok ? [] : [{ name, problem: result.problem }])),
	};
};

const MAX_SCHEMA_BYTES = 1_000_000;

type ReadSchema = { readonly schema: Readonly<Record<string, unknown>>; readonly path: string };

const readSchema = async (written: string, folders: ProjectFolders): Promise<InputResult<ReadSchema>> => {
	const located = await locateFile(written, folders);
	if (!located.ok) return located;
	if (located.value.bytes > MAX_SCHEMA_BYTES) return refuse('RF4022', `"${written}" is larger than 1 MB`, 'give a smaller schema');
	const data = parse(await readFile(located.value.path, 'utf8'));
	if (typeof data !== 'object' || data === null || Array.isArray(data))
		return refuse('RF4022', `"${written}" is not a JSON Schema`, 'write a JSON object, such as {"type": "object"}');
	return { ok: true, value: { schema: data as Readonly<Record<string, unknown>>, path: located.value.path } };
};

const parse = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
};
