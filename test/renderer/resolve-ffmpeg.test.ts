import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type FfmpegSearch, resolveFfmpeg } from '../../src/renderer/resolve-ffmpeg.ts';
import { testFfmpeg } from '../support/machine.ts';

const Ffmpeg = suite('renderer/resolve-ffmpeg');

type Machine = {
	readonly variable?: string;
	readonly executables: readonly string[];
	readonly broken?: readonly string[];
	readonly withoutZscale?: boolean;
	readonly withoutX264?: boolean;
	readonly host?: Readonly<Record<string, string>>;
};

const searchOn = (machine: Machine): FfmpegSearch => ({
	environment: { ...machine.host, ...(machine.variable === undefined ? {} : { FFMPEG_PATH: machine.variable }) },
	staticBinary: '/modules/ffmpeg-static/ffmpeg',
	compositorDirectory: '/modules/compositor',
	probes: {
		isExecutable: async (path) => machine.executables.includes(path),
		findOnPath: async (name) => machine.executables.find((path) => path === `/usr/bin/${name}`) ?? null,
		async run({ executable, arguments: args }) {
			if (!machine.executables.includes(executable)) throw new Error('it does not start');
			if (machine.broken?.includes(executable)) throw new Error('it ends with exit code 1: illegal instruction');
			if (args[0] === '-version') return { stdout: Buffer.from('ffmpeg version 6.1.1-static Copyright'), stderr: '' };
			if (machine.withoutZscale && args.some((text) => text.startsWith('zscale'))) throw new Error('No such filter: zscale');
			return { stdout: Buffer.from(machine.withoutX264 ? 'nothing' : '\0\0x264 - core 164 r3095 baee400 - H.264'), stderr: '' };
		},
	},
});

const all = ['/opt/ffmpeg', '/modules/ffmpeg-static/ffmpeg', '/usr/bin/ffmpeg', '/modules/compositor/ffmpeg'];

for (const [title, machine, path] of [
	['the variable comes first', { variable: '/opt/ffmpeg', executables: all }, '/opt/ffmpeg'],
	['then ffmpeg-static', { executables: all }, '/modules/ffmpeg-static/ffmpeg'],
	['a static one that was never downloaded is passed over', { executables: all.slice(2) }, '/usr/bin/ffmpeg'],
	["the one inside Remotion's package is last", { executables: all.slice(3) }, '/modules/compositor/ffmpeg'],
	['one that cannot encode is passed over', { executables: all, broken: all.slice(1, 3) }, '/modules/compositor/ffmpeg'],
	['one without x264 is no encoder', { executables: all, withoutX264: true }, undefined],
	['a variable that names nothing ends the search', { variable: '/opt/gone', executables: all }, undefined],
] as const satisfies readonly (readonly [string, Machine, string | undefined])[])
	Ffmpeg(title, async () => assert.is((await resolveFfmpeg(searchOn(machine))).chosen?.path, path));

Ffmpeg('the version names ffmpeg, x264 and the colour filter: each of them changes bytes', async () => {
	const { chosen } = await resolveFfmpeg(searchOn({ executables: all }));
	assert.is(chosen?.version, '6.1.1-static x264 164 r3095 baee400 zscale');
});

Ffmpeg('without zscale the colours are converted by swscale', async () => {
	const { chosen } = await resolveFfmpeg(searchOn({ executables: all, withoutZscale: true }));
	assert.is(chosen?.colorFilter, 'swscale');
	assert.is(chosen?.version, '6.1.1-static x264 164 r3095 baee400 swscale');
});

Ffmpeg('the encoder gets no variable of the host that it does not need', async () => {
	const { chosen } = await resolveFfmpeg(searchOn({ executables: all.slice(3), host: { PATH: '/bin', API_KEY: 'secret', HOME: '/root' } }));
	assert.equal(Object.keys(chosen!.environment).sort(), ['DYLD_LIBRARY_PATH', 'LANG', 'LD_LIBRARY_PATH', 'PATH', 'TZ']);
});

Ffmpeg('this machine has an encoder that works', async () => {
	const found = await testFfmpeg();
	assert.match(found.version, /^\S+ x264 \d+ .*(zscale|swscale)$/);
});

Ffmpeg.run();
