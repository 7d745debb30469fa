import { useContext, useEffect, useLayoutEffect, useState } from 'react';
import { useDelayRender, useRemotionEnvironment } from 'remotion';
import { useFailure } from '../runtime/use-failure.ts';
import { DocumentCacheContext, keyOfRequest, loadThrough } from './document-cache.ts';
import { speakAddress } from './fill-address.ts';
import type { DocumentRequest } from './load-document.ts';

export type Ask = {
	readonly request: DocumentRequest;
	/** What is known without asking; undefined when nothing is. */
	readonly known: unknown;
	/** Null for a source that is asked once; else how often it was to be asked again. */
	readonly round: number | null;
	/** Whether what was loaded before will do. */
	readonly cached: boolean;
};

/** What a source said last: of the request with this key, or that it failed. */
type Answer = { readonly key: string; readonly value: unknown } | { readonly key: string; readonly error: Error };

/**
 * The document, or undefined while a preview waits for it. A render waits before it draws, asks once a page, and is cancelled by a failure. A source that is
 * asked again and again shows in a render what is known of it, and connects to nothing.
 * @throws Error when it cannot be loaded, or when a render has no snapshot of a source that changes
 */
export const useDocument = (ask: Ask): unknown => {
	const { isRendering } = useRemotionEnvironment();
	const answer = useAnswer(ask);
	const fail = useFailure();
	if (isRendering && ask.known === undefined && ask.round !== null) fail(noSnapshot(ask.request.url));
	const value = answer !== null && 'value' in answer ? answer.value : ask.known;
	if (value === undefined && answer !== null && 'error' in answer) fail(answer.error);
	return value;
};

export const noSnapshot = (address: string): Error =>
	new Error(
		`${speakAddress(address)} changes while it is watched, and a render shows a snapshot of it: give it a \`snapshot\`, or take one with takeSnapshot() and put it into a <DataSnapshot>`,
	);

const useAnswer = ({ request, known, round, cached }: Ask): Answer | null => {
	const { isRendering } = useRemotionEnvironment();
	const cache = useContext(DocumentCacheContext);
	const [answer, setAnswer] = useState<Answer | null>(null);
	const key = keyOfRequest(request);
	const loads = isRendering ? known === undefined && round === null : known === undefined || round !== null;
	const current = answer?.key === key ? answer : null;
	useHold(`loading ${speakAddress(request.url)}`, loads && known === undefined && current === null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of the request
	useEffect(() => {
		if (!loads) return;
		let mounted = true;
		const tell = (told: Answer): void => {
			// A refresh that fails leaves what there was.
			if (mounted) setAnswer((last) => ('error' in told && last?.key === key && 'value' in last ? last : told));
		};
		const fresh = !isRendering && (!cached || (round ?? 0) > 0);
		loadThrough(cache, { request, fresh, fetcher: (url, init) => fetch(url, init) }).then(
			(value) => tell({ key, value }),
			(error: Error) => tell({ key, error }),
		);
		return () => {
			mounted = false;
		};
	}, [key, round, loads]);
	return loads ? current : null;
};

/** Keeps the frame from being captured for as long as `waiting` holds: until what was waited for has been drawn. */
const useHold = (label: string, waiting: boolean): void => {
	const { delayRender, continueRender } = useDelayRender();
	useLayoutEffect(() => {
		if (!waiting) return;
		const handle = delayRender(label);
		return () => continueRender(handle);
	}, [waiting, label, delayRender, continueRender]);
};
