import { conclude, type Diagnostic, errorAt, type Outcome } from '../diagnostics/diagnostic.ts';
import { quote } from '../diagnostics/visible.ts';
import { axesOf, type Cell } from '../model/cell.ts';
import type { CheckedSpec } from './checked-spec.ts';
import { isPlaceholder, PLACEHOLDERS, type Placeholder, piecesOf } from './name-pattern.ts';
import { collisionKey, safeName } from './safe-name.ts';

const DEFAULT_PATTERN = '{platform}/{variant}/{duration}s-{cta}.mp4';
const DEFAULT_WITHOUT_CTA = '{platform}/{variant}/{duration}s.mp4';
const ENDING = '.mp4';
/** Bytes of one folder or file name without its ending: file systems take 255. */
const MAX_PART_BYTES = 200;

/**
 * The path of each cell's file by the cell's id: relative to the output folder, with forward slashes, never out of it.
 * Two cells with one name are an error; so are two whose names a file system may take for one.
 */
export const nameOutputs = (checked: CheckedSpec, cells: readonly Cell[]): Outcome<ReadonlyMap<string, string>> => {
	const { campaign, output } = checked.spec;
	const pattern = output?.naming ?? (cells.some((cell) => cell.cta !== null) ? DEFAULT_PATTERN : DEFAULT_WITHOUT_CTA);
	const paths = new Map(cells.map((cell) => [cell.id, fillPattern(pattern, valuesOf(cell, campaign))]));
	return conclude(paths, collisions(checked, cells, paths));
};

type Values = Readonly<Record<Placeholder, string>>;

const valuesOf = (cell: Cell, campaign: string): Values => {
	const { platform, duration, variant, mood, cta } = axesOf(cell);
	return { campaign, platform, duration: String(duration), variant, mood, cta: cta ?? '' };
};

/** A naming pattern with its values: each value made safe on its own, then each part of the path as a whole. */
export const fillPattern = (pattern: string, values: Values): string => {
	const parts = pattern
		.slice(0, pattern.endsWith(ENDING) ? -ENDING.length : undefined)
		.split('/')
		.filter((part, i, all) => i === all.length - 1 || (part !== '' && part !== '.'))
		.map((part) => safeName(fillPart(part, values), MAX_PART_BYTES));
	return `${parts.join('/')}${ENDING}`;
};

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
	const values = group.map((cell) => valuesOf(cell, ''));
	// The variant tells more than its mood.
	const apart = PLACEHOLDERS.filter((name) => name !== 'mood' && new Set(values.map((value) => value[name])).size > 1);
	return `add ${apart.map((name) => `{${name}}`).join(' and ')} to \`output.naming\``;
};
