import { parse } from 'csv-parse/browser/esm/sync';
import { speakAddress } from './fill-address.ts';
import { readField } from './read-field.ts';

export type DocumentKind = 'api' | 'csv' | 'json';

/** A document as it is asked for: `url` with its placeholders filled. */
export type DocumentRequest = { readonly kind: DocumentKind; readonly url: string; readonly headers: Readonly<Record<string, string>> };

/** How the network is reached: the page's `fetch`. */
export type Fetcher = (url: string, init: RequestInit) => Promise<Response>;

const TIMEOUT_MS = 20_000;
/** Characters of one document. */
const MAX_LENGTH = 64 * 1024 * 1024;

/** The rows of a table, with texts by column name, or the value of a JSON document. Rejects with an Error that names the address and what is wrong with it. */
export const loadDocument = async (request: DocumentRequest, fetcher: Fetcher): Promise<unknown> => {
	const text = await loadText(request, fetcher);
	try {
		return request.kind === 'csv' ? parseTable(text) : JSON.parse(text);
	} catch (error) {
		const what = request.kind === 'csv' ? `a table with a fault: ${(error as Error).message}` : 'something that is no JSON';
		throw fault(request, `answered with ${what}`);
	}
};

/** RFC 4180 with a header; a byte order mark and CRLF are taken as well, and `;`, tabs or `|` for commas. @throws Error */
export const parseTable = (text: string): readonly Readonly<Record<string, string>>[] =>
	parse(text, { columns: true, bom: true, skip_empty_lines: true, delimiter: delimiterOf(text) });

/** The one that the header has most of. */
const delimiterOf = (text: string): string => {
	const header = text
		.slice(0, 65_536)
		.replace(/"[^"]*"/g, '')
		.split(/\r?\n|\r/, 1)[0]!;
	const counted = [',', ';', '\t', '|'].map((mark) => ({ mark, times: header.split(mark).length }));
	return counted.reduce((best, one) => (one.times > best.times ? one : best)).mark;
};

/** What stands at `path`, and of a list the row that is asked for. @throws Error when there is no such thing */
export const partOf = (
	document: unknown,
	part: { readonly at?: string | undefined; readonly row?: number | undefined },
	name: string,
): unknown => {
	const found = part.at === undefined ? document : readField(document, part.at);
	if (found === undefined) throw new Error(`${name} has nothing at "${part.at}"`);
	if (part.row === undefined) return found;
	if (!Array.isArray(found)) throw new Error(`${name} is no list, so that it has no row ${part.row}`);
	if (!(part.row in found)) throw new Error(`${name} has ${found.length} rows, counted from 0, and so no row ${part.row}`);
	return found[part.row];
};

const loadText = async (request: DocumentRequest, fetcher: Fetcher): Promise<string> => {
	const { url, headers } = request;
	const response = await fetcher(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((error: Error) => {
		const why = error.name === 'TimeoutError' ? `did not answer within ${TIMEOUT_MS / 1000} s` : `could not be reached: ${error.message}`;
		throw fault(request, why);
	});
	if (!response.ok) throw fault(request, `answered ${response.status}`);
	if (Number(response.headers.get('content-length') ?? 0) > MAX_LENGTH) throw fault(request, 'is too large');
	const text = await response.text().catch((error: Error) => {
		throw fault(request, `broke off: ${error.message}`);
	});
	if (text.length > MAX_LENGTH) throw fault(request, 'is too large');
	return text;
};

const fault = ({ url }: DocumentRequest, why: string): Error => new Error(`the data source ${speakAddress(url)} ${why}`);
