import { StringDecoder } from 'node:string_decoder';
import type { Fetcher } from '../http/fetcher.ts';
import { headersOf, shownOf } from './ask.ts';
import { type FilledRequest, withoutSecrets } from './fill-request.ts';
import { problemOf, SourceProblem } from './source-problem.ts';

export type LiveLimits = { readonly maxBytes: number; readonly timeoutMs: number; readonly signal?: AbortSignal };

/** The data of the first server-sent event that has any. Throws `SourceProblem`. */
export const firstEvent = async (fetcher: Fetcher, filled: FilledRequest, limits: LiveLimits): Promise<string> => {
	const stop = new AbortController();
	const signal = limits.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, limits.signal]);
	const headers = headersOf(filled, 'text/event-stream');
	const request = {
		url: filled.url,
		headers,
		expect: 'text',
		maxBytes: limits.maxBytes,
		timeoutMs: limits.timeoutMs,
		retry: 'safe',
		signal,
	} as const;
	try {
		const opened = await fetcher.stream(request);
		if (!opened.ok) throw new SourceProblem(opened.problem);
		const data = await dataOf(opened.value.body);
		if (data !== null) return data;
	} catch (error) {
		const problem = problemOf(error);
		throw problem === null ? error : new SourceProblem(withoutSecrets(problem, filled.secrets));
	} finally {
		stop.abort();
	}
	const summary = `${shownOf(filled)} ended before it sent an event with data`;
	throw new SourceProblem(
		withoutSecrets({ code: 'RF4212', summary, hint: 'check that the address sends server-sent events' }, filled.secrets),
	);
};

const dataOf = async (body: AsyncIterable<Uint8Array>): Promise<string | null> => {
	const decoder = new StringDecoder('utf8');
	const pieces: string[] = [];
	let line = '';
	for await (const chunk of body) {
		const lines = (line + decoder.write(Buffer.from(chunk))).split(/\r\n|\n|\r(?!$)/);
		line = lines.pop() ?? '';
		for (const text of lines) {
			if (text.startsWith('data:')) pieces.push(text.slice(text[5] === ' ' ? 6 : 5));
			else if (text === '' && pieces.length > 0) return pieces.join('\n');
		}
	}
	return null;
};
