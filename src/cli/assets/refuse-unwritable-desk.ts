import { dirname } from 'node:path';
import type { CliContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { refuseUnlessMade } from '../output-folder.ts';
import type { AssetDesk } from './desk.ts';

type Places = Pick<AssetDesk, 'cacheDirectory' | 'lockFile'>;

/** Tells, before anything is fetched or paid for, that it could not be kept or written down. Null when it could. */
export const refuseUnwritableDesk = (context: CliContext, { cacheDirectory, lockFile }: Places, json: boolean): ExitCode | null => {
	const cache = { folder: cacheDirectory, hint: 'name another folder in `assets.cache.directory`, or mend its permissions' };
	const lock = { folder: dirname(lockFile), hint: 'the lockfile is written beside the spec: mend the permissions of its folder' };
	return refuseUnlessMade(context, cache, json) ?? refuseUnlessMade(context, lock, json);
};
