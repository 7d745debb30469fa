import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes all of a body to `file`, which appears whole or not at all. Rejects with what the body throws, or when the file cannot be written. */
export const writeBody = async (
	body: AsyncIterable<Uint8Array>,
	file: string,
): Promise<{ readonly sha256: string; readonly bytes: number }> => {
	await mkdir(dirname(file), { recursive: true, mode: 0o700 });
	const partial = `${file}.${randomBytes(6).toString('hex')}.part`;
	try {
		const facts = await writePartial(body, partial);
		await rename(partial, file);
		return facts;
	} catch (error) {
		await rm(partial, { force: true });
		throw error;
	}
};

const writePartial = async (
	body: AsyncIterable<Uint8Array>,
	partial: string,
): Promise<{ readonly sha256: string; readonly bytes: number }> => {
	const hash = createHash('sha256');
	let bytes = 0;
	const handle = await open(partial, 'wx', 0o600);
	try {
		for await (const part of body) {
			hash.update(part);
			bytes += part.length;
			await handle.writeFile(part);
		}
		await handle.sync();
	} finally {
		await handle.close();
	}
	return { sha256: hash.digest('hex'), bytes };
};
