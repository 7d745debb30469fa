import type { FieldValue } from '../../model/recipient.ts';
import { isObject } from './json-values.ts';
import type { Problem } from './source-problem.ts';

/** A request as a spec writes it: `${env.NAME}` stands for a variable of the environment, `{field}` for a field of the recipient. */
export type WrittenRequest = {
	readonly url: string;
	readonly method?: 'GET' | 'POST';
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: Readonly<Record<string, unknown>>;
};

export type FilledRequest = {
	readonly url: string;
	readonly method: 'GET' | 'POST';
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Readonly<Record<string, unknown>> | null;
	/** What is asked for, with the names of variables in the place of their values. */
	readonly identity: string;
	/** Values of variables that were filled in. No message may show them. */
	readonly secrets: readonly string[];
};

/** `field` is the field of the recipient at fault, if it is one. */
export type Filled =
	| { readonly ok: true; readonly value: FilledRequest }
	| { readonly ok: false; readonly problem: Problem; readonly field: string | null };

export type Fillings = {
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly values: Readonly<Record<string, FieldValue>>;
};

const PLACES = /\$\{env\.([A-Za-z_][A-Za-z0-9_]*)\}|(?<!\$)\{([A-Za-z][A-Za-z0-9_]*)\}/g;

/** The fields of the recipient that a request has in its address or body. */
export const fieldsIn = ({ url, body }: WrittenRequest): readonly string[] => {
	const names = new Set<string>();
	for (const [, , field] of `${url}${JSON.stringify(body ?? {})}`.matchAll(PLACES)) if (field !== undefined) names.add(field);
	return [...names];
};

/** What is wrong with a filling, on its way out of the templates. */
class FillProblem extends Error {
	readonly problem: Problem;
	readonly field: string | null;
	constructor(problem: Problem, field: string | null) {
		super(problem.summary);
		this.problem = problem;
		this.field = field;
	}
}

/** Fills a request in. Each template is read once: what a row brings in is never read as a template. */
export const fillRequest = (written: WrittenRequest, fillings: Fillings): Filled => {
	const secrets: string[] = [];
	const method = written.method ?? 'GET';
	const fields = { ...fillings, onSecret: (value: string) => secrets.push(value) };
	try {
		const url = fillUrl(written.url, fields);
		const headers = Object.fromEntries(
			Object.entries(written.headers ?? {}).map(([name, value]) => [name, fillText(value, { ...fields, values: null })]),
		);
		const body = method === 'POST' ? (fillValue(written.body ?? {}, fields) as Record<string, unknown>) : null;
		const named = { ...fields, environment: null };
		const identity = JSON.stringify([
			method,
			fillText(written.url, named, encodeURIComponent),
			written.headers ?? {},
			method === 'POST' ? fillValue(written.body ?? {}, named) : null,
		]);
		return { ok: true, value: { url, method, headers, body, identity, secrets } };
	} catch (error) {
		if (error instanceof FillProblem) return { ok: false, problem: error.problem, field: error.field };
		throw error;
	}
};

type Places = {
	/** Null leaves the names of variables where they are. */
	readonly environment: Readonly<Record<string, string | undefined>> | null;
	/** Null where fields have no meaning. */
	readonly values: Readonly<Record<string, FieldValue>> | null;
	readonly onSecret: (value: string) => void;
	/** As they are when left out. */
	readonly encodeVariable?: (value: string) => string;
};

const fillText = (text: string, places: Places, encode: (value: string) => string = String): string =>
	text.replace(PLACES, (place, variable: string | undefined, field: string | undefined) => {
		if (variable !== undefined)
			return places.environment === null ? place : (places.encodeVariable ?? String)(variableOf(variable, places));
		return field === undefined || places.values === null ? place : encode(String(fieldOf(field, places.values)));
	});

const variableOf = (name: string, { environment, onSecret }: Places): string => {
	const value = environment !== null && Object.hasOwn(environment, name) ? environment[name]?.trim() : undefined;
	if (value === undefined || value === '') throw new FillProblem(notSet(name), null);
	if (/[\0-\x1f\x7f]/.test(value)) throw new FillProblem(notOneLine(name), null);
	onSecret(value);
	return value;
};

const fieldOf = (name: string, values: Readonly<Record<string, FieldValue>>): string | number | boolean => {
	const value = Object.hasOwn(values, name) ? values[name] : null;
	if (value === null || value === undefined || value === '') throw new FillProblem(noValue(name), name);
	return value;
};

/** A text that is one field and nothing else takes the type of the field. */
const fillValue = (value: unknown, places: Places): unknown => {
	if (typeof value === 'string') {
		const alone = /^\{([A-Za-z][A-Za-z0-9_]*)\}$/.exec(value)?.[1];
		return alone === undefined || places.values === null ? fillText(value, places) : fieldOf(alone, places.values);
	}
	if (Array.isArray(value)) return value.map((entry) => fillValue(entry, places));
	return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fillValue(entry, places)])) : value;
};

const fillUrl = (written: string, places: Places): string => {
	const query = written.search(/[?#]/);
	const way = query < 0 ? written : written.slice(0, query);
	// A variable may hold a host and its port, or a part of the path; what stands in a query is one value.
	const inQuery: Places = { ...places, encodeVariable: encodeURIComponent };
	const filled = fillText(way, places, encodeURIComponent) + (query < 0 ? '' : fillText(written.slice(query), inQuery, encodeURIComponent));
	const parsed = URL.canParse(filled) ? new URL(filled) : null;
	const host = /^[a-z]+:\/\/([^/?#]*)/i.exec(written)?.[1] ?? '';
	if (parsed === null || /(?<!\$)\{/.test(host)) throw new FillProblem(noAddress, null);
	const [field] = fieldsIn({ url: way });
	// `..` would climb out of the path that the spec names.
	const path = /^[a-z]+:\/\/[^/]*([^?#]*)/i.exec(filled)?.[1] ?? '';
	if (field !== undefined && path.split('/').length !== parsed.pathname.split('/').length) throw new FillProblem(climbs, field);
	return filled;
};

/** A problem without the secrets that a service, or its address, may have brought into it. */
export const withoutSecrets = (problem: Problem, secrets: readonly string[]): Problem => {
	const clean = (text: string): string =>
		secrets
			// What is shorter keeps no secret, and would tear words apart.
			.filter((secret) => secret.length > 3)
			.flatMap((secret) => [secret, encodeURIComponent(secret), encodeURI(secret)])
			.sort((a, b) => b.length - a.length)
			.reduce((cleaned, secret) => cleaned.replaceAll(secret, '***'), text);
	const { code, summary, hint, passing } = problem;
	return { code, summary: clean(summary), hint: clean(hint), ...(passing ? { passing } : {}) };
};

const notSet = (name: string): Problem => ({
	code: 'RF4215',
	summary: `the environment variable ${name} is not set`,
	hint: `set it for this command: ${name}=... reelform`,
});

const notOneLine = (name: string): Problem => ({
	code: 'RF4215',
	summary: `the environment variable ${name} has a line break or another control character in it`,
	hint: 'set it to a text of one line',
});

const noValue = (field: string): Problem => ({
	code: 'RF4203',
	summary: `the row has no ${field}, which the request needs`,
	hint: 'fill it in, or give the field a fallback',
});

const noAddress: Problem = {
	code: 'RF4210',
	summary: 'the address cannot be asked',
	hint: 'write the host out, or take it from the environment; fields may stand in the path and the query',
};

const climbs: Problem = {
	code: 'RF4210',
	summary: 'the value would change the path of the address',
	hint: 'correct the value: `.` and `..` are no parts of a path',
};
