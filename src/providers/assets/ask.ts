import type { ProviderResult } from '../../ports/asset-provider.ts';
import type { Fetcher, HttpHeaders, HttpRequest } from '../http/contract.ts';
import { failed, problemOf } from './provider-problem.ts';

/** Who asks, and with what. */
export type Asker = {
	readonly id: string;
	readonly needs: readonly string[];
	readonly fetcher: Fetcher;
	readonly signal: AbortSignal;
};

export type Asked = Pick<HttpRequest, 'url' | 'method' | 'headers' | 'body'> & {
	/** A paid call is never sent again once the service may have acted on it. */
	readonly paid?: boolean;
	readonly maxBytes?: number;
};

const ANSWER_BYTES = 8_000_000;
const ANSWER_MS = 30_000;
/** Pictures and music take their time to be made. */
const MAKING_MS = 300_000;

/** A JSON answer and its headers. */
export const askJson = async (
	asker: Asker,
	asked: Asked,
): Promise<ProviderResult<{ readonly value: unknown; readonly headers: HttpHeaders }>> => {
	const answer = await askBytes(asker, asked, 'json');
	if (!answer.ok) return answer;
	try {
		return { ok: true, value: { value: JSON.parse(Buffer.from(answer.value.bytes).toString('utf8')), headers: answer.value.headers } };
	} catch {
		return failed('passing', `${asker.id} answers with JSON that cannot be read`, 'try again later');
	}
};

/** An answer's bytes. */
export const askBytes = async (
	{ id, needs, fetcher, signal }: Asker,
	{ paid = false, maxBytes = ANSWER_BYTES, ...request }: Asked,
	expect: HttpRequest['expect'],
): Promise<ProviderResult<{ readonly bytes: Uint8Array; readonly headers: HttpHeaders }>> => {
	const result = await fetcher.send({
		...request,
		expect,
		maxBytes,
		timeoutMs: paid ? MAKING_MS : ANSWER_MS,
		retry: paid ? 'unsent' : 'safe',
		signal,
	});
	return result.ok ? { ok: true, value: result.value } : problemOf(id, needs, result.problem);
};

/** `path` below `base`, with the parameters that have a value. */
export const addressOf = (base: string, path: string, parameters: Readonly<Record<string, string | number | null>> = {}): string => {
	const url = new URL(`${base.replace(/\/+$/, '')}${path}`);
	for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.set(name, String(value));
	return url.href;
};
