import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeFingerprintTable } from '../../src/compiler/fingerprint-set.ts';
import { NAUGHTY_NAMES } from '../fixtures/naughty-names.ts';

const Fingerprints = suite('compiler/fingerprint-set');

Fingerprints('the first number of a text stays, and is what a second one is told', () => {
	const table = makeFingerprintTable();
	assert.is(table.put('acme', 7), undefined);
	assert.is(table.put('acme', 8), 7);
	assert.is(table.get('acme'), 7);
	assert.is(table.get('other'), undefined);
	assert.is(table.size, 1);
});

Fingerprints('0 and the largest number of 32 bits are numbers like all others', () => {
	const table = makeFingerprintTable();
	table.put('zero', 0);
	table.put('most', 2 ** 32 - 1);
	assert.equal([table.put('zero', 1), table.put('most', 1)], [0, 2 ** 32 - 1]);
});

Fingerprints('texts that differ in one place, in length, or in nothing that is seen are different texts', () => {
	const texts = [...new Set(['', '\0', '\0\0', '\0'.repeat(7), '\0'.repeat(8), '\0'.repeat(9), 'a', 'a\0', 'ab', 'ba', ...NAUGHTY_NAMES])];
	const table = makeFingerprintTable();
	for (const [i, text] of texts.entries()) assert.is(table.put(text, i), undefined, JSON.stringify(text));
	for (const [i, text] of texts.entries()) assert.is(table.get(text), i);
	assert.is(table.size, texts.length);
});

Fingerprints('every single bit of a text counts', () => {
	const text = 'tiktok/professional/30s-shop-now/acme-0042';
	const table = makeFingerprintTable();
	table.put(text, 0);
	for (let i = 0; i < text.length; i++) {
		for (let bit = 0; bit < 16; bit++) {
			const flipped = text.slice(0, i) + String.fromCharCode(text.charCodeAt(i) ^ (1 << bit)) + text.slice(i + 1);
			assert.is(table.put(flipped, 1), undefined, `bit ${bit} of ${i}`);
		}
	}
});

Fingerprints('a million texts are told apart in 25 bytes each, and found again', () => {
	const table = makeFingerprintTable();
	const count = 1_000_000;
	for (let i = 0; i < count; i++) if (table.put(`youtube/15s/row-${i}.mp4`, i) !== undefined) assert.unreachable(`row ${i}`);
	for (let i = 0; i < count; i += 7) if (table.put(`youtube/15s/row-${i}.mp4`, 0) !== i) assert.unreachable(`row ${i}`);
	assert.is(table.size, count);
	assert.ok(table.bytes / count <= 25.2, `${table.bytes / count} bytes`);
});

Fingerprints.run();
