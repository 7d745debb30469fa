import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { FontFile } from '../../src/model/segment-message.ts';
import { familyOf, fontFileFamily } from '../../src/runtime/font-family.ts';
import { fontFilesOf } from '../../src/runtime/load-fonts.ts';
import { segment } from './drawing-parts.ts';

const Family = suite('runtime/font-family');

const file: FontFile = {
	family: 'Inter',
	weight: 400,
	italic: false,
	unicodeRange: 'U+0-FF,U+131,U+4??',
	asset: { sha256: '0'.repeat(64), extension: 'woff' },
};
const style = { family: 'Inter', weight: 400, italic: false, size: 20, tracking: 0, tabular: false };

Family('the name of a file is an identifier, which browsers give back as it is', () => {
	assert.match(fontFileFamily(file), /^[a-z][\w-]*$/);
});

Family('whatever changes how a file draws changes its name', () => {
	const others: readonly FontFile[] = [
		{ ...file, weight: 700 },
		{ ...file, italic: true },
		{ ...file, unicodeRange: 'U+0-FF,U+131' },
		{ ...file, asset: { ...file.asset, sha256: '1'.repeat(64) } },
	];
	assert.is(new Set([file, ...others].map(fontFileFamily)).size, 5);
});

Family('a text names the files of its own face, in the order of the message', () => {
	const extended = { ...file, unicodeRange: 'U+100-17F', asset: { ...file.asset, sha256: '2'.repeat(64) } };
	const fonts = [file, { ...file, weight: 700 }, extended, { ...file, family: 'Anton' }, { ...file, italic: true }];
	assert.is(familyOf(style, fonts), `'${fontFileFamily(file)}', '${fontFileFamily(extended)}'`);
	assert.throws(() => familyOf({ ...style, weight: 500 }, fonts), /no font file for Inter 500/);
});

Family('a file that several segments use is loaded once', () => {
	const one = segment([], { fonts: [file] });
	const two = segment([], { fonts: [{ ...file }, { ...file, weight: 700 }] });
	assert.equal(
		fontFilesOf([one, two, one]).map(({ weight }) => weight),
		[400, 700],
	);
});

Family.run();
