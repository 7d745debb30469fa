import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MAX_RECORD } from '../../../src/providers/data/limits.ts';
import { type Line, readLines } from '../../../src/providers/data/read-lines.ts';

const Lines = suite('providers/data/read-lines');

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const read = async (bytes: Buffer, size: number): Promise<readonly Line[]> => {
	const lines: Line[] = [];
	for await (const group of readLines(inPieces(bytes, size))) lines.push(...group);
	return lines;
};

const tooMany = MAX_RECORD + 7;

for (const [title, line, long] of [
	['too many bytes', Buffer.alloc(tooMany, 'x'), true],
	['too many bytes that are no UTF-8', Buffer.alloc(tooMany, 0xff), true],
	['too many bytes in few characters', Buffer.from('é'.repeat(tooMany / 2 + 1)), true],
	['as many bytes as there may be', Buffer.alloc(MAX_RECORD, 'x'), false],
] as const)
	Lines(`a line of ${title} is ${long ? 'too long' : 'not too long'}, wherever the file is cut`, async () => {
		const bytes = Buffer.concat([Buffer.from('a,b\n'), line, Buffer.from('\nlast "\n')]);
		for (const size of [bytes.length, 1 << 20, 40_000]) {
			const lines = await read(bytes, size);
			assert.equal(
				lines.filter(({ text }) => text !== '').map((one) => [one.long, one.quotes, one.text.length > 100]),
				[
					[false, 0, false],
					[long, 0, true],
					[false, 1, false],
				],
				`pieces of ${size}`,
			);
		}
	});

Lines.run();
