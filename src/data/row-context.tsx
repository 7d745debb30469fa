import { createContext, type ReactNode, useContext } from 'react';
import { getInputProps, useRemotionEnvironment } from 'remotion';
import { isEmpty, type Row, readField } from './read-field.ts';

/** What data from outside is before anyone has said what it is: what `JSON.parse` returns. */
export type Anything = ReturnType<typeof JSON.parse>;

const RowContext = createContext<Row | null>(null);

export type DataProviderProps = { readonly value: Row; readonly children?: ReactNode };

/** The row that the components beneath it read. */
export const DataProvider = ({ value, children }: DataProviderProps): ReactNode => (
	<RowContext.Provider value={value}>{children}</RowContext.Provider>
);

/** The row that is drawn: that of the nearest provider or source, else the input props of the composition. */
export const useRow = (): Row => {
	const row = useContext(RowContext);
	const { isPlayer } = useRemotionEnvironment();
	return row ?? (isPlayer ? {} : inputProps());
};

/** Input props are there in renders and in the Studio only. */
const inputProps = (): Row => (typeof window === 'undefined' || window.remotion_inputProps === undefined ? {} : getInputProps());

export type DataBoundProps<Data> = { readonly children: (row: Data) => ReactNode };

/** Draws its child, a function, with the row. */
export const DataBound = <Data = Anything>({ children }: DataBoundProps<Data>): ReactNode => children(useRow() as Data);

/** A child that may be a function of what was loaded; fields of an object are there for the components beneath. */
export type DataChildren<Data> = ReactNode | ((data: Data) => ReactNode);

export const drawWith = <Data,>(data: unknown, children: DataChildren<Data>): ReactNode => {
	const content = typeof children === 'function' ? children(data as Data) : children;
	return typeof data === 'object' && data !== null && !Array.isArray(data) ? (
		<DataProvider value={data as Row}>{content}</DataProvider>
	) : (
		content
	);
};

/** Why a field cannot be shown. */
export const unusableField = (component: string, field: string, row: Row): Error => {
	const value = readField(row, field);
	const what = isEmpty(value) ? `the row has no "${field}", or an empty one` : `"${field}" of the row is ${kindOf(value)}`;
	const cure = component === 'DataImage' ? 'give it the address of a picture as `fallback`' : 'give it a `fallback`';
	const place = Object.keys(row).length === 0 ? ', or put it into a <DataProvider value={row}>' : '';
	return new Error(`${what}, and the ${component} has no fallback: ${cure}${place}`);
};

const kindOf = (value: unknown): string => {
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `the ${typeof value} ${JSON.stringify(value)?.slice(0, 60)}`;
};
