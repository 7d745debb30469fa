import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { collisionKey, MAX_VALUE_BYTES, safeName } from '../../src/compiler/safe-name.ts';
import { NAUGHTY_NAMES } from '../fixtures/naughty-names.ts';
import { seededNumbers } from '../support/seeded-numbers.ts';

const SafeName = suite('compiler/safe-name');

for (const [given, expected] of [
	['shop-now', 'shop-now'],
	['Acme & Söhne', 'Acme & Söhne'],
	['Acme: Ltd.', 'Acme- Ltd'],
	['../../etc/passwd', 'etc-passwd'],
	['%2e%2e%2f', '2e-2e-2f'],
	['a\0b', 'ab'],
	['CON', 'CON_'],
	['con.txt', 'con_.txt'],
	['con\u200b', 'con_'],
	['console', 'console'],
	['-rf', 'rf'],
	['.hidden', 'hidden'],
	['name . . .', 'name'],
	['  two\t\nwords  ', 'two words'],
	['\u202egpj.exe', 'gpj.exe'],
	['cafe\u0301', 'caf\u00e9'],
	['a∕b', 'a∕b'],
	['ＡＢＣ／ｄ', 'ＡＢＣ-ｄ'],
	['', 'untitled'],
	['...', 'untitled'],
	['\u3164', 'untitled'],
	['a'.repeat(300), 'a'.repeat(80)],
	['漢'.repeat(100), '漢'.repeat(26)],
	[`${'a'.repeat(79)}👍🏽`, 'a'.repeat(79)],
	['a'.repeat(79).concat('. x'), 'a'.repeat(79)],
] as const) {
	SafeName(`${JSON.stringify(given.slice(0, 30))} becomes ${JSON.stringify(expected.slice(0, 30))}`, () =>
		assert.is(safeName(given), expected),
	);
}

const checkSafe = (given: string): void => {
	const name = safeName(given);
	const shown = JSON.stringify([given.slice(0, 100), name]);
	assert.is(safeName(name), name, `not idempotent: ${shown}`);
	assert.ok(name.length > 0 && Buffer.byteLength(name) <= MAX_VALUE_BYTES, shown);
	assert.is(name, name.normalize('NFC'), shown);
	assert.not.match(name, /[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*%]/u, shown);
	assert.not.match(name, /^[-.~\s]|[.\s]$/u, shown);
	assert.not.match(name, /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i, shown);
	assert.is(Buffer.from(name).toString(), name, shown);
};

SafeName('every naughty name becomes safe, and safe names stay as they are', () => {
	assert.ok(NAUGHTY_NAMES.length >= 60);
	NAUGHTY_NAMES.forEach(checkSafe);
});

SafeName('so does every mixture of them', () => {
	const random = seededNumbers(44);
	const pick = (): string => NAUGHTY_NAMES[Math.floor(random() * NAUGHTY_NAMES.length)] ?? '';
	for (let i = 0; i < 3000; i++) {
		const mixture = pick() + pick().slice(0, 10) + pick().slice(-7);
		const from = Math.floor(random() * mixture.length);
		checkSafe(mixture.slice(from, from + Math.floor(random() * 130)));
	}
});

SafeName('any single character becomes safe', () => {
	for (let code = 0; code <= 0xffff; code++) checkSafe(String.fromCharCode(code));
});

SafeName('a file system takes each of them as one file', () => {
	const directory = mkdtempSync(join(tmpdir(), 'reelform-names-'));
	try {
		const names = new Set(NAUGHTY_NAMES.map((name) => `${safeName(name)}.mp4`));
		for (const name of names) writeFileSync(join(directory, name), '');
		assert.equal(readdirSync(directory).sort(), [...names].sort());
	} finally {
		rmSync(directory, { recursive: true });
	}
});

for (const [one, other, same] of [
	['a/Intro.mp4', 'a/intro.mp4', true],
	['caf\u00e9', 'cafe\u0301', true],
	['ﬁn', 'fin', true],
	['Straße', 'STRASSE', true],
	['ＡＢＣ', 'abc', true],
	['a-b', 'a b', false],
	['a', 'b', false],
] as const) {
	SafeName(`${one} and ${other} ${same ? 'could be' : 'are never'} one file`, () =>
		assert.is(collisionKey(one) === collisionKey(other), same),
	);
}

SafeName.run();
