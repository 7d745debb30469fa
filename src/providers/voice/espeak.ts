import { spawn, spawnSync } from 'node:child_process';
import { hintForName } from '../../diagnostics/suggest.ts';
import type { VoiceProblem, VoiceProvider, VoiceRequest, VoiceResult } from '../../ports/voice.ts';
import { checkFactor, checkSentence, voiceIn } from './cloud-voice.ts';
import { estimateSpans } from './estimate-words.ts';
import { openLanes } from './lanes.ts';
import type { Environment } from './services.ts';
import { trimSpeech } from './trim-speech.ts';
import { decodeWave } from './wave.ts';

const PROGRAM = 'espeak-ng';
const TIMEOUT_MS = 20_000;
const MAX_CHARACTERS = 2000;
const MAX_SOUND_BYTES = 50_000_000;
const WORDS_A_MINUTE = 175;
const MIDDLE_PITCH = 50;

const VOICES: Readonly<Record<string, string>> = {
	default: 'en-us',
	'professional-female-1': 'en-us+f3',
	'professional-male-1': 'en-us+m3',
	'professional-male-2': 'en-gb+m7',
	robot: 'en-us+klatt2',
};

/** A language with an optional variant: `de`, `pt-br`, `en-us+f3`. */
export const espeakVoice = (name: string): string | undefined =>
	voiceIn(VOICES, /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}(\+[a-zA-Z0-9]{1,12})?$/, name);

export type EspeakOptions = { readonly environment: Environment; readonly timeoutMs?: number };

/** The version of the program that is installed; null for none. */
export const espeakVersion = (environment: Environment): string | null => {
	const told = spawnSync(PROGRAM, ['--version'], { env: programEnvironment(environment), encoding: 'utf8', timeout: TIMEOUT_MS });
	return /(\d+\.\d+(?:\.\d+)?)/.exec(told.stdout ?? '')?.[1] ?? null;
};

/** eSpeak NG, if the machine has it: many languages, and the same bytes for the same words. Times of words are estimated from the sound. */
export const openEspeak = ({ environment, timeoutMs = TIMEOUT_MS }: EspeakOptions): VoiceProvider => {
	const lanes = openLanes(2);
	const closing = new AbortController();
	return {
		id: 'espeak',
		async synthesize(request) {
			const voice = espeakVoice(request.voice);
			if (voice === undefined) return { ok: false, problem: unknownVoice(request.voice) };
			const problem = checkRequest(request);
			if (problem !== null) return { ok: false, problem };
			return lanes.run(() => say(request, voice, { environment, timeoutMs, signal: closing.signal }));
		},
		async close() {
			closing.abort();
		},
	};
};

const checkRequest = (request: VoiceRequest): VoiceProblem | null =>
	checkSentence({ title: 'eSpeak', maxCharacters: MAX_CHARACTERS }, request) ??
	checkFactor('the rate of a voice', request.rate, [0.5, 2]) ??
	checkFactor('the pitch of a voice', request.pitch, [0.5, 2]);

type Run = { readonly environment: Environment; readonly timeoutMs: number; readonly signal: AbortSignal };

const say = async ({ text, words, rate, pitch }: VoiceRequest, voice: string, run: Run): Promise<VoiceResult> => {
	const settings = ['-v', voice, '-s', String(Math.round(WORDS_A_MINUTE * rate)), '-p', String(pitchOf(pitch))];
	const said = await runProgram([...settings, '-b', '1', '--stdout', '--stdin'], text, run);
	if (!said.ok) return said;
	const pcm = decodeWave(said.sound);
	const spoken = pcm === null ? null : trimSpeech(pcm, words, estimateSpans(pcm, words));
	return spoken === null ? { ok: false, problem: noSound('its file is silent') } : { ok: true, spoken };
};

/** 0 to 99 with 50 in the middle; an octave is half of the scale. */
const pitchOf = (factor: number): number => Math.min(99, Math.max(0, Math.round(MIDDLE_PITCH * (1 + Math.log2(factor)))));

type Said = { readonly ok: true; readonly sound: Uint8Array } | { readonly ok: false; readonly problem: VoiceProblem };

/** Text goes in by standard input, so that nothing of it is read as an option. */
const runProgram = (args: readonly string[], text: string, { environment, timeoutMs, signal }: Run): Promise<Said> =>
	new Promise((resolve) => {
		const give = (problem: VoiceProblem): void => resolve({ ok: false, problem });
		if (signal.aborted) return give(noSound('the voice was closed'));
		const child = spawn(PROGRAM, args, {
			env: programEnvironment(environment),
			stdio: ['pipe', 'pipe', 'ignore'],
			signal,
			timeout: timeoutMs,
			killSignal: 'SIGKILL',
		});
		const parts: Buffer[] = [];
		let bytes = 0;
		child.on('error', (error) => give(signal.aborted ? noSound('the voice was closed') : startFailure(error)));
		child.stdin.on('error', () => {});
		child.stdout.on('data', (part: Buffer) => {
			bytes += part.length;
			if (bytes > MAX_SOUND_BYTES) child.kill('SIGKILL');
			else parts.push(part);
		});
		child.on('close', (status, killed) => {
			if (status === 0) resolve({ ok: true, sound: Buffer.concat(parts) });
			else
				give(noSound(killed === null ? `it ended with status ${status}` : `it was stopped after ${timeoutMs / 1000} s or too much sound`));
		});
		child.stdin.end(text);
	});

/** Nothing of the environment but where programs are. */
const programEnvironment = (environment: Environment): Record<string, string> => ({ PATH: environment['PATH'] ?? '', LANG: 'C.UTF-8' });

const startFailure = (error: Error): VoiceProblem => ('code' in error && error.code === 'ENOENT' ? notInstalled() : noSound(error.message));

export const notInstalled = (): VoiceProblem => ({
	code: 'RF4229',
	summary: `the voice asks for eSpeak, and ${PROGRAM} is not on the PATH`,
	hint: 'install the package espeak-ng of your system (apt-get install espeak-ng, brew install espeak-ng), or use `provider: local`',
});

const unknownVoice = (name: string): VoiceProblem => ({
	code: 'RF4220',
	summary: `eSpeak has no voice called "${name}"`,
	hint: `${hintForName(name, Object.keys(VOICES))} Or give a language of eSpeak, as "de" or "en-us+f3"`,
});

const noSound = (why: string): VoiceProblem => ({
	code: 'RF4222',
	summary: `eSpeak gave no sound: ${why}`,
	hint: 'try the same voice with espeak-ng in a terminal, or choose another one',
});
