import { type ComponentType, type ReactNode, useMemo } from 'react';
import { Composition } from 'remotion';
import { compositionIds } from '../runtime/composition-id.ts';
import { CELL_PROP, CellContext } from './cell-context.ts';
import { cellName, cellsOf, type MatrixAxes, type VariantCell } from './matrix.ts';

export type VariantMatrixProps = MatrixAxes & {
	/** What `renderVariantMatrix` calls it. Ids of the compositions begin with it. `Variant` when left out. */
	readonly id?: string;
	readonly children: ReactNode;
};

/** Props that each composition of a matrix is registered with: how `renderVariantMatrix` finds it. */
export type RegisteredCell = { readonly [CELL_PROP]: VariantCell & { readonly matrix: string } };

/**
 * Registers a composition of its own for every cell of the matrix, of the cell's size, rate and length, and draws the children in each.
 * Goes where Remotion's `<Composition>` goes. @throws RangeError for a matrix that is empty or names a value twice
 */
export const VariantMatrix = ({ id = 'Variant', children, ...axes }: VariantMatrixProps): ReactNode => {
	const component = useMemo(() => cellComponent(children), [children]);
	const cells = cellsOf(axes);
	const ids = compositionIds(
		cells.map((cell) => `${id}-${cellName(cell)}`),
		[],
	);
	return cells.map((cell, index) => (
		<Composition
			key={ids[index]}
			id={ids[index]!}
			component={component}
			defaultProps={{ [CELL_PROP]: { ...cell, matrix: id } }}
			width={cell.platform.width}
			height={cell.platform.height}
			fps={cell.platform.fps}
			durationInFrames={cell.frames}
		/>
	));
};

/** Remotion draws a composition somewhere else in the tree, so that it has to bring its children with it. */
const cellComponent = (children: ReactNode): ComponentType<RegisteredCell> => {
	// biome-ignore lint/correctness/noComponentHookFactories: Composition takes a component and no children; it is made anew only when they change
	const Cell = ({ [CELL_PROP]: cell }: RegisteredCell): ReactNode => <CellContext.Provider value={cell}>{children}</CellContext.Provider>;
	return Cell;
};
