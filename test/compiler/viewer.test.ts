import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RowPicture } from '../../src/compiler/compile-campaign.ts';
import { viewerOf } from '../../src/compiler/viewer.ts';
import type { CampaignSpec } from '../../src/model/campaign-spec.gen.ts';
import { checked } from '../support/specs.ts';

const Viewer = suite('compiler/viewer');

const picture = (...palette: readonly string[]): RowPicture => ({
	facts: { asset: { sha256: 'a'.repeat(64), extension: 'png' }, width: 1, height: 1 },
	palette,
});
const PICTURES = new Map([
	['two.png', picture('#ff0000', '#00ff00')],
	['one.png', picture('#0000ff')],
	['none.png', picture()],
]);
const recipient = (logo: string | null) => ({ key: 'a', row: 1, values: { recipient: { logo }, site: { shot: 'one.png' } } });
const colorsFor = (from: string | undefined, logo: string | null) => {
	const colors = { primary: '#111111', accent: '#222222', ...(from === undefined ? {} : { from }) };
	const brand: CampaignSpec['brand'] = { name: 'Acme', colors };
	return viewerOf(checked({ brand }).spec, recipient(logo), PICTURES).brand?.colors ?? null;
};

for (const [title, from, logo, wanted] of [
	['a brand without `from` is its own for everyone', undefined, 'two.png', null],
	['the colours of the picture take the place of the brand', 'logo', 'two.png', { primary: '#ff0000', accent: '#00ff00' }],
	['a picture of one colour leaves what goes with it to the mood', 'logo', 'one.png', { primary: '#0000ff' }],
	['a picture without colours leaves the brand as it is', 'logo', 'none.png', null],
	['so does a picture that is not there', 'logo', 'gone.png', null],
	['and a row without one', 'logo', null, null],
	['the picture may be of another source', 'site.shot', null, { primary: '#0000ff' }],
] as const)
	Viewer(title, () => assert.equal(colorsFor(from, logo), wanted));

Viewer('data is what the recipient has', () => {
	const { values } = recipient('two.png');
	assert.is(viewerOf(checked({}).spec, { key: 'a', row: 1, values }, new Map()).values, values);
});

Viewer.run();
