import { dirname } from 'node:path';
import { errorCode, type FileSystem } from './file-system.ts';

/** Which files of segments were looked at and found right, by the sha256 of their bytes. */
export type PassedPictures = {
	has(sha256: string): Promise<boolean>;
	/** Never throws: what is not remembered is looked at again. */
	add(sha256: string): Promise<void>;
};

/** First word of a line. Another one was written by another way of looking, and says nothing. */
const WAY = 'pictures-3';
const LINE = new RegExp(`^${WAY} ([0-9a-f]{64})$`);
/** Some 400,000 lines. A file that has grown beyond it is begun again. */
const MOST_BYTES = 32 << 20;

/** In a file that only grows, one line each. Runs may share it: a line is written at once, and one that is not whole counts for nothing. */
export const openPassedPictures = (fs: FileSystem, file: string): PassedPictures => {
	let known: Promise<Set<string>> | null = null;
	const read = async (): Promise<Set<string>> => {
		const size = (await fs.stat(file).catch(() => null))?.size ?? 0;
		if (size > MOST_BYTES) await fs.rm(file, { force: true }).catch(() => {});
		const text = size > MOST_BYTES ? '' : await fs.readFile(file, 'utf8').catch(() => '');
		return new Set(text.split('\n').flatMap((line) => LINE.exec(line)?.[1] ?? []));
	};
	return {
		async has(sha256) {
			known ??= read();
			return (await known).has(sha256);
		},
		async add(sha256) {
			known ??= read();
			(await known).add(sha256);
			await append(fs, file, `\n${WAY} ${sha256}\n`).catch((error) => {
				if (errorCode(error) === undefined) throw error;
			});
		},
	};
};

/** A line of its own also behind one that was cut off. */
const append = async (fs: FileSystem, file: string, line: string): Promise<void> => {
	await fs.mkdir(dirname(file), { recursive: true });
	const handle = await fs.open(file, 'a');
	try {
		await handle.writeFile(line);
	} finally {
		await handle.close();
	}
};
