import { PLAIN_PROSODY, type ScriptPart } from '../../model/sound.ts';
import { readWords } from './normalize.ts';
import type { ParsedScript, ScriptProblem } from './script-problem.ts';
import { splitSentences } from './split-sentences.ts';

/** The longest pause of a script, in seconds. */
export const LONGEST_PAUSE = 30;

const MAX_CHARACTERS = 20_000;

const PAUSE = /\[\s*pause\b([^\][]*)(\]?)/gi;
const LENGTH = /^\s*:\s*(\d+(?:\.\d+)?|\.\d+)\s*(ms|s)?\s*$/i;

/**
 * A script in plain text, with pauses as `[pause: 0.5]` or `[pause: 500ms]`, as sentences and pauses. What stands behind a pause inside of a sentence is a
 * sentence of its own, so that the pause is exact. Templates are filled before. A sentence with nothing to say ("🎉") is left out.
 */
export const parseScript = (script: string): ParsedScript => {
	if (script.length > MAX_CHARACTERS) return { ok: false, problems: [tooLong(script.length)] };
	const problems: ScriptProblem[] = [];
	const parts: ScriptPart[] = [];
	let from = 0;
	for (const match of script.matchAll(PAUSE)) {
		const end = match.index + match[0].length;
		parts.push(...sentencesOf(script.slice(from, match.index)));
		const seconds = match[2] === '' ? null : pauseSeconds(match[1] ?? '');
		if (seconds === null) problems.push(pauseProblem(match[0], match.index));
		else parts.push({ kind: 'pause', seconds });
		from = end;
	}
	parts.push(...sentencesOf(script.slice(from)));
	return problems.length > 0 ? { ok: false, problems } : { ok: true, parts };
};

const pauseSeconds = (text: string): number | null => {
	const match = LENGTH.exec(text);
	if (match === null) return null;
	const seconds = Number(match[1]) / (match[2]?.toLowerCase() === 'ms' ? 1000 : 1);
	return seconds <= LONGEST_PAUSE ? seconds : null;
};

const tooLong = (length: number): ScriptProblem => ({
	code: 'RF4221',
	start: 0,
	end: length,
	summary: `a script of ${length} characters is too long to say`,
	hint: `split it over several scenes: a script may have ${MAX_CHARACTERS} characters`,
});

const pauseProblem = (written: string, start: number): ScriptProblem => ({
	code: 'RF3072',
	start,
	end: start + written.length,
	summary: `"${written.trim().slice(0, 40)}" is no pause`,
	hint: `write [pause: 0.5] for half a second, or [pause: 500ms]; a pause has at most ${LONGEST_PAUSE} s`,
});

const sentencesOf = (text: string): readonly ScriptPart[] =>
	splitSentences(text).flatMap(({ start, end }): readonly ScriptPart[] => {
		const words = readWords(text.slice(start, end));
		if (words.every(({ spoken }) => spoken === '')) return [];
		return [{ kind: 'sentence', text: words.map((word) => word.text).join(' '), words, prosody: PLAIN_PROSODY, joins: false }];
	});
