import { createContext, type ReactNode, useContext } from 'react';
import { speakAddress } from './fill-address.ts';
import { type DocumentKind, loadDocument } from './load-document.ts';
import { openStream, type StreamKind } from './open-stream.ts';
import type { Anything } from './row-context.tsx';

/** What sources said at one moment, by address. Plain JSON: it can be kept in a file and given as a prop. */
export type Snapshot = Readonly<Record<string, unknown>>;

const SnapshotContext = createContext<Snapshot>({});

export type DataSnapshotProps = { readonly value: Snapshot; readonly children?: ReactNode };

/** Sources beneath it that are in the snapshot show what it says, and ask nobody in a render. */
export const DataSnapshot = ({ value, children }: DataSnapshotProps): ReactNode => {
	const outer = useContext(SnapshotContext);
	return <SnapshotContext.Provider value={{ ...outer, ...value }}>{children}</SnapshotContext.Provider>;
};

/** What is known of an address without asking: what was given, else what the snapshot says; undefined when it says nothing. */
export const useKnown = (address: string | undefined, given: Anything): unknown => {
	const snapshot = useContext(SnapshotContext);
	if (given !== undefined) return given;
	return address !== undefined && Object.hasOwn(snapshot, address) ? snapshot[address] : undefined;
};

/** A source as a snapshot asks for it: its address as the composition will have it, with placeholders filled. `api` when left out. */
export type SnapshotRequest = {
	readonly url: string;
	readonly type?: DocumentKind | StreamKind;
	readonly headers?: Readonly<Record<string, string>>;
};

const FIRST_MESSAGE_MS = 20_000;

/** Asks every source once, all at a time; of a stream it is the first message. For `calculateMetadata`, and for scripts. Rejects when one does not answer. */
export const takeSnapshot = async (requests: readonly SnapshotRequest[]): Promise<Snapshot> =>
	Object.fromEntries(await Promise.all(requests.map(async (request) => [request.url, await take(request)] as const)));

const take = ({ url, type = 'api', headers = {} }: SnapshotRequest): Promise<unknown> =>
	type === 'websocket' || type === 'sse' ? firstMessage(url, type) : loadDocument({ kind: type, url, headers }, fetch);

const firstMessage = (source: string, type: StreamKind): Promise<unknown> =>
	new Promise((resolve, reject) => {
		const close = openStream({ source, type }, globalThis, (data) => {
			clearTimeout(late);
			close();
			resolve(data);
		});
		const late = setTimeout(() => {
			close();
			reject(new Error(`the stream ${speakAddress(source)} sent nothing within ${FIRST_MESSAGE_MS / 1000} s`));
		}, FIRST_MESSAGE_MS);
	});
