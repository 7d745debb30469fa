import type { ReactNode } from 'react';
import { fillAddress, speakAddress } from './fill-address.ts';
import { type DocumentKind, partOf } from './load-document.ts';
import { useRound, useRounds } from './refresh-interval.tsx';
import { type Anything, type DataChildren, drawWith, useRow } from './row-context.tsx';
import { useKnown } from './snapshot.tsx';
import { useDocument } from './use-document.ts';

export type DataSourceProps<Data> = {
	/** `api` when left out: JSON, as `json` is. `csv` is a table with a header. */
	readonly type?: DocumentKind;
	/** `{userId}` in its path or query is filled from the row that is drawn, percent-encoded. */
	readonly url?: string;
	/** The document itself, instead of a `url`. */
	readonly data?: Anything;
	/** Which row of a list or a table, from 0. All of them when left out. */
	readonly row?: number | undefined;
	/** Which part of the document: `data.items`, with dots. */
	readonly at?: string;
	/** `per-render` (when left out) asks when it is first drawn, `cached` once a page, `live` every ten seconds in a preview. */
	readonly refresh?: 'per-render' | 'cached' | 'live';
	readonly headers?: Readonly<Record<string, string>>;
	/** The document as it was: a render shows it and asks nobody. */
	readonly snapshot?: Anything;
	readonly children: DataChildren<Data>;
};

/**
 * Draws its child with what a document says. Fields of an object are there for `DataText` and the others beneath it.
 * @throws Error when the document cannot be had, or has no such row or part
 */
export const DataSource = <Data = Anything>(props: DataSourceProps<Data>): ReactNode => {
	if ((props.url === undefined) === (props.data === undefined))
		throw new Error(props.url === undefined ? 'a DataSource has a `url`, or `data`' : 'a DataSource has a `url` or `data`, and not both');
	return props.url === undefined ? drawPart(props, props.data, 'the data') : <Loaded {...props} url={props.url} />;
};

const LIVE_SECONDS = 10;

const Loaded = <Data,>(props: DataSourceProps<Data> & { readonly url: string }): ReactNode => {
	const { type = 'api', refresh = 'per-render', headers = {} } = props;
	const url = fillAddress(props.url, useRow());
	const interval = useRound();
	const own = useRounds(refresh === 'live' && interval === null ? LIVE_SECONDS : null);
	const round = interval ?? (refresh === 'live' ? own : null);
	const known = useKnown(url, props.snapshot);
	const document = useDocument({ request: { kind: type, url, headers }, known, round, cached: refresh === 'cached' });
	return document === undefined ? null : drawPart(props, document, speakAddress(url));
};

const drawPart = <Data,>({ at, row, children }: DataSourceProps<Data>, document: unknown, name: string): ReactNode =>
	drawWith(partOf(document, { at, row }, name), children);
