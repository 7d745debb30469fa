import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type FoundPicture, pictureFieldsOf, picturesNamedBy, placePictures } from '../../../src/compiler/bind/place-pictures.ts';
import type { Recipient } from '../../../src/model/recipient.ts';

const Pictures = suite('compiler/bind/place-pictures');

const found = (sha: string): FoundPicture => ({
	ok: true,
	facts: { asset: { sha256: sha.repeat(64), extension: 'png' }, width: 10, height: 10 },
	palette: [],
});
const broken: FoundPicture = { ok: false, code: 'RF4213', summary: 'it is a web page', hint: 'give a picture' };
const LOGO = { source: 'recipient', field: 'logo', fallback: 'acme.png', required: false };

const person = (row: number, logo: string | null): Recipient => ({ key: `k${row}`, row, values: { recipient: { logo } } });
const logosOf = (recipients: readonly Recipient[]) => recipients.map(({ key, values }) => [key, values['recipient']!['logo']]);

Pictures('fields with `format: image` hold pictures, in every source', () => {
	const fields = { logo: { type: 'string', format: 'image', fallback: 'acme.png' }, name: { type: 'string' } } as const;
	const shot = { shot: { type: 'string', format: 'image', required: true } } as const;
	const data = {
		recipients: { type: 'csv', path: 'a.csv', key: 'id', fields },
		site: { type: 'csv', path: 'b.csv', key: 'id', on: 'id', fields: shot },
	} as const;
	assert.equal(pictureFieldsOf({ data: data as never }), [LOGO, { source: 'site', field: 'shot', fallback: null, required: true }]);
	assert.equal(pictureFieldsOf({}), []);
});

Pictures('every picture is asked for once, the fallbacks with them', () => {
	const people = [person(1, 'a.png'), person(2, 'a.png'), person(3, null), person(4, 'b.png')];
	assert.equal([...picturesNamedBy(people, [LOGO])].sort(), ['a.png', 'acme.png', 'b.png']);
});

Pictures('the fallback stands for a picture that cannot be drawn; the row is told and stays', () => {
	const pictures = new Map([
		['a.png', found('a')],
		['b.html', broken],
		['acme.png', found('c')],
	]);
	const placed = placePictures([person(1, 'a.png'), person(2, 'b.html'), person(3, null)], [LOGO], pictures);
	assert.equal(logosOf(placed.recipients), [
		['k1', 'a.png'],
		['k2', 'acme.png'],
		['k3', null],
	]);
	assert.equal(placed.problems, [
		{ ...{ code: 'RF4213', source: 'recipients', row: 2, key: 'k2', column: 'logo' }, summary: 'it is a web page', hint: 'give a picture' },
	]);
	assert.equal([...placed.pictures.keys()].sort(), ['a.png', 'acme.png']);
});

for (const [title, field, pictures, kept] of [
	['without a fallback the field is empty', { ...LOGO, fallback: null }, new Map([['b.html', broken]]), [['k1', null]]],
	[
		'a fallback that cannot be drawn either is none',
		LOGO,
		new Map([
			['b.html', broken],
			['acme.png', broken],
		]),
		[['k1', null]],
	],
	['a row that must have a picture is left out', { ...LOGO, fallback: null, required: true }, new Map([['b.html', broken]]), []],
] as const)
	Pictures(title, () => {
		const placed = placePictures([person(1, 'b.html')], [field], pictures);
		assert.equal(logosOf(placed.recipients), kept);
		assert.is(placed.problems.length, 1);
	});

Pictures.run();
