import { hintForName } from '../../diagnostics/suggest.ts';
import { quote } from '../../diagnostics/visible.ts';
import type { Field } from '../../model/campaign-spec.gen.ts';
import { type FieldPath, RECIPIENT, RECIPIENTS } from '../../model/recipient.ts';
import { type Draft, type DraftSpec, isBroken } from '../draft-spec.ts';

/** What a spec says about a field; `unsure` where the part that would say it is broken. */
export type FieldLookup =
	| { readonly kind: 'known'; readonly field: Draft<Field> }
	| { readonly kind: 'unsure' }
	/** `piece` is what to point at: the source or the field. */
	| { readonly kind: 'unknown'; readonly piece: string; readonly summary: string; readonly hint: string };

/** The name of a source in templates. */
export const readAs = (source: string): string => (source === RECIPIENTS ? RECIPIENT : source);

export const lookUpField = (draft: DraftSpec, { source, field }: FieldPath): FieldLookup => {
	if (isBroken(draft, 'data')) return { kind: 'unsure' };
	const sources = new Map(Object.entries(draft.data ?? {}).map(([name, found]) => [readAs(name), found]));
	if (!sources.has(source)) return { kind: 'unknown', piece: source, ...unknownSource(source, [...sources.keys()], draft) };
	const fields = sources.get(source)?.fields;
	if (fields === undefined) return { kind: 'unsure' };
	if (!Object.hasOwn(fields, field)) {
		const summary = `${quote(source)} has no field ${quote(field)}`;
		return { kind: 'unknown', piece: field, summary, hint: hintForName(field, Object.keys(fields)) };
	}
	const found = fields[field];
	return found === undefined ? { kind: 'unsure' } : { kind: 'known', field: found };
};

const unknownSource = (source: string, known: readonly string[], draft: DraftSpec): { readonly summary: string; readonly hint: string } => {
	if (!Object.hasOwn(draft, 'data'))
		return {
			summary: `the spec has no data for ${quote(source)}`,
			hint: 'add `data: {recipients: {...}}` to the spec, or write `\\{{` for braces that are shown',
		};
	if (source === RECIPIENTS && known.includes(RECIPIENT))
		return { summary: `no source is read as ${quote(source)}`, hint: `write \`${RECIPIENT}\`: a template sees one of them` };
	return { summary: `no source is named ${quote(source)}`, hint: known.length === 0 ? 'add it under `data:`' : hintForName(source, known) };
};
