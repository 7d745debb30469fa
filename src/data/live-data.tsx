import { type ReactNode, useEffect, useState } from 'react';
import { useRemotionEnvironment } from 'remotion';
import { useFailure } from '../runtime/use-failure.ts';
import { fillAddress } from './fill-address.ts';
import { openStream, type StreamKind } from './open-stream.ts';
import { type Anything, type DataChildren, drawWith, useRow } from './row-context.tsx';
import { useKnown } from './snapshot.tsx';
import { noSnapshot } from './use-document.ts';

export type LiveDataProps<Data> = {
	/** `wss://…` of a websocket, the address of server-sent events. `{userId}` in its path or query is filled as in a `DataSource`. */
	readonly source: string;
	/** Each message is a JSON document. */
	readonly type: StreamKind;
	/** What a render shows, and a preview until the first message. */
	readonly snapshot?: Anything;
	readonly children: DataChildren<Data>;
};

/**
 * Draws its child with the latest message of a stream. A render opens no connection: it shows the snapshot.
 * @throws Error in a render without a snapshot
 */
export const LiveData = <Data = Anything>({ source, type, snapshot, children }: LiveDataProps<Data>): ReactNode => {
	const { isRendering } = useRemotionEnvironment();
	const fail = useFailure();
	const address = fillAddress(source, useRow());
	const known = useKnown(address, snapshot);
	const [latest, setLatest] = useState<{ readonly address: string; readonly data: unknown } | null>(null);
	useEffect(
		() => (isRendering ? undefined : openStream({ source: address, type }, window, (data) => setLatest({ address, data }))),
		[isRendering, address, type],
	);
	if (isRendering && known === undefined) return fail(noSnapshot(address));
	const data = latest?.address === address ? latest.data : known;
	return data === undefined ? null : drawWith(data, children);
};
