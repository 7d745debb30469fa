import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { PLAIN_PROSODY, type Prosody, type ScriptPart } from '../../model/sound.ts';
import { joinStretch, type SpokenPiece, type StretchPiece } from './join-pieces.ts';
import { LONGEST_PAUSE } from './parse-script.ts';
import { type SayAs, sayAs } from './say-as.ts';
import type { ParsedScript, ScriptProblem } from './script-problem.ts';
import { breakSeconds, breakStrength, combine, emphasisProsody, gainDecibels, pitchFactor, rateFactor, sayAsKind } from './ssml-values.ts';

const MAX_BYTES = 20_480;
const MAX_DEPTH = 16;
const PARAGRAPH_PAUSE = 0.5;

/** What holds inside of an element. */
type Frame = {
	readonly element: string;
	readonly prosody: Prosody;
	/** Text inside is said like this and not as it is written. */
	readonly say: { readonly as: SayAs; readonly format: string } | null;
	readonly alias: string | null;
	/** What a `say-as` or `sub` has collected so far. */
	collected: string;
};

/**
 * A script in speech markup as sentences and pauses. Knows `speak`, `p`, `s`, `break`, `prosody`, `emphasis`, `say-as` and `sub`; whatever else stands there is a
 * problem, and so is XML with a document type, entities of its own or processing instructions. Templates are filled before.
 */
export const parseSsml = (ssml: string): ParsedScript => {
	if (new TextEncoder().encode(ssml).length > MAX_BYTES) {
		return {
			ok: false,
			problems: [unreadable([0, ssml.length], 'speech markup larger than 20 KB', 'split the script over several scenes')],
		};
	}
	const reader = createReader(ssml);
	return reader.problems.length > 0 ? { ok: false, problems: reader.problems } : { ok: true, parts: toParts(reader.pieces) };
};

const unreadable = ([start, end]: readonly [number, number], summary: string, hint: string): ScriptProblem => ({
	code: 'RF3070',
	start,
	end,
	summary,
	hint,
});
const unsupported = ([start, end]: readonly [number, number], summary: string, hint: string): ScriptProblem => ({
	code: 'RF3071',
	start,
	end,
	summary,
	hint,
});

type Reading = { readonly problems: ScriptProblem[]; readonly pieces: SpokenPiece[]; readonly frames: Frame[] };

const createReader = (ssml: string): Reading => {
	const reading: Reading = { problems: [], pieces: [], frames: [] };
	const parser = new SaxesParser();
	const here = (): readonly [number, number] => {
		const end = Math.min(ssml.length, parser.position);
		return [Math.max(0, ssml.lastIndexOf('<', end - 1)), end];
	};
	let broken = false;
	const breakOff = (summary: string, hint: string, at = here()): void => {
		if (!broken) reading.problems.push(unreadable(at, summary, hint));
		broken = true;
	};
	parser.on('error', (error) => {
		const [sign, entity] = [bareAmpersand(ssml), unknownEntity(ssml)];
		if (sign !== null) breakOff('a bare "&" in speech markup', 'write &amp; for &', sign);
		else if (entity !== null) breakOff(`XML has no entity ${ssml.slice(...entity)}`, 'write the character itself', entity);
		else if (!BEGINS_WITH_MARKUP.test(ssml)) breakOff('speech markup outside of <speak>', OUTSIDE_HINT, [0, ssml.length]);
		else breakOff(`not well-formed: ${firstLine(error.message)}`, 'close every element, and write &lt; for <');
	});
	parser.on('doctype', () => breakOff('speech markup with a document type', 'remove <!DOCTYPE ...>'));
	parser.on('processinginstruction', () => breakOff('speech markup with a processing instruction', 'remove <? ... ?>'));
	parser.on('text', (text) => broken || addText(reading, text));
	parser.on('cdata', (text) => broken || addText(reading, text));
	parser.on('opentag', (tag) => {
		if (broken) return;
		if (reading.frames.length >= MAX_DEPTH) breakOff(`elements nested more than ${MAX_DEPTH} deep`, 'write the script flatter');
		else openElement(reading, tag, here());
	});
	parser.on('closetag', () => broken || closeElement(reading, here()));
	parser.write(ssml).close();
	return reading;
};

const BEGINS_WITH_MARKUP = /^\s*</;
const OUTSIDE_HINT = 'put everything into one <speak>; text without markup is a `script`';

const unknownEntity = (ssml: string): readonly [number, number] | null => {
	const found = /&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]\w*;/.exec(ssml);
	return found && [found.index, found.index + found[0].length];
};

/** The parser looks for the end of an entity up to the end of the text, and would point there. */
const bareAmpersand = (ssml: string): readonly [number, number] | null => {
	const at = ssml.search(/&(?!(?:#\d+|#x[\da-f]+|[A-Za-z]\w*);)/i);
	return at === -1 ? null : [at, at + 1];
};

/** Without the position in front, which the problem has itself. */
const firstLine = (message: string): string => (message.split('\n')[0] ?? '').replace(/^\d+:\d+: /, '').replace(/\.$/, '');

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
	speak: ['version', 'xml:lang', 'xml:base', 'xmlns', 'xmlns:xsi', 'xsi:schemaLocation'],
	p: ['xml:lang'],
	s: ['xml:lang'],
	break: ['time', 'strength'],
	prosody: ['rate', 'pitch', 'volume'],
	emphasis: ['level'],
	'say-as': ['interpret-as', 'format'],
	sub: ['alias'],
};

const openElement = ({ problems, pieces, frames }: Reading, tag: SaxesTagPlain, at: readonly [number, number]): void => {
	const outer = frames.at(-1);
	const allowed = Object.hasOwn(ALLOWED, tag.name) ? ALLOWED[tag.name] : undefined;
	const report = (summary: string, hint: string): void => void problems.push(unsupported(at, summary, hint));
	if (allowed === undefined) report(`<${tag.name}> is not supported`, `use ${Object.keys(ALLOWED).join(', ')}`);
	else if ((tag.name === 'speak') !== (outer === undefined)) report(`<${tag.name}> at the wrong place`, 'put everything into one <speak>');
	else if (outer?.say != null || outer?.alias != null)
		report(`<${tag.name}> inside of <${outer.element}>`, `<${outer.element}> holds text only`);
	const extra = Object.keys(tag.attributes).find((name) => allowed !== undefined && !allowed.includes(name));
	if (extra !== undefined) report(`<${tag.name}> has no attribute "${extra}"`, `it has ${allowed?.join(', ')}`);
	if (tag.name === 'p' || tag.name === 's') pieces.push({ kind: 'boundary', paragraph: tag.name === 'p' });
	if (tag.name === 'break') addBreak(pieces, tag, report);
	frames.push({
		element: tag.name,
		prosody: combine(outer?.prosody ?? PLAIN_PROSODY, ownProsody(tag, report)),
		say: tag.name === 'say-as' ? sayOf(tag, report) : null,
		alias: tag.name === 'sub' ? aliasOf(tag, report) : null,
		collected: '',
	});
};

type Report = (summary: string, hint: string) => void;

const addBreak = (pieces: SpokenPiece[], { attributes }: SaxesTagPlain, report: Report): void => {
	const [time, strength] = [attributes['time'], attributes['strength']];
	const seconds = time === undefined ? breakStrength(strength ?? 'medium') : breakSeconds(time);
	if (seconds === null || seconds > LONGEST_PAUSE) {
		report(`a break of "${time ?? strength}" is not supported`, `use time="500ms" up to ${LONGEST_PAUSE}s, or strength="medium"`);
	} else pieces.push({ kind: 'pause', seconds });
};

const ownProsody = ({ name, attributes }: SaxesTagPlain, report: Report): Prosody => {
	if (name === 'emphasis') {
		const found = emphasisProsody(attributes['level'] ?? 'moderate');
		if (found === null) report(`emphasis has no level "${attributes['level']}"`, 'use strong, moderate, reduced or none');
		return found ?? PLAIN_PROSODY;
	}
	if (name !== 'prosody') return PLAIN_PROSODY;
	const read = (key: string, of: (value: string) => number | null, hint: string): number | null => {
		const value = attributes[key];
		const found = value === undefined ? null : of(value.trim());
		if (value !== undefined && found === null) report(`prosody has no ${key} "${value}"`, hint);
		return found;
	};
	return {
		rate: read('rate', rateFactor, 'use x-slow, slow, medium, fast, x-fast, or a percentage: 80%') ?? 1,
		pitch: read('pitch', pitchFactor, 'use x-low, low, medium, high, x-high, +10%, or semitones: +2st') ?? 1,
		gain: read('volume', gainDecibels, 'use silent, x-soft, soft, medium, loud, x-loud, or decibels: +6dB') ?? 0,
	};
};

const sayOf = ({ attributes }: SaxesTagPlain, report: Report): Frame['say'] => {
	const as = sayAsKind(attributes['interpret-as'] ?? '');
	if (as === null)
		report(`say-as cannot interpret as "${attributes['interpret-as'] ?? ''}"`, 'use cardinal, ordinal, characters, date or telephone');
	return as === null ? null : { as, format: attributes['format'] ?? 'mdy' };
};

const aliasOf = ({ attributes }: SaxesTagPlain, report: Report): string => {
	const alias = attributes['alias'] ?? '';
	if (alias.trim() === '') report('sub without an alias', 'say what is spoken: <sub alias="World Wide Web">WWW</sub>');
	return alias;
};

const addText = ({ pieces, frames }: Reading, text: string): void => {
	const frame = frames.at(-1);
	if (frame === undefined) return;
	if (frame.say !== null || frame.alias !== null) frame.collected += text;
	else pieces.push({ kind: 'text', text, prosody: frame.prosody, spoken: null });
};

const closeElement = ({ problems, pieces, frames }: Reading, at: readonly [number, number]): void => {
	const frame = frames.pop();
	if (frame === undefined) return;
	if (frame.element === 'p' || frame.element === 's') pieces.push({ kind: 'boundary', paragraph: frame.element === 'p' });
	const text = frame.collected;
	if (text.trim() === '') return;
	const spoken = frame.say === null ? frame.alias : sayAs(text, frame.say.as, frame.say.format);
	if (spoken === null)
		problems.push(
			unsupported(at, `"${text.trim().slice(0, 40)}" cannot be said as ${frame.say?.as}`, 'correct the text or its interpret-as'),
		);
	else pieces.push({ kind: 'text', text, prosody: frame.prosody, spoken });
};

/** Text between boundaries and pauses makes sentences; between two paragraphs there is a pause, unless one is written. */
const toParts = (pieces: readonly SpokenPiece[]): readonly ScriptPart[] => {
	const parts: ScriptPart[] = [];
	let stretch: StretchPiece[] = [];
	let paragraph = false;
	const finish = (): void => {
		const sentences = joinStretch(stretch);
		stretch = [];
		if (sentences.length === 0) return;
		if (paragraph && parts.at(-1)?.kind === 'sentence') parts.push({ kind: 'pause', seconds: PARAGRAPH_PAUSE });
		paragraph = false;
		parts.push(...sentences);
	};
	for (const piece of pieces) {
		if (piece.kind === 'text') {
			stretch.push(piece);
			continue;
		}
		finish();
		if (piece.kind === 'pause') parts.push({ kind: 'pause', seconds: piece.seconds });
		else paragraph ||= piece.paragraph;
	}
	finish();
	return parts;
};
