import type { Code } from '../../diagnostics/codes.ts';
import type { CampaignSpec } from '../../model/campaign-spec.gen.ts';
import { type FieldPath, RECIPIENT, RECIPIENTS, type Recipient, type RowValues, valueAt } from '../../model/recipient.ts';
import type { RowProblem } from '../../model/row-problem.ts';
import type { RowPicture } from '../compile-campaign.ts';

/** A field whose values are paths or addresses of pictures. */
export type PictureField = FieldPath & { readonly fallback: string | null; readonly required: boolean };

export type FoundPicture =
	| (RowPicture & { readonly ok: true })
	| { readonly ok: false; readonly code: Code; readonly summary: string; readonly hint: string; readonly passing?: true };

export type PlacedPictures = {
	/** Those whose pictures can be drawn, each picture that cannot be replaced by its field's fallback. */
	readonly recipients: readonly Recipient[];
	readonly pictures: ReadonlyMap<string, RowPicture>;
	readonly problems: readonly RowProblem[];
};

/** The fields of a campaign that hold pictures. */
export const pictureFieldsOf = ({ data = {} }: Pick<CampaignSpec, 'data'>): readonly PictureField[] =>
	Object.entries(data).flatMap(([name, { fields }]) =>
		Object.entries(fields).flatMap(([field, { format, fallback, required }]) =>
			format === 'image'
				? [
						{
							source: name === RECIPIENTS ? RECIPIENT : name,
							field,
							fallback: typeof fallback === 'string' ? fallback : null,
							required: required ?? false,
						},
					]
				: [],
		),
	);

/** Every picture that recipients name, and the fallbacks, each once. */
export const picturesNamedBy = (
	recipients: readonly { readonly values: RowValues }[],
	fields: readonly PictureField[],
): readonly string[] => {
	const named = new Set<string>();
	for (const field of fields) {
		if (field.fallback !== null) named.add(field.fallback);
		for (const { values } of recipients) {
			const written = valueAt(values, field);
			if (typeof written === 'string') named.add(written);
		}
	}
	return [...named];
};

/** Puts a fallback in the place of every picture that cannot be drawn. A row that has none for a field it must have is left out. */
export const placePictures = (
	recipients: readonly Recipient[],
	fields: readonly PictureField[],
	found: ReadonlyMap<string, FoundPicture>,
): PlacedPictures => {
	const problems: RowProblem[] = [];
	const placed = recipients.flatMap((recipient) => {
		const lacking = fields.filter((field) => {
			const written = valueAt(recipient.values, field);
			return typeof written === 'string' && found.get(written)?.ok !== true;
		});
		if (lacking.length === 0) return [recipient];
		let values = recipient.values;
		let isBad = false;
		for (const field of lacking) {
			const fallback = field.fallback !== null && found.get(field.fallback)?.ok === true ? field.fallback : null;
			problems.push(problemOf(recipient, field, found));
			isBad ||= fallback === null && field.required;
			values = { ...values, [field.source]: { ...values[field.source], [field.field]: fallback } };
		}
		return isBad ? [] : [{ ...recipient, values }];
	});
	const pictures = [...found].flatMap(([name, picture]) =>
		picture.ok ? [[name, { facts: picture.facts, palette: picture.palette }] as const] : [],
	);
	return { recipients: placed, pictures: new Map(pictures), problems };
};

const problemOf = ({ row, key, values }: Recipient, field: PictureField, found: ReadonlyMap<string, FoundPicture>): RowProblem => {
	const picture = found.get(String(valueAt(values, field)));
	if (picture === undefined || picture.ok) throw new Error('a picture that can be drawn is no problem');
	const source = field.source === RECIPIENT ? RECIPIENTS : field.source;
	const { code, summary, hint, passing } = picture;
	return { ...{ source, row, key, column: field.field, code, summary, hint }, ...(passing ? { passing } : {}) };
};
