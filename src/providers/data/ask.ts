import { isUtf8 } from 'node:buffer';
import type { Fetcher, HttpAnswer } from '../http/fetcher.ts';
import { isServiceFault } from '../http/problems.ts';
import { type FilledRequest, withoutSecrets } from './fill-request.ts';
import { NOT_JSON, parseJson } from './json-values.ts';
import { type Checked, type Problem, SourceProblem } from './source-problem.ts';

const ANSWER_BYTES = 20e6;
const ANSWER_MS = 30_000;

export type Asked = { readonly answer: HttpAnswer; readonly text: string; readonly document: unknown };

/** Asks a service for a document in JSON. GET is tried again when that may help; POST only where nothing was done yet. */
export const askForDocument = async (
	fetcher: Fetcher,
	filled: FilledRequest,
	limits: { readonly maxBytes?: number; readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
): Promise<Checked<Asked>> => {
	const result = await fetcher.send({
		url: filled.url,
		method: filled.method,
		headers: headersOf(filled),
		...(filled.body !== null && { body: JSON.stringify(filled.body) }),
		expect: 'json',
		maxBytes: limits.maxBytes ?? ANSWER_BYTES,
		timeoutMs: limits.timeoutMs ?? ANSWER_MS,
		retry: filled.method === 'GET' ? 'safe' : 'unsent',
		...(limits.signal && { signal: limits.signal }),
	});
	if (!result.ok) {
		const passing = isServiceFault(result.problem) ? { passing: true as const } : {};
		return { ok: false, problem: withoutSecrets({ ...result.problem, ...passing }, filled.secrets) };
	}
	const { bytes } = result.value;
	if (!isUtf8(bytes)) return { ok: false, problem: withoutSecrets(notUtf8(filled), filled.secrets) };
	const text = Buffer.from(bytes).toString('utf8');
	const document = parseJson(text);
	if (document.ok) return { ok: true, value: { answer: result.value, text, document: document.value } };
	const summary = `${shownOf(filled)} answers with text that is not valid JSON`;
	return {
		ok: false,
		problem: withoutSecrets({ ...NOT_JSON, code: 'RF4212', summary, hint: 'open the address and look' }, filled.secrets),
	};
};

/** The same, as an exception for where a source ends with it. */
export const askOrThrow = async (...request: Parameters<typeof askForDocument>): Promise<Asked> => {
	const asked = await askForDocument(...request);
	if (!asked.ok) throw new SourceProblem(asked.problem);
	return asked.value;
};

export const headersOf = ({ headers, body }: FilledRequest, accept = 'application/json'): Readonly<Record<string, string>> => {
	const given = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
	return {
		...(!given.has('accept') && { accept }),
		...(body !== null && !given.has('content-type') && { 'content-type': 'application/json' }),
		...headers,
	};
};

/** Read on, such an answer would show wrong letters in a name. */
const notUtf8 = (filled: FilledRequest): Problem => ({
	code: 'RF4205',
	summary: `${shownOf(filled)} answers with bytes that are no text in UTF-8`,
	hint: 'have the service write its JSON in UTF-8',
});

/** Origin and path. */
export const shownOf = ({ url }: { readonly url: string }): string => {
	const { protocol, host, pathname } = new URL(url);
	return `${protocol}//${host}${pathname}`;
};
