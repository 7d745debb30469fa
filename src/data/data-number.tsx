import type { CSSProperties, ReactNode } from 'react';
import { useCurrentFrame } from 'remotion';
import { useFailure } from '../runtime/use-failure.ts';
import { type Count, countAt, type NumberFormat, numberWriter } from './format-number.ts';
import { numberOf, readField } from './read-field.ts';
import { unusableField, useRow } from './row-context.tsx';

export type DataNumberProps = {
	/** Dots lead into objects: `stats.revenue`. A percentage is a share: 0.25 is 25 %. */
	readonly field: string;
	/** For a row without a number: another number, or a text that is shown as it is. */
	readonly fallback?: number | string;
	/** `number` when left out. */
	readonly format?: NumberFormat;
	/** `en-US` when left out: never that of the machine that renders. */
	readonly locale?: string;
	/** `USD` when left out. */
	readonly currency?: string;
	/** Digits after the point. */
	readonly decimals?: number;
	/** Counts up, from the first frame of its sequence. */
	readonly animate?: boolean;
	/** Frames of the count. 30 when left out. */
	readonly duration?: number;
	/** Where the count begins. 0 when left out. */
	readonly from?: number;
	readonly style?: CSSProperties;
	readonly className?: string;
};

/** The number of a field, written for a locale, with figures of one width. @throws Error that names the field when it is no number and there is no fallback */
export const DataNumber = (props: DataNumberProps): ReactNode => {
	const {
		field,
		fallback,
		format = 'number',
		locale = 'en-US',
		currency = 'USD',
		decimals,
		animate = false,
		duration = 30,
		from = 0,
	} = props;
	const row = useRow();
	const fail = useFailure();
	const value = numberOf(readField(row, field)) ?? fallback;
	if (value === undefined) return fail(unusableField('DataNumber', field, row));
	const look = { style: { fontVariantNumeric: 'tabular-nums', ...props.style }, className: props.className } as const;
	if (typeof value === 'string') return <span {...look}>{value}</span>;
	const write = numberWriter(value, { format, locale, currency, decimals });
	return <span {...look}>{animate ? <Counting count={{ from, to: value, duration }} write={write} /> : write(value)}</span>;
};

type CountingProps = { readonly count: Count; readonly write: (value: number) => string };

const Counting = ({ count, write }: CountingProps): ReactNode => write(countAt(useCurrentFrame(), count));
