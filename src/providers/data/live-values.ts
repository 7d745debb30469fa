import type { LiveSource } from '../../model/campaign-spec.gen.ts';
import { unreachable } from '../../model/unreachable.ts';
import type { Fetcher } from '../http/fetcher.ts';
import { askOrThrow, shownOf } from './ask.ts';
import { type FilledRequest, withoutSecrets } from './fill-request.ts';
import { firstEvent } from './first-event.ts';
import { firstMessage } from './first-message.ts';
import { parseJson, rowsAt } from './json-values.ts';
import { type Problem, SourceProblem } from './source-problem.ts';

const MESSAGE_BYTES = 1e6;
const MESSAGE_MS = 10_000;

/** The rows that a live source has at this moment. Throws `SourceProblem`. */
export const presentRows = async (
	fetcher: Fetcher,
	filled: FilledRequest,
	{ source, signal }: { readonly source: LiveSource; readonly signal?: AbortSignal | undefined },
): Promise<readonly unknown[]> => {
	const limits = { maxBytes: MESSAGE_BYTES, timeoutMs: MESSAGE_MS, ...(signal && { signal }) };
	const ask = async (): Promise<unknown> => {
		const transport = transportOf(source);
		switch (transport) {
			case 'polling':
				return (await askOrThrow(fetcher, filled, limits)).document;
			case 'sse':
				return documentOf(filled, await firstEvent(fetcher, filled, limits));
			case 'websocket':
				return documentOf(filled, await firstMessage(filled, { ...limits, allowPrivate: source.allowPrivate ?? [] }));
			default:
				return unreachable(transport);
		}
	};
	const rows = rowsAt(await ask(), source.at);
	if (!rows.ok) throw new SourceProblem(told(filled, rows.problem));
	return rows.value;
};

export const transportOf = ({ transport, url }: LiveSource): NonNullable<LiveSource['transport']> =>
	transport ?? (/^wss?:/.test(url) ? 'websocket' : 'polling');

const documentOf = (filled: FilledRequest, text: string): unknown => {
	const document = parseJson(text);
	if (!document.ok)
		throw new SourceProblem(told(filled, { ...document.problem, code: 'RF4212', summary: 'the message is not valid JSON' }));
	return document.value;
};

const told = (filled: FilledRequest, problem: Problem): Problem =>
	withoutSecrets({ ...problem, summary: `${shownOf(filled)}: ${problem.summary}` }, filled.secrets);
