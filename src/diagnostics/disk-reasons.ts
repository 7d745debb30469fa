const REASONS: Readonly<Record<string, string>> = {
	ENOSPC: 'the disk is full',
	EDQUOT: 'the disk quota is used up',
	EROFS: 'the file system is read-only',
	EACCES: 'permission denied',
	EPERM: 'not permitted',
	EIO: 'the disk reports an input/output error',
	ENOENT: 'the file or folder is gone',
	ENOTDIR: 'a part of the path is a file',
	EISDIR: 'a folder is in the place of the file',
	EEXIST: 'a file is in the place of the folder',
	EMFILE: 'too many open files',
};

/** What a failed system call says of a disk, in words; the code itself where there are none. */
export const diskReason = (code: string): string => REASONS[code] ?? code;
