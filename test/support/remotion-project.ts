import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { distDirectory } from './dist.ts';
import { testFfmpeg } from './machine.ts';

/** A project of its own below this one, so that React and Remotion are found, with the built package as its `reelform`. */
export const makeRemotionProject = (fixture: string): string => {
	const project = resolve(`.test-build/${fixture}-${process.pid}`);
	const modules = join(project, 'node_modules', 'reelform');
	cpSync(`test/fixtures/${fixture}`, join(project, 'src'), { recursive: true });
	mkdirSync(modules, { recursive: true });
	const { name, version, type, exports } = JSON.parse(readFileSync('package.json', 'utf8'));
	writeFileSync(join(modules, 'package.json'), JSON.stringify({ name, version, type, exports }));
	writeFileSync(join(project, 'package.json'), `{"name":"${fixture}","private":true}`);
	symlinkSync(distDirectory, join(modules, 'dist'));
	process.once('exit', () => rmSync(project, { recursive: true, force: true }));
	return project;
};

export const videosIn = (folder: string): readonly string[] =>
	(readdirSync(folder, { recursive: true }) as string[]).filter((file) => file.endsWith('.mp4')).sort();

/** The middles of equal columns of a video's last frame, as `f00` for red. */
export const columnsOf = async (file: string, count: number): Promise<readonly string[]> => {
	const ffmpeg = await testFfmpeg();
	const picture = `${file}.png`;
	execFileSync(ffmpeg.path, ['-v', 'error', '-y', '-i', `file:${file}`, '-update', '1', `file:${picture}`], { env: ffmpeg.environment });
	const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
	rmSync(picture);
	return Array.from({ length: count }, (_, column) => {
		const at = (Math.floor(info.height / 2) * info.width + Math.floor((info.width * (column + 0.5)) / count)) * 3;
		return [...data.subarray(at, at + 3)].map((value) => (value > 200 ? 'f' : value < 60 ? '0' : '?')).join('');
	});
};
