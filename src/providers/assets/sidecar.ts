import { readFile, stat } from 'node:fs/promises';
import { parse } from 'yaml';
import type { ProviderResult } from '../../ports/asset-provider.ts';
import { badSidecar } from './provider-problem.ts';

/** What a person wrote down about a file of media, in `<file>.meta.yaml` beside it. */
export type Sidecar = {
	readonly title: string | null;
	readonly tags: readonly string[];
	readonly license: string | null;
	/** The line that is printed. */
	readonly credit: string | null;
	/** Where it comes from. */
	readonly source: string | null;
};

export const SIDECAR_ENDING = '.meta.yaml';

const NOTHING: Sidecar = { title: null, tags: [], license: null, credit: null, source: null };
const TEXTS = ['title', 'license', 'credit', 'source'] as const;
const MOST_BYTES = 64_000;

/** The sidecar of a file, whose own name is `name` in messages; empty where there is none. */
export const readSidecar = async (file: string, name: string): Promise<ProviderResult<Sidecar>> => {
	const [path, shown] = [`${file}${SIDECAR_ENDING}`, `${name}${SIDECAR_ENDING}`];
	const facts = await stat(path).catch(() => null);
	if (facts === null) return { ok: true, value: NOTHING };
	if (facts.size > MOST_BYTES) return badSidecar(shown, `has more than ${MOST_BYTES / 1000} KB`);
	const text = await readFile(path, 'utf8');
	let written: unknown;
	try {
		written = parse(text, { maxAliasCount: 0 });
	} catch {
		return badSidecar(shown, 'is no YAML that can be read');
	}
	return check(written, shown);
};

const check = (written: unknown, shown: string): ProviderResult<Sidecar> => {
	if (written === null) return { ok: true, value: NOTHING };
	if (typeof written !== 'object' || Array.isArray(written)) return badSidecar(shown, 'is a list or a text, not keys and values');
	const entries = Object.entries(written);
	const unknown = entries.find(([key]) => key !== 'tags' && !TEXTS.some((known) => known === key));
	if (unknown !== undefined) return badSidecar(shown, `has the unknown key "${unknown[0].slice(0, 40)}"`);
	const wrong = entries.find(([key, value]) => key !== 'tags' && value !== null && typeof value !== 'string');
	if (wrong !== undefined) return badSidecar(shown, `has something else than a text under "${wrong[0]}"`);
	const tags = tagsIn(entries.find(([key]) => key === 'tags')?.[1]);
	if (tags === null) return badSidecar(shown, 'has something else than words under "tags"');
	const texts = TEXTS.map((key) => [key, entries.find(([name]) => name === key)?.[1]?.trim() || null]);
	return { ok: true, value: { ...NOTHING, ...Object.fromEntries(texts), tags } };
};

/** A list, or words with commas between them. */
const tagsIn = (written: unknown): readonly string[] | null => {
	const list = typeof written === 'string' ? written.split(',') : (written ?? []);
	if (!Array.isArray(list) || list.some((tag) => typeof tag !== 'string' && typeof tag !== 'number')) return null;
	return list.map((tag) => String(tag).trim()).filter((tag) => tag !== '');
};
