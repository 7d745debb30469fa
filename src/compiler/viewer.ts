import type { Brand, CampaignSpec } from '../model/campaign-spec.gen.ts';
import { fieldPathOf, type Recipient, type RowValues, valueAt } from '../model/recipient.ts';
import type { RowPicture } from './compile-campaign.ts';
import type { Viewer } from './fit-cell.ts';

/** A recipient as lowering sees them: their data, and the brand in the colours of their picture where the spec asks for that. */
export const viewerOf = (spec: CampaignSpec, { values }: Recipient, pictures: ReadonlyMap<string, RowPicture>): Viewer => ({
	values,
	brand: brandOf(spec.brand, values, pictures),
});

const brandOf = (brand: Brand | undefined, values: RowValues, pictures: ReadonlyMap<string, RowPicture>): Brand | null => {
	const from = brand?.colors?.from;
	if (brand === undefined || from === undefined) return null;
	const written = valueAt(values, fieldPathOf(from));
	const [primary, accent] = (typeof written === 'string' ? pictures.get(written)?.palette : undefined) ?? [];
	if (primary === undefined) return null;
	// One colour alone is enough: the mood makes what goes with it, and the brand's own accent might not.
	return { ...brand, colors: { primary, ...(accent === undefined ? {} : { accent }) } };
};
