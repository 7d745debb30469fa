import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Writes a fontconfig set-up without any font into `directory`, for `FONTCONFIG_FILE`: the browser then draws web fonts only,
 * and no picture depends on what the machine has installed.
 * @returns path of the file
 */
export const writeFontconfig = async (directory: string): Promise<string> => {
	const cache = join(directory, 'fontconfig-cache');
	const file = join(directory, 'fonts.conf');
	await mkdir(cache, { recursive: true, mode: 0o700 });
	await writeFile(file, fontconfigText(cache));
	return file;
};

const fontconfigText = (cacheDirectory: string): string =>
	`<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
	<cachedir>${escapeXml(cacheDirectory)}</cachedir>
</fontconfig>
`;

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
