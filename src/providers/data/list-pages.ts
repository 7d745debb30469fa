import type { ApiSource } from '../../model/campaign-spec.gen.ts';
import { sha256Hex } from '../../model/keys.ts';
import type { Fetcher } from '../http/fetcher.ts';
import { type Asked, askOrThrow, shownOf } from './ask.ts';
import { type FilledRequest, withoutSecrets } from './fill-request.ts';
import { keysOf, rowsAt, valueAtKeys } from './json-values.ts';
import { type Problem, SourceProblem } from './source-problem.ts';

const MAX_PAGES = 1000;

type Listing = Pick<ApiSource, 'at' | 'paging'>;

/** The rows of a list that a service gives, page by page. Throws `SourceProblem`; a page that comes twice is one. */
export async function* listPages(fetcher: Fetcher, filled: FilledRequest, { at, paging }: Listing): AsyncGenerator<readonly unknown[]> {
	const seen = new Set<string>();
	let request: FilledRequest | null = startOf(filled, paging);
	for (let page = 1; request !== null; page++) {
		const identity: string = JSON.stringify([request.url, request.body]);
		if (page > MAX_PAGES) throw new SourceProblem(refused(filled, TOO_MANY));
		const asked: Asked = await askOrThrow(fetcher, request);
		const rows = rowsAt(asked.document, at);
		if (!rows.ok && page === 1) throw new SourceProblem(refused(filled, rows.problem));
		if (!rows.ok || (rows.value.length === 0 && paging?.next === undefined)) return;
		// A service that does not know the parameter gives the first page again and again.
		const content = sha256Hex(asked.text);
		if (seen.has(identity) || (rows.value.length > 0 && seen.has(content))) throw new SourceProblem(refused(filled, LOOP));
		seen.add(identity).add(content);
		yield rows.value;
		request = nextOf(filled, { asked, paging, url: request.url, page });
	}
}

const startOf = (filled: FilledRequest, paging: ApiSource['paging']): FilledRequest =>
	paging?.param !== undefined && paging.next === undefined ? withParameter(filled, paging.param, paging.from ?? 1) : filled;

type Place = { readonly asked: Asked; readonly paging: ApiSource['paging']; readonly url: string; readonly page: number };

/** The request for the next page; null after the last. */
const nextOf = (filled: FilledRequest, { asked, paging, url, page }: Place): FilledRequest | null => {
	if (paging === undefined || (paging.next === undefined && paging.param === undefined)) {
		const link = nextLink(asked.answer.headers['link']);
		return link === null ? null : withAddress(filled, link, url);
	}
	const { next, param } = paging;
	if (next === undefined) return param === undefined ? null : withParameter(filled, param, (paging.from ?? 1) + page);
	const value = valueAtKeys(asked.document, keysOf(next));
	if ((typeof value !== 'string' && typeof value !== 'number') || value === '') return null;
	return param === undefined ? withAddress(filled, String(value), url) : withParameter(filled, param, value);
};

const withParameter = (filled: FilledRequest, param: string, value: string | number): FilledRequest => {
	if (filled.body !== null) return { ...filled, body: { ...filled.body, [param]: value } };
	const url = new URL(filled.url);
	url.searchParams.set(param, String(value));
	return { ...filled, url: url.href };
};

/** Secrets are sent along, so that they may go where the spec sends them, and nowhere else. */
const withAddress = (filled: FilledRequest, address: string, from: string): FilledRequest => {
	const url = URL.canParse(address, from) ? new URL(address, from) : null;
	if (url === null || url.origin !== new URL(filled.url).origin || url.username !== '' || url.password !== '') {
		throw new SourceProblem(refused(filled, ELSEWHERE));
	}
	return { ...filled, url: url.href };
};

/** The address in `<https://...>; rel="next"` of a Link header. */
const nextLink = (header: string | undefined): string | null => {
	for (const [, address, parameters] of (header ?? '').slice(0, 8192).matchAll(/<([^<>]*)>([^<]*)/g)) {
		if (/;\s*rel\s*=\s*("([^"]*\s)?next(\s[^"]*)?"|next\b)/i.test(parameters ?? '')) return address ?? null;
	}
	return null;
};

const refused = (filled: FilledRequest, problem: Problem): Problem =>
	withoutSecrets({ ...problem, summary: `${shownOf(filled)}: ${problem.summary}` }, filled.secrets);

const TOO_MANY: Problem = {
	code: 'RF4211',
	summary: 'the list has more than 1,000 pages',
	hint: 'ask for larger pages, or for fewer rows',
};
const LOOP: Problem = {
	code: 'RF4200',
	summary: 'the service gives the same page again',
	hint: 'check `paging`: `param` must be the name of the parameter that the service knows',
};
const ELSEWHERE: Problem = {
	code: 'RF4210',
	summary: 'the next page is at another host',
	hint: 'ask that host itself: what is sent with a request goes to the host that the spec names',
};
