import type { ScriptWord, SpokenSentence } from '../../model/sound.ts';

/** What the worker is started with. */
export type FliteWorkerData = { readonly moduleFile: string };

/** One sentence for the worker. */
export type FliteJob = {
	readonly id: number;
	readonly voice: string;
	readonly words: readonly ScriptWord[];
	readonly rate: number;
	readonly pitch: number;
};

export type FliteReply =
	| { readonly id: number; readonly ok: true; readonly spoken: SpokenSentence }
	| { readonly id: number; readonly ok: false; readonly message: string };
