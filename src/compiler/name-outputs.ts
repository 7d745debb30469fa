import { conclude, type Diagnostic, errorAt, type Outcome } from '../diagnostics/diagnostic.ts';
import { quote } from '../diagnostics/visible.ts';
import type { CampaignSpec } from '../model/campaign-spec.gen.ts';
import { axesOf, type Cell } from '../model/cell.ts';
import { sha256Hex } from '../model/keys.ts';
import { RECIPIENTS, type Recipient, valueAt } from '../model/recipient.ts';
import type { CheckedSpec } from './checked-spec.ts';
import { fieldOf, isOfRecipient, isPlaceholder, KEY_PLACEHOLDER, PLACEHOLDERS, type Placeholder, piecesOf } from './name-pattern.ts';
import { bytesOf, collisionKey, losesIdentity, safeName } from './safe-name.ts';

export { collisionCure, makeCollisionCheck, nameCollision } from './name-collisions.ts';

/** What `output.naming` is when left out, by whether cells have a call to action and whether there are recipients. */
const DEFAULTS = {
	cta: { once: '{platform}/{variant}/{duration}s-{cta}.mp4', recipients: '{platform}/{variant}/{duration}s-{cta}/{key}.mp4' },
	bare: { once: '{platform}/{variant}/{duration}s.mp4', recipients: '{platform}/{variant}/{duration}s/{key}.mp4' },
} as const;
/** What every output's path ends with. */
const ENDING = '.mp4';
/** Bytes of one folder or file name without its ending: file systems take 255. */
const MAX_PART_BYTES = 200;

type NamedSpec = Pick<CampaignSpec, 'campaign' | 'data' | 'output'>;

/** The pattern that the paths of these cells follow. */
const namingOf = ({ output, data }: NamedSpec, cells: readonly Cell[]): string =>
	output?.naming ??
	DEFAULTS[cells.some((cell) => cell.cta !== null) ? 'cta' : 'bare'][data !== undefined && RECIPIENTS in data ? 'recipients' : 'once'];

/**
 * The path of each cell's file by the cell's id: relative to the output folder, with forward slashes, never out of it.
 * Two cells with one name are an error; so are two whose names a file system may take for one. With recipients, what a path says of them
 * (`{key}`, `{data.company}`) is left as it is written: such a path stands for those that `makeNamer` gives.
 */
export const nameOutputs = (checked: CheckedSpec, cells: readonly Cell[]): Outcome<ReadonlyMap<string, string>> => {
	const pattern = namingOf(checked.spec, cells);
	const paths = new Map(cells.map((cell) => [cell.id, fillPattern(pattern, cellValues(cell, checked.spec.campaign))]));
	return conclude(paths, collisions(checked, cells, paths));
};

type Values = Readonly<Record<Placeholder, string>>;

/** What the placeholders of a cell stand for, as it is written in the spec. */
const cellValues = (cell: Cell, campaign: string): Values => {
	const { platform, duration, variant, mood, cta } = axesOf(cell);
	return { campaign, platform, duration: String(duration), variant, mood, cta: cta ?? '' };
};

/** The folders and the file of a pattern, without the ending. */
const partsOf = (pattern: string): readonly string[] =>
	pattern
		.slice(0, pattern.endsWith(ENDING) ? -ENDING.length : undefined)
		.split('/')
		.filter((part, i, all) => i === all.length - 1 || (part !== '' && part !== '.'));

/** A naming pattern with its values: each value made safe on its own, then each part of the path as a whole. */
export const fillPattern = (pattern: string, values: Values): string =>
	`${partsOf(pattern)
		.map((part) => safeName(fillPart(part, values), MAX_PART_BYTES))
		.join('/')}${ENDING}`;

const fillPart = (part: string, values: Values): string =>
	piecesOf(part)
		.map((piece) => (piece.kind === 'placeholder' && isPlaceholder(piece.name) ? safeName(values[piece.name]) : piece.written))
		.join('');

const collisions = (checked: CheckedSpec, cells: readonly Cell[], paths: ReadonlyMap<string, string>): readonly Diagnostic[] => {
	const groups = new Map<string, Cell[]>();
	for (const cell of cells) {
		const key = collisionKey(paths.get(cell.id) ?? '');
		groups.set(key, [...(groups.get(key) ?? []), cell]);
	}
	return [...groups.values()].flatMap((group) => {
		const [first, second, ...more] = group;
		if (first === undefined || second === undefined) return [];
		const names = [...new Set([first, second].map((cell) => quote(paths.get(cell.id) ?? '', 120)))].join(' and ');
		const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
		const summary = `${first.id} and ${second.id}${others} have one name: ${names}`;
		const range = checked.rangeOf(['output', 'naming']);
		return [{ ...errorAt(range, 'RF3007', summary, cureFor(group)), cells: group.map((cell) => cell.id) }];
	});
};

const cureFor = (group: readonly Cell[]): string => {
	const values = group.map((cell) => cellValues(cell, ''));
	// The variant tells more than its mood.
	const apart = PLACEHOLDERS.filter((name) => name !== 'mood' && new Set(values.map((value) => value[name])).size > 1);
	return `add ${apart.map((name) => `{${name}}`).join(' and ')} to \`output.naming\``;
};

export type Namer = {
	/** What the names follow: `output.naming`, or what stands for it. */
	readonly pattern: string;
	/**
	 * The path of one output: relative to the output folder, with forward slashes, never out of it. It hangs on the cell and on this recipient alone,
	 * and is the same on every run. Where a value is empty or had to be changed to be safe, and no key in the path tells the recipient, the name of
	 * the file ends with the first 8 digits of the sha256 of the recipient's key.
	 * @throws RangeError for a cell that the namer was not made for, and without a recipient where the pattern needs one
	 */
	pathOf(cell: Cell, recipient: Recipient | null): string;
};

/** A value as it may stand in a path, and whether that is less than what it was. */
type Filling = { readonly text: string; readonly isLossy: boolean };

/** A part of a path: texts, and numbers of the holes between them. A part without holes is one safe text. */
type PathPart = readonly (string | number)[];

/** Values, and UTF-16 units of one, that are not made safe twice. */
const MOST_REMEMBERED = 4096;
const LONGEST_REMEMBERED = 256;
const MARK_DIGITS = 8;

/** Paths for outputs of recipients, with as much as possible done once for all of them. */
export const makeNamer = (spec: NamedSpec, cells: readonly Cell[]): Namer => {
	const pattern = namingOf(spec, cells);
	const holes = [
		...new Set(piecesOf(pattern).flatMap((piece) => (piece.kind === 'placeholder' && isOfRecipient(piece.name) ? [piece.name] : []))),
	];
	const partsByCell = new Map(cells.map((cell) => [cell.id, compileParts(pattern, cellValues(cell, spec.campaign), holes)]));
	const fillings = makeFiller(holes);
	const keyHole = holes.indexOf(KEY_PLACEHOLDER);
	return {
		pattern,
		pathOf(cell, recipient) {
			const parts = partsByCell.get(cell.id);
			if (parts === undefined) throw new RangeError(`no cell ${cell.id}`);
			if (recipient === null && holes.length > 0) throw new RangeError(`${pattern} needs a recipient`);
			return recipient === null ? `${parts.join('/')}${ENDING}` : fillParts(parts, { keyHole, recipient, fillings: fillings(recipient) });
		},
	};
};

const compileParts = (pattern: string, values: Values, holes: readonly string[]): readonly PathPart[] =>
	partsOf(pattern).map((part) => {
		const pieces = piecesOf(part).map((piece) => {
			if (piece.kind !== 'placeholder') return piece.written;
			if (isPlaceholder(piece.name)) return safeName(values[piece.name]);
			return holes.includes(piece.name) ? holes.indexOf(piece.name) : piece.written;
		});
		return pieces.some((piece) => typeof piece === 'number') ? pieces : [safeName(pieces.join(''), MAX_PART_BYTES)];
	});

/** What fills the holes, for one recipient after the other: cells of one recipient share it, and so do recipients with a value in common. */
const makeFiller = (holes: readonly string[]): ((recipient: Recipient) => readonly Filling[]) => {
	const read = holes.map((name) => {
		const path = fieldOf(name);
		return ({ key, values }: Recipient): string => (path === undefined ? key : String(valueAt(values, path) ?? ''));
	});
	const remembered = new Map<string, Filling>();
	const fill = (value: string): Filling => {
		const known = remembered.get(value);
		if (known !== undefined) return known;
		const text = safeName(value);
		const filling = { text, isLossy: losesIdentity(value, text) };
		if (value.length > LONGEST_REMEMBERED) return filling;
		if (remembered.size >= MOST_REMEMBERED) remembered.clear();
		remembered.set(value, filling);
		return filling;
	};
	let last: { readonly recipient: Recipient; readonly fillings: readonly Filling[] } | null = null;
	return (recipient) => {
		if (last?.recipient !== recipient) last = { recipient, fillings: read.map((valueFrom) => fill(valueFrom(recipient))) };
		return last.fillings;
	};
};

type Filled = { readonly keyHole: number; readonly recipient: Recipient; readonly fillings: readonly Filling[] };

const fillParts = (parts: readonly PathPart[], { keyHole, recipient, fillings }: Filled): string => {
	let path = '';
	let file = '';
	let isLossy = fillings.some((filling) => filling.isLossy);
	let isTold = keyHole >= 0 && fillings[keyHole]?.isLossy === false;
	for (const [i, part] of parts.entries()) {
		const isFile = i === parts.length - 1;
		const whole = joinPart(part, fillings);
		if (whole.length * 3 > MAX_PART_BYTES && bytesOf(whole) > MAX_PART_BYTES) {
			isLossy = true;
			isTold &&= !part.includes(keyHole);
		}
		if (isFile) file = whole;
		else path += `${safeName(whole, MAX_PART_BYTES)}/`;
	}
	if (!isLossy || isTold) return path + safeName(file, MAX_PART_BYTES) + ENDING;
	const mark = `-${sha256Hex(recipient.key).slice(0, MARK_DIGITS)}`;
	return path + safeName(file, MAX_PART_BYTES - mark.length) + mark + ENDING;
};

const joinPart = (part: PathPart, fillings: readonly Filling[]): string => {
	let whole = '';
	for (const piece of part) whole += typeof piece === 'string' ? piece : fillings[piece]!.text;
	return whole;
};
