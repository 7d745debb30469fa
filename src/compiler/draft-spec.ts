import type { CampaignSpec } from '../model/campaign-spec.gen.ts';
import type { SpecPath } from './checked-spec.ts';

/** `T` with any part of it missing. A part that is there is as the type says. */
export type Draft<T> = T extends readonly (infer Item)[]
	? readonly (Draft<Item> | undefined)[]
	: T extends object
		? { readonly [Key in keyof T]?: Draft<T[Key]> | undefined }
		: T;

/**
 * A spec in which some parts break the schema. Each of those is `undefined` under its key, or in its place in a list, so that a key that is
 * there and `undefined` was written wrongly or forgotten, and a key that is not there was left out.
 */
export type DraftSpec = Draft<CampaignSpec>;

/** Data of which all but the broken parts follow the schema, as a draft. The data is not changed. */
export const draftOf = (data: unknown, broken: readonly SpecPath[]): DraftSpec => {
	const paths = new Set(broken.map((path) => JSON.stringify(path)));
	const copy = (value: unknown, path: SpecPath): unknown => {
		if (paths.has(JSON.stringify(path))) return undefined;
		if (Array.isArray(value)) return value.map((item, i) => copy(item, [...path, i]));
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, copy(child, [...path, key])]));
	};
	const draft = broken.length === 0 ? data : copy(data, []);
	for (const path of broken) markMissing(draft, path);
	return draft as DraftSpec;
};

/** Whether a key was written wrongly or forgotten: then nothing can be said about what it leads to. */
export const isBroken = <T extends object>(part: T, key: keyof T): boolean => Object.hasOwn(part, key) && part[key] === undefined;

const markMissing = (draft: unknown, path: SpecPath): void => {
	let here = draft as Record<string | number, unknown> | undefined;
	for (const step of path.slice(0, -1)) here = here?.[step] as Record<string | number, unknown> | undefined;
	const last = path.at(-1);
	if (last !== undefined && here !== undefined && here !== null && !(last in here)) here[last] = undefined;
};
