import type { Code } from '../../diagnostics/codes.ts';
import { unreachable } from '../../model/unreachable.ts';
import type { VoiceProblem } from '../../ports/voice.ts';
import type { HttpProblem } from '../http/contract.ts';

/** Why a service does not say a sentence. */
export type Refusal = 'key' | 'payment' | 'moderation' | 'voice' | 'text' | 'passing' | 'lasting';

/** Whom a message is about. `variable` is the one that its key came from. */
export type Asked = { readonly title: string; readonly variable: string; readonly voice: string };

/**
 * A failed call in words. `refusal` is what the service's own error code says, where it has one; else its status decides. Nothing that the service wrote is shown:
 * it may repeat what it was sent.
 */
export const problemOfCall = (asked: Asked, http: HttpProblem, refusal: Refusal | null): VoiceProblem => {
	switch (http.kind) {
		case 'status':
			return refused(asked, refusal ?? refusalOfStatus(http.status ?? 0), http);
		case 'aborted':
			return closedVoice(asked.title);
		case 'address':
			return failed(http.summary, http.hint, 'lasting');
		case 'network':
		case 'time':
			return unclear(failed(`${asked.title} was not heard to the end: ${http.summary}`, CHECK_FIRST, 'passing'));
		case 'type':
		case 'size':
			return unclear(failed(`${asked.title} gives no sound: ${http.summary}`, CHECK_FIRST, 'lasting'));
		default:
			return unreachable(http.kind);
	}
};

/** An answer that came, and is not what the service documents. */
export const brokenAnswer = ({ title }: Pick<Asked, 'title'>, what: string): VoiceProblem =>
	unclear(failed(`${title} gives no sound: ${what}`, CHECK_FIRST, 'lasting'));

export const closedVoice = (title: string): VoiceProblem => ({
	code: 'RF4222',
	kind: 'passing',
	unclear: true,
	summary: `${title} gave no sound: the voice was closed`,
	hint: 'run it again',
});

/** A call that may have been charged for is not made again by itself. */
const CHECK_FIRST = 'nothing was asked twice; see in your account whether the sentence was charged, then run it again';

const failed = (summary: string, hint: string, kind: 'passing' | 'lasting'): VoiceProblem => ({ code: 'RF4226', kind, summary, hint });
const unclear = (problem: VoiceProblem): VoiceProblem => ({ ...problem, unclear: true });

const refusalOfStatus = (status: number): Refusal => {
	if (status === 401 || status === 403) return 'key';
	if (status === 402) return 'payment';
	if (status === 404) return 'voice';
	if (status === 451) return 'moderation';
	if (status === 400 || status === 413 || status === 422) return 'text';
	return status === 408 || status === 425 || status === 429 || status >= 500 ? 'passing' : 'lasting';
};

const refused = ({ title, variable, voice }: Asked, refusal: Refusal, { status }: HttpProblem): VoiceProblem => {
	const say = (code: Code, kind: NonNullable<VoiceProblem['kind']>, words: readonly [summary: string, hint: string]): VoiceProblem => ({
		code,
		kind,
		summary: words[0],
		hint: words[1],
	});
	const asStatus = `status ${status}`;
	switch (refusal) {
		case 'key':
			return say('RF4223', 'key', [
				`${title} refuses the key in ${variable} (${asStatus})`,
				'check that it is current, and may use text to speech',
			]);
		case 'payment':
			return say('RF4224', 'lasting', [
				`the account at ${title} has no credit left (${asStatus})`,
				'top it up there, or use another voice; what was said already is kept',
			]);
		case 'moderation':
			return say('RF4225', 'refused', [
				`${title} refuses to say the sentence (${asStatus})`,
				'write it otherwise: it breaks a rule of the service',
			]);
		case 'voice':
			return say('RF4220', 'lasting', [`${title} has no voice "${voice}" for this key`, 'choose a voice of your account, by its id']);
		case 'text':
			return say('RF4221', 'lasting', [
				`${title} cannot say the sentence as it is (${asStatus})`,
				'shorten it, and leave out unusual signs',
			]);
		case 'passing':
			return {
				...failed(`${title} fails at the moment (${asStatus})`, passingHint(status), 'passing'),
				...(mayBeCharged(status) && { unclear: true }),
			};
		case 'lasting':
			return failed(
				`${title} refuses the call (${asStatus})`,
				'see whether the service has changed; a newer version may know it',
				'lasting',
			);
		default:
			return unreachable(refusal);
	}
};

const passingHint = (status: number | null): string =>
	status === 429 ? 'it takes fewer calls at once: wait a little, then run it again' : 'run it again later; what was said already is kept';

/** Whoever refuses for lack of time has not begun. */
const mayBeCharged = (status: number | null): boolean => status !== 429 && status !== 503;
