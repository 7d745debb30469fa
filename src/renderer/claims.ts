import { join } from 'node:path';
import { discard, writeDurably } from './durable-file.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { sweepTemporaryFiles, temporaryName } from './sweep.ts';

export type Claim = { release(): Promise<void> };

/** What living processes need of what is kept. */
export type Claims = {
	/** Keys of segments, mixes and sentences. */
	readonly names: ReadonlySet<string>;
	/** Whether any process draws or mixes now. */
	readonly anyone: boolean;
};

const folderOf = (store: string): string => join(store, 'in-use');

/** Says that this process draws or mixes, and by which names it needs what is kept, until `release`. What a dead process left is swept. */
export const claimNames = async (store: string, names: Iterable<string>, fs: FileSystem = nodeFileSystem): Promise<Claim> => {
	const folder = folderOf(store);
	await fs.mkdir(folder, { recursive: true });
	await sweepTemporaryFiles(fs, folder);
	const file = join(folder, temporaryName('keys'));
	await writeDurably(fs, [...names].join('\n'), { temporary: join(folder, temporaryName('tmp')), file });
	return { release: () => discard(fs, file) };
};

/** The claims of living processes, as they are at each call. A claim never changes, so each is read once. */
export const watchClaims = (store: string, fs: FileSystem = nodeFileSystem): (() => Promise<Claims>) => {
	const folder = folderOf(store);
	let last: Claims = { names: new Set(), anyone: false };
	let seen = '';
	return async () => {
		const files = (await fs.readdir(folder).catch(() => [])).filter((name) => name.endsWith('.keys')).sort();
		if (files.join() === seen) return last;
		await sweepTemporaryFiles(fs, folder);
		const texts = await Promise.all(files.map((name) => fs.readFile(join(folder, name), 'utf8').catch(() => null)));
		const living = texts.filter((text) => text !== null);
		last = { names: new Set(living.flatMap((text) => text.split('\n'))), anyone: living.length > 0 };
		seen = files.filter((_, index) => texts[index] !== null).join();
		return last;
	};
};
