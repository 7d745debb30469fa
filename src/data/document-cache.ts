import { createContext } from 'react';
import { type DocumentRequest, type Fetcher, loadDocument } from './load-document.ts';

/** Documents that were asked for, and those that are on their way. */
export type DocumentCache = Map<string, Promise<unknown>>;

/** One for each page: a frame may be drawn by a tree that has just been mounted, and has to see what the others saw. */
export const DocumentCacheContext = createContext<DocumentCache>(new Map());

export const keyOfRequest = ({ kind, url, headers }: DocumentRequest): string =>
	JSON.stringify([kind, url, Object.entries(headers).sort()]);

export type Order = {
	readonly request: DocumentRequest /** Asks again for what is known. */;
	readonly fresh: boolean;
	readonly fetcher: Fetcher;
};

/** A document, out of the cache or into it. What failed is not remembered. */
export const loadThrough = (cache: DocumentCache, { request, fresh, fetcher }: Order): Promise<unknown> => {
	const key = keyOfRequest(request);
	const known = cache.get(key);
	if (known !== undefined && !fresh) return known;
	const loading = loadDocument(request, fetcher);
	cache.set(key, loading);
	loading.catch(() => {
		if (cache.get(key) === loading) cache.delete(key);
	});
	return loading;
};
