import type { CSSProperties, ReactNode } from 'react';
import { useFailure } from '../runtime/use-failure.ts';
import { readField, textOf } from './read-field.ts';
import { unusableField, useRow } from './row-context.tsx';

export type DataTextProps = {
	/** Dots lead into objects: `user.name`. */
	readonly field: string;
	/** Shown as it is written when the row has no value, or an empty one. */
	readonly fallback?: string;
	/** What is made of the value. */
	readonly transform?: (text: string) => string;
	readonly style?: CSSProperties;
	readonly className?: string;
};

/** The text of a field. @throws Error that names the field when it has none and there is no fallback */
export const DataText = ({ field, fallback, transform, style, className }: DataTextProps): ReactNode => {
	const row = useRow();
	const fail = useFailure();
	const value = textOf(readField(row, field));
	const text = (value === undefined ? undefined : textOf(transform === undefined ? value : transform(value))) ?? fallback;
	if (text === undefined) return fail(unusableField('DataText', field, row));
	// A name in a script of the other direction keeps its own, and the punctuation around it its place.
	return (
		<span dir="auto" style={style} className={className}>
			{text}
		</span>
	);
};
