import type { Code } from '../../diagnostics/codes.ts';

/** What a body must be, by content and not by its header. `text` refuses pages and binary files, `bytes` nothing. */
export type Expected = 'json' | 'text' | 'image' | 'audio' | 'video' | 'bytes';

export type HttpRequest = {
	/** Absolute, http or https. Its query is never shown in a message. */
	readonly url: string;
	/** GET when left out. */
	readonly method?: 'GET' | 'POST';
	/** Those that could carry a secret are not sent along when an answer redirects to another origin. */
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string | Uint8Array;
	readonly expect: Expected;
	/** Of the body, both as it is sent and as it is unpacked. */
	readonly maxBytes: number;
	/** From the first byte sent to the last received, redirects, retries and the waits between them included. */
	readonly timeoutMs: number;
	/**
	 * `safe`: any failure that may pass is tried again, 429 and 503 after Retry-After. `unsent`: only failures that came before the request was sent, and
	 * 429 and 503 (paid calls). `never`. At most three times.
	 */
	readonly retry: 'safe' | 'unsent' | 'never';
	readonly signal?: AbortSignal;
};

/** By lower-case name; values of a name that came several times are joined by a comma. */
export type HttpHeaders = Readonly<Record<string, string>>;

/** `status` is 2xx, or 304 when the request was conditional. `url` is where the last redirect led. */
export type HttpAnswer = { readonly status: number; readonly headers: HttpHeaders; readonly url: string; readonly bytes: Uint8Array };

export type HttpProblem = {
	readonly kind: 'address' | 'network' | 'status' | 'size' | 'time' | 'type' | 'aborted';
	readonly code: Code;
	/** Of the answer, if there was one. */
	readonly status: number | null;
	/** Shows of an address its origin and path only: a query may hold a secret. */
	readonly summary: string;
	readonly hint: string;
	/** First part of a refused answer's body, for adapters. Not safe to show: services repeat what they were sent. */
	readonly body?: string;
	readonly headers?: HttpHeaders;
};

export type HttpResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: HttpProblem };

export type Downloaded = { readonly sha256: string; readonly bytes: number; readonly headers: HttpHeaders; readonly url: string };

export type Fetcher = {
	send(request: HttpRequest): Promise<HttpResult<HttpAnswer>>;
	/**
	 * Streams into a temporary file beside `file`, checks, then renames; nothing half-downloaded is ever at `file`, whose folder is made if need be.
	 * Rejects when the file cannot be written.
	 */
	download(request: HttpRequest, file: string): Promise<HttpResult<Downloaded>>;
	/**
	 * The body as it comes, within the limits; throws `HttpFailure` while iterating. Tried again only up to its first bytes. It must be iterated, and once:
	 * the connection is held until then or until the time is up.
	 */
	stream(request: HttpRequest): Promise<HttpResult<{ readonly headers: HttpHeaders; readonly body: AsyncIterable<Uint8Array> }>>;
	/** Ends what is under way. */
	close(): Promise<void>;
};

/** Whether the same request may go well later: `unsent` means that the service has not acted on it. */
export type Passing = 'lasting' | 'passing' | 'unsent';

export class HttpFailure extends Error {
	readonly problem: HttpProblem;
	readonly passing: Passing;
	constructor(problem: HttpProblem, passing: Passing = 'lasting') {
		super(problem.summary);
		this.name = 'HttpFailure';
		this.problem = problem;
		this.passing = passing;
	}
}
