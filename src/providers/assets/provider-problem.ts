import type { Code } from '../../diagnostics/codes.ts';
import type { ProviderProblem } from '../../ports/asset-provider.ts';
import type { HttpProblem } from '../http/contract.ts';
import { at, textAt } from './json-fields.ts';

export type Refusal = { readonly ok: false; readonly problem: ProviderProblem };

const refuse = (kind: ProviderProblem['kind'], code: Code, summary: string, hint: string): Refusal => ({
	ok: false,
	problem: { kind, code, summary, hint },
});

export const missingKey = (id: string, needs: readonly string[]): Refusal =>
	refuse(
		'key',
		'RF4230',
		`${id} needs a key, and the environment has no ${needs.join(' and no ')}`,
		`set ${needs.join(' and ')}, or write \`provider: local\` or \`fallback: local\``,
	);

const refusedKey = (id: string, needs: readonly string[]): Refusal =>
	refuse('key', 'RF4230', `${id} does not take the key in ${needs.join(' and ')}`, 'check that it is whole, not revoked, and may do this');

export const nothingFound = (id: string, what: string, hint = 'use fewer and plainer words'): Refusal =>
	refuse('empty', 'RF4231', `${id} has nothing for "${shown(what)}"`, hint);

export const noSuchId = (id: string, wanted: string): Refusal =>
	refuse(
		'empty',
		'RF4231',
		`${id} has nothing under the id "${shown(wanted)}"`,
		'it may have been withdrawn: resolve anew, or pin another',
	);

export const moderated = (id: string): Refusal =>
	refuse('refused', 'RF4232', `${id} refuses to make this: its moderation objects to the prompt`, 'say it otherwise');

export const failed = (kind: 'passing' | 'lasting', summary: string, hint: string): Refusal => refuse(kind, 'RF4233', summary, hint);

export const unusable = (kind: 'passing' | 'lasting', summary: string, hint: string): Refusal => refuse(kind, 'RF4234', summary, hint);

export const withoutApi = (id: string, works: string): Refusal =>
	refuse('lasting', 'RF4235', `${id} has no official API`, `${works}; or download the file yourself and name it in the spec`);

export const badSidecar = (file: string, what: string): Refusal =>
	refuse('lasting', 'RF4236', `${file} ${what}`, 'it may have title, tags, license, credit and source');

const LONGEST_SHOWN = 60;
const shown = (text: string): string => (text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text);

/** Codes with which services say in the body of a refusal that they object to the prompt. */
const MODERATION: readonly string[] = [
	'content_moderation',
	'moderation_blocked',
	'content_policy_violation',
	'content_against_policy',
	'bad_prompt',
	'bad_composition_plan',
];
/** The same, that there is no credit left, whatever the status is. */
const SPENT: readonly string[] = ['quota_exceeded', 'insufficient_quota', 'billing_hard_limit_reached'];

/** What a refused or broken answer means. Nothing of its body is repeated. */
export const problemOf = (id: string, needs: readonly string[], problem: HttpProblem): Refusal => {
	const { status, summary, hint, kind } = problem;
	if (problem.code === 'RF4233') return failed('passing', summary, hint);
	if (kind === 'aborted' || kind === 'network' || kind === 'time') return failed('passing', `${id}: ${summary}`, hint);
	if (status === null) return unusable('lasting', `${id}: ${summary}`, hint);
	const reasons = reasonsIn(problem.body);
	if (reasons.some((reason) => MODERATION.includes(reason))) return moderated(id);
	if (status === 402 || reasons.some((reason) => SPENT.includes(reason))) {
		return failed('lasting', `${id}: the account has no credit left for this`, 'add credit, or choose another provider');
	}
	if (status === 401 || status === 403) return refusedKey(id, needs);
	if (status === 404 || status === 410) {
		return refuse('empty', 'RF4231', `${id} has nothing there (status ${status})`, 'use plainer words, or pin another result');
	}
	if (status === 429)
		return failed('passing', `${id} takes no more requests for now`, 'run it again later: what is resolved stays resolved');
	if (status >= 500 || status === 408 || status === 425) return failed('passing', `${id}: ${summary}`, hint);
	return failed('lasting', `${id} does not take the request (status ${status})`, 'change what is asked for, or choose another provider');
};

/** A file's link, not the service itself: there, a refusal means that the link is of no use any more. */
export const downloadProblem = (id: string, needs: readonly string[], problem: HttpProblem): Refusal => {
	const { status, kind, summary } = problem;
	if (kind === 'status' && status !== null && [400, 401, 403, 404, 410].includes(status)) {
		return unusable('passing', `${id}: the link to the file has expired (status ${status})`, 'run it again: links are asked for anew');
	}
	if (kind === 'network') return unusable('passing', `${id}: ${summary}`, 'run it again');
	return problemOf(id, needs, problem);
};

const reasonsIn = (body: string | undefined): readonly string[] => {
	const answer = parsed(body ?? '');
	const places = [
		textAt(answer, 'name'),
		textAt(answer, 'error', 'code'),
		textAt(answer, 'detail', 'status'),
		textAt(answer, 'detail', 'code'),
		at(answer, 'code') === undefined ? null : textAt(answer, 'code'),
	];
	return places.filter((place) => place !== null);
};

const parsed = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
};
