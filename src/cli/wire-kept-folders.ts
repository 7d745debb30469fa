import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolders } from '../providers/project-file.ts';

/** The project's own cache of assets, where a spec names no other. */
export const assetsOf = (cwd: string): string => join(projectFolders(join(cwd, 'x')).root, '.asset-cache');

/** What commands keep things in below the project. Made by whoever is the first to keep something. None where the working folder is gone. */
export const keptFolders = (cwd: string): readonly string[] => (existsSync(cwd) ? [join(cwd, '.reelform'), assetsOf(cwd)] : []);
