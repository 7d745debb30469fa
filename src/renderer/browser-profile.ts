import { rm } from 'node:fs/promises';
import { asDiskFailure } from './durable-file.ts';
import { writeFontconfig } from './fontconfig.ts';
import { makeOwnDirectory, sweepOwnDirectories } from './own-directory.ts';

/** A browser's own directory. */
export type BrowserProfile = {
	readonly directory: string;
	readonly fontconfigFile: string;
	/** Safe to call twice. */
	readonly remove: () => Promise<void>;
};

const PREFIX = 'reelform-profile-';

/** Makes a profile for one browser of this process. A failure leaves nothing behind. @throws RenderFailure `DISK` with the path */
export const makeProfile = async (parent: string): Promise<BrowserProfile> => {
	const directory = await makeOwnDirectory(parent, PREFIX);
	const remove = (): Promise<void> => rm(directory, { recursive: true, force: true, maxRetries: 5 });
	try {
		return { directory, fontconfigFile: await writeFontconfig(directory), remove };
	} catch (error) {
		await remove().catch(() => {});
		throw asDiskFailure(error, directory);
	}
};

/** Removes the profiles that killed processes left behind. */
export const sweepProfiles = (parent: string): Promise<void> => sweepOwnDirectories(parent, PREFIX);
