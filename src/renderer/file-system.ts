import * as nodePromises from 'node:fs/promises';

/** The calls through which the store, assembly and publishing touch the disk, so that a test can make any one of them fail. */
export type FileSystem = Pick<
	typeof nodePromises,
	'open' | 'link' | 'rename' | 'copyFile' | 'mkdir' | 'readFile' | 'readdir' | 'stat' | 'lstat' | 'realpath' | 'chmod' | 'rm'
>;

export const nodeFileSystem: FileSystem = nodePromises;

/** `ENOSPC` and the like; undefined for an error that no system call made. */
export const errorCode = (error: unknown): string | undefined =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
