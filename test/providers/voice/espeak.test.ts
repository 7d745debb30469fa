import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { VoiceProvider, VoiceRequest } from '../../../src/ports/voice.ts';
import { espeakVersion, openEspeak } from '../../../src/providers/voice/espeak.ts';
import { describeVoiceProvider } from '../../contracts/voice-provider.ts';
import { makeDirectory } from '../../support/directory.ts';
import { toneWave } from '../../support/vendors/tone-voice.ts';

/** Stands for the program: says what comes in by standard input, with a header as it writes it when it does not know the length yet. */
const PROGRAM = `#!${process.execPath}
const { readFileSync, writeFileSync } = require('node:fs');
const { dirname } = require('node:path');
const args = process.argv.slice(2);
if (args[0] === '--version') { console.log('eSpeak NG text-to-speech: 1.51  Data at: /usr/share/espeak-ng-data'); process.exit(0); }
const text = readFileSync(0, 'utf8');
writeFileSync(dirname(process.argv[1]) + '/last.json', JSON.stringify({ args, text, env: Object.keys(process.env) }));
if (text === 'hang') setTimeout(() => {}, 60000);
else if (text === 'fail') process.exit(1);
else process.stdout.write(readFileSync(dirname(process.argv[1]) + '/sound.wav'));
`;

const Espeak = suite('providers/voice/espeak');

const request = (text: string, changes: Partial<VoiceRequest> = {}): VoiceRequest => ({
	text,
	words: text.split(' ').map((word) => ({ text: word, spoken: word })),
	voice: 'default',
	rate: 1,
	pitch: 1,
	...changes,
});

const install = async (directory: string): Promise<string> => {
	const file = join(directory, 'espeak-ng');
	await writeFile(file, PROGRAM);
	await chmod(file, 0o755);
	const sound = Buffer.from(toneWave('Dr. Lee saved $42,500, — and more!', 'well'));
	sound.writeUInt32LE(0x7ffff000, 40);
	await writeFile(join(directory, 'sound.wav'), sound);
	return directory;
};

const withEspeak = (test: (provider: VoiceProvider, directory: string) => Promise<void>, timeoutMs = 5000): Promise<void> =>
	makeDirectory(async (directory) => {
		const provider = openEspeak({ environment: { PATH: await install(directory), SECRET: 'x' }, timeoutMs });
		await test(provider, directory);
		await provider.close();
	});

Espeak('the program gets the text by standard input, settings as arguments, and nothing of the environment', () =>
	withEspeak(async (provider, directory) => {
		const result = await provider.synthesize(request('--help; Grüße', { voice: 'de', rate: 1.2, pitch: 0.5 }));
		assert.ok(result.ok, JSON.stringify(result));
		const { args, text, env } = JSON.parse(await readFile(join(directory, 'last.json'), 'utf8'));
		assert.equal(args, ['-v', 'de', '-s', '210', '-p', '0', '-b', '1', '--stdout', '--stdin']);
		assert.is(text, '--help; Grüße');
		assert.not.ok(env.includes('SECRET'));
	}),
);

Espeak('a machine without the program is told how to get it', async () => {
	const provider = openEspeak({ environment: { PATH: '/nowhere' } });
	const result = await provider.synthesize(request('Hello'));
	assert.ok(!result.ok);
	assert.is(result.problem.code, 'RF4229');
	assert.match(result.problem.hint, 'apt-get install espeak-ng');
	assert.is(espeakVersion({ PATH: '/nowhere' }), null);
});

Espeak('a program that fails or hangs is a problem', () =>
	withEspeak(async (provider) => {
		for (const text of ['fail', 'hang']) {
			const result = await provider.synthesize(request(text));
			assert.is(!result.ok && result.problem.code, 'RF4222', text);
		}
	}, 500),
);

Espeak('its version is the one that it tells', () =>
	makeDirectory(async (directory) => assert.is(espeakVersion({ PATH: await install(directory) }), '1.51')),
);

Espeak.run();

describeVoiceProvider('espeak', {
	voice: 'professional-female-1',
	open: async () => {
		const directory = await install(await mkdtemp(join(tmpdir(), 'reelform-test-')));
		const provider = openEspeak({ environment: { PATH: directory }, timeoutMs: 5000 });
		return {
			...provider,
			close: async () => {
				await provider.close();
				await rm(directory, { recursive: true, force: true });
			},
		};
	},
});
