import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import type { InstalledFfmpeg } from '../../src/renderer/resolve-ffmpeg.ts';
import { locateCompositor, resolveFfmpeg } from '../../src/renderer/resolve-ffmpeg.ts';
import { createSystemProbes } from '../../src/renderer/system-probes.ts';

/** The encoder that every installation has: the one in Remotion's compositor package. */
export const findFfmpeg = async (): Promise<InstalledFfmpeg> => {
	const environment = {};
	const search = { environment, probes: createSystemProbes(environment), staticBinary: null, compositorDirectory: locateCompositor() };
	const { chosen, links } = await resolveFfmpeg(search);
	if (chosen === null) throw new Error(JSON.stringify(links));
	return chosen;
};

/** Decodes every frame and compares nothing: what the decoder has to say against the file, empty when it is clean. */
export const decodingErrors = (ffmpeg: InstalledFfmpeg, file: string): string => {
	const { status, stderr } = spawnSync(
		ffmpeg.path,
		['-v', 'warning', '-xerror', '-i', file, '-c:v', 'png', '-s', '16x16', '-f', 'image2pipe', '-y', '/dev/null'],
		{ encoding: 'utf8', env: { ...ffmpeg.environment } },
	);
	return status === 0 ? stderr : `exit ${status}: ${stderr}`;
};

/** What ffprobe counts when it decodes a file, as text: `key=value` lines. */
export const probe = (ffmpeg: InstalledFfmpeg, file: string): Readonly<Record<string, string>> => {
	const { stdout } = spawnSync(join(dirname(ffmpeg.path), 'ffprobe'), ['-v', 'error', '-count_frames', '-show_streams', file], {
		encoding: 'utf8',
		env: { ...ffmpeg.environment },
	});
	return Object.fromEntries(stdout.split('\n').map((line) => line.split('=', 2) as [string, string]));
};
