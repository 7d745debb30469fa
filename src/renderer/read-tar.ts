export type TarFile = { readonly name: string; readonly content: Uint8Array };

const BLOCK = 512;

/**
 * The regular files of a ustar archive, in its order; directories and links are left out.
 * @throws Error for a name that leads out of the archive or is longer than a plain header holds
 */
export const readTar = (archive: Uint8Array): TarFile[] => {
	const files: TarFile[] = [];
	const text = (start: number, length: number): string => {
		const field = Buffer.from(archive.subarray(start, start + length)).toString('latin1');
		return field.split('\0', 1)[0]!.trim();
	};
	for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0; ) {
		const name = text(at, 100);
		const size = Number.parseInt(text(at + 124, 12), 8);
		const type = text(at + 156, 1);
		if (!Number.isSafeInteger(size) || size < 0) throw new Error(`damaged archive at "${name}"`);
		if (type === 'L' || type === 'x') throw new Error('names beyond 100 characters are not read');
		if (name.startsWith('/') || name.split('/').includes('..')) throw new Error(`"${name}" leads out of the archive`);
		if (type === '0' || type === '') files.push({ name, content: archive.subarray(at + BLOCK, at + BLOCK + size) });
		at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
	}
	return files;
};
