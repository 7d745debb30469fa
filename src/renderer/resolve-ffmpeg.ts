import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { EnvironmentVariables } from './browser-environment.ts';
import { type ColorFilter, encodeArguments } from './ffmpeg-arguments.ts';
import { type Finding, type Resolution, resolveChain } from './resolution.ts';
import type { SystemProbes } from './system-probes.ts';

export type FfmpegSource = 'environment' | 'ffmpeg-static' | 'system' | 'remotion';

/** An ffmpeg that has shown that it can encode a segment. */
export type InstalledFfmpeg = {
	readonly path: string;
	/** Names the builds of ffmpeg and x264 and the colour filter: a part of every segment's key. */
	readonly version: string;
	readonly colorFilter: ColorFilter;
	/** The whole environment to run it in. */
	readonly environment: Readonly<Record<string, string>>;
	readonly source: FfmpegSource;
};

export type FfmpegSearch = {
	readonly environment: EnvironmentVariables;
	readonly probes: SystemProbes;
	/** Path of the binary that `ffmpeg-static` downloads at its installation, or null when the package is not there. */
	readonly staticBinary: string | null;
	/** Directory of the ffmpeg inside `@remotion/compositor-*`, or null. */
	readonly compositorDirectory: string | null;
};

/**
 * The ffmpeg to encode with: `FFMPEG_PATH`, `ffmpeg-static`, the system's, the one inside Remotion's compositor package.
 * Each one that is there encodes a single small picture with the real settings: what cannot do that is passed over, with its own words for why.
 */
export const resolveFfmpeg = (search: FfmpegSearch): Promise<Resolution<InstalledFfmpeg>> =>
	resolveChain([
		{ name: 'FFMPEG_PATH', look: () => lookAtVariable(search) },
		{ name: 'ffmpeg-static', look: () => lookAtStatic(search) },
		{ name: 'ffmpeg', look: () => lookOnPath(search) },
		{ name: '@remotion/compositor', look: () => lookAtCompositor(search) },
	]);

const lookAtVariable = async (search: FfmpegSearch): Promise<Finding<InstalledFfmpeg>> => {
	const path = search.environment['FFMPEG_PATH'];
	if (path === undefined || path === '') return { state: 'not-found', path: null, why: 'not set' };
	if (!(await search.probes.isExecutable(path))) return { state: 'stop', path, why: 'set, but there is no executable file' };
	const finding = await tryOut(search, { path, source: 'environment' });
	return finding.state === 'found' ? finding : { ...finding, state: 'stop' };
};

const lookAtStatic = async (search: FfmpegSearch): Promise<Finding<InstalledFfmpeg>> => {
	const path = search.staticBinary;
	if (path === null) return { state: 'not-found', path, why: 'not installed' };
	if (!(await search.probes.isExecutable(path))) return { state: 'not-found', path, why: 'installed, but its download did not happen' };
	return tryOut(search, { path, source: 'ffmpeg-static' });
};

const lookOnPath = async (search: FfmpegSearch): Promise<Finding<InstalledFfmpeg>> => {
	const path = await search.probes.findOnPath('ffmpeg');
	return path === null ? { state: 'not-found', path, why: 'not on the PATH' } : tryOut(search, { path, source: 'system' });
};

const lookAtCompositor = async (search: FfmpegSearch): Promise<Finding<InstalledFfmpeg>> => {
	const directory = search.compositorDirectory;
	if (directory === null) return { state: 'not-found', path: null, why: 'not installed for this machine' };
	const path = join(directory, process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg');
	return tryOut(search, { path, source: 'remotion', libraryPath: directory });
};

type Candidate = { readonly path: string; readonly source: FfmpegSource; readonly libraryPath?: string };

const PASSED_ON = ['PATH', 'SystemRoot', 'SYSTEMROOT', 'LD_LIBRARY_PATH'] as const;

/** No secret of the host gets into an encoder. */
const encoderEnvironment = (host: EnvironmentVariables, libraryPath: string | undefined): Record<string, string> => {
	const environment: Record<string, string> = { LANG: 'C', TZ: 'UTC' };
	for (const name of PASSED_ON) if (host[name] !== undefined) environment[name] = host[name];
	if (libraryPath !== undefined) Object.assign(environment, { LD_LIBRARY_PATH: libraryPath, DYLD_LIBRARY_PATH: libraryPath });
	return environment;
};

const tryOut = async (search: FfmpegSearch, candidate: Candidate): Promise<Finding<InstalledFfmpeg>> => {
	const { path, source, libraryPath } = candidate;
	const environment = encoderEnvironment(search.environment, libraryPath);
	const encode = (colorFilter: ColorFilter) => encodeOnePicture(search.probes, { path, environment, colorFilter });
	try {
		const [banner, trial] = await Promise.all([
			search.probes.run({ executable: path, arguments: ['-version'], environment }),
			encode('zscale').catch(() => encode('swscale')),
		]);
		const ffmpeg = /^ffmpeg version (\S+)/.exec(Buffer.from(banner.stdout).toString('utf8'))?.[1] ?? 'unknown';
		const version = `${ffmpeg} x264 ${trial.x264} ${trial.colorFilter}`;
		const choice = { path, version, colorFilter: trial.colorFilter, environment, source };
		return { state: 'found', choice, path, version, why: 'it is there and encodes' };
	} catch (error) {
		return { state: 'unusable', path, why: (error as Error).message };
	}
};

type Trial = { readonly path: string; readonly environment: Readonly<Record<string, string>>; readonly colorFilter: ColorFilter };

/** Encodes with the arguments of a real segment, but for the message in which x264 tells its build: the build is in no other place. */
const encodeOnePicture = async (probes: SystemProbes, { path, environment, colorFilter }: Trial) => {
	const profile = { codec: 'h264', preset: 'ultrafast', crf: 20, threads: 1, jpegQuality: 80 } as const;
	const real = encodeArguments({ canvas: { width: 16, height: 16, fps: 30 }, profile, colorFilter, output: 'pipe:1' });
	const outputFormat = ['-f', 'h264', 'pipe:1'];
	const trial = [...without(without(real.slice(0, -3), '-progress'), '-bsf:v'), ...outputFormat];
	const { stdout } = await probes.run({ executable: path, arguments: trial, environment, input: Buffer.from(ONE_PICTURE, 'base64') });
	const x264 = /x264 - core (\d+(?: r\d+\S* [0-9a-f]+)?)/.exec(Buffer.from(stdout).toString('latin1'))?.[1];
	if (x264 === undefined) throw new Error('it does not encode with x264');
	return { x264, colorFilter };
};

const without = (list: readonly string[], option: string): string[] => {
	const at = list.indexOf(option);
	return list.filter((_, index) => index !== at && index !== at + 1);
};

/** Where the optional package `ffmpeg-static` would have put its binary. Its own code is not run: it reads variables of its own. */
export const locateStaticFfmpeg = (): string | null => {
	try {
		const directory = dirname(createRequire(import.meta.url).resolve('ffmpeg-static/package.json'));
		return join(directory, process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg');
	} catch {
		return null;
	}
};

/** Directory of the compositor package that was installed for this machine. */
export const locateCompositor = (): string | null => {
	const require = createRequire(import.meta.url);
	const fromRenderer = createRequire(require.resolve('@remotion/renderer'));
	for (const suffix of ['', '-gnu', '-musl', '-msvc']) {
		try {
			const directory = dirname(fromRenderer.resolve(`@remotion/compositor-${process.platform}-${process.arch}${suffix}/package.json`));
			if (existsSync(directory)) return directory;
		} catch {
			// Another one, or none.
		}
	}
	return null;
};

/** A JPEG of 16 x 16 pixels. */
const ONE_PICTURE =
	'/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhC' +
	'Y2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAQABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAA' +
	'AAP/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAwb/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCIChC//9k=';
