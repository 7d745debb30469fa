import { fillPattern } from '../compiler/name-outputs.ts';
import { isPlaceholder, piecesOf } from '../compiler/name-pattern.ts';
import { resolvePlatform } from '../compiler/platforms.ts';
import { collisionKey } from '../compiler/safe-name.ts';
import { hintForName } from '../diagnostics/suggest.ts';
import type { PlatformName } from '../model/campaign-spec.gen.ts';
import { cellName, cellsOf, type MatrixAxes, type PlatformSize, type VariantCell } from '../variants/matrix.ts';

/** A composition of the user's project, as far as it matters here. */
export type FoundComposition = { readonly id: string; readonly props: Readonly<Record<string, unknown>> };

/** Platforms by name, or by size. A name stands for a platform of the project's `VariantMatrix`, else for a preset. */
export type BatchMatrix = MatrixAxes<string | PlatformSize>;

/** A cell, the composition that draws it, and where its video goes below the output folder. */
export type PlannedCell = { readonly cell: VariantCell; readonly compositionId: string; readonly path: string };

export type BatchOrder = { readonly composition: string; readonly matrix: BatchMatrix; readonly naming: string };

/** Key of the props that say which cell of which matrix a composition draws. */
const CELL_PROP = 'reelformCell';

/**
 * What is to be rendered. Compositions that a `VariantMatrix` has registered are chosen by their cells; a composition of the user's own is rendered once
 * for each cell, in the cell's size and length.
 * @throws RangeError for what the project does not have, and for two cells with one file name
 */
export const planCells = (order: BatchOrder, compositions: readonly FoundComposition[]): readonly PlannedCell[] => {
	const registered = compositions.flatMap(({ id, props }) => {
		const cell = props[CELL_PROP] as (VariantCell & { readonly matrix?: string }) | undefined;
		return cell?.matrix === order.composition ? [{ id, cell }] : [];
	});
	const own = compositions.find(({ id }) => id === order.composition);
	if (registered.length === 0 && own === undefined) throw new RangeError(unknownComposition(order.composition, compositions));
	const platforms = order.matrix.platforms.map((platform) => sizeOf(platform, registered));
	const cells = cellsOf({ ...order.matrix, platforms });
	const planned = cells.map((cell): PlannedCell => {
		const path = pathOf(order, cell);
		if (registered.length === 0) return { cell, compositionId: order.composition, path };
		const match = registered.find((candidate) => cellName(candidate.cell) === cellName(cell));
		if (match === undefined)
			throw new RangeError(`the matrix ${order.composition} of the project has no ${cellName(cell)}: ${missingPart(cell, registered)}`);
		const { matrix: _, ...whole } = match.cell;
		return { cell: whole, compositionId: match.id, path };
	});
	refuseCollisions(planned);
	return planned;
};

type Registered = { readonly id: string; readonly cell: VariantCell };

const sizeOf = (platform: string | PlatformSize, registered: readonly Registered[]): PlatformSize => {
	if (typeof platform !== 'string') return platform;
	const known = registered.find(({ cell }) => cell.platform.name === platform)?.cell.platform;
	if (known !== undefined) return known;
	const preset = registered.length === 0 ? presetOf(platform) : null;
	if (preset !== null) return preset;
	const names = [...new Set(registered.map(({ cell }) => cell.platform.name))];
	const hint = names.length > 0 ? hintForName(platform, names) : 'give its name, width, height and fps';
	throw new RangeError(`unknown platform "${platform}": ${hint}`);
};

const presetOf = (name: string): PlatformSize | null => {
	try {
		const { canvas } = resolvePlatform(name as PlatformName, { draft: false });
		return { name, ...canvas };
	} catch {
		return null;
	}
};

const unknownComposition = (name: string, compositions: readonly FoundComposition[]): string => {
	const matrices = compositions.flatMap(({ props }) => (props[CELL_PROP] as { readonly matrix?: string } | undefined)?.matrix ?? []);
	const names = [...new Set([...matrices, ...compositions.filter(({ props }) => props[CELL_PROP] === undefined).map(({ id }) => id)])];
	return `the project has no composition "${name}": ${names.length === 0 ? 'it has none at all' : hintForName(name, names)}`;
};

/** The first value of the cell that the project does not have. */
const missingPart = (cell: VariantCell, registered: readonly Registered[]): string => {
	const axes = [
		['duration', (one: VariantCell) => `${one.duration} s`],
		['variant', (one: VariantCell) => one.variant.name],
		['cta', (one: VariantCell) => one.cta ?? 'none'],
	] as const;
	for (const [axis, read] of axes) {
		const values = [...new Set(registered.map((one) => read(one.cell)))];
		if (!values.includes(read(cell))) return `its ${axis} is one of ${values.join(', ')}`;
	}
	return 'it was left out';
};

const pathOf = ({ composition, naming }: BatchOrder, { platform, duration, variant, cta }: VariantCell): string => {
	const wrong = piecesOf(naming).find((piece) => piece.kind === 'stray' || (piece.kind === 'placeholder' && !isPlaceholder(piece.name)));
	if (wrong !== undefined) throw new RangeError(`the naming "${naming}" has ${wrong.written}, which stands for nothing`);
	if (!naming.endsWith('.mp4')) throw new RangeError(`the naming "${naming}" does not end with .mp4`);
	return fillPattern(naming, {
		campaign: composition,
		platform: platform.name,
		duration: String(duration),
		variant: variant.name,
		mood: variant.mood ?? '',
		cta: cta ?? '',
	});
};

/** Before a frame is drawn: of two videos with one name only one would be left. */
const refuseCollisions = (planned: readonly PlannedCell[]): void => {
	const taken = new Map<string, PlannedCell>();
	for (const one of planned) {
		const first = taken.get(collisionKey(one.path));
		if (first !== undefined) throw new RangeError(`${cellName(first.cell)} and ${cellName(one.cell)} have one name: ${one.path}`);
		taken.set(collisionKey(one.path), one);
	}
};
