import type { CampaignSpec, When } from '../model/campaign-spec.gen.ts';
import { canonicalJson } from '../model/canonical-json.ts';
import type { RowValues } from '../model/recipient.ts';
import { dataTest } from './data-condition.ts';
import { conditionsOf } from './rules/rule.ts';

type Decision = (values: RowValues) => boolean;

/** Decisions that one piece of the text stands for: as many as a small integer has bits. */
const BITS = 30;

/**
 * What the data of a row decides about the structure of its videos, as a short text: equal for two rows exactly when each condition on data in the spec
 * holds for both or for neither. Empty for a spec without such conditions. The same spec gives the same texts.
 */
export const makeDecisions = (spec: Pick<CampaignSpec, 'scenes'>): ((values: RowValues) => string) => {
	const distinct = new Map<string, Decision>();
	for (const { part, path } of conditionsOf(spec)) if (path.at(-1) === 'when') collect(part as When, distinct);
	const decisions = [...distinct.values()];
	return (values) => textOf(decisions, values);
};

/** A condition that asks only for data is one decision, whatever it is made of; of another, each part that does. */
const collect = (when: When, into: Map<string, Decision>): void => {
	if (asksOnlyForData(when)) into.set(canonicalJson(when), testOf(when));
	else {
		const { data, any = [], all = [], not } = when;
		if (data !== undefined) into.set(canonicalJson({ data }), testOf({ data }));
		for (const one of [...any, ...all, ...(not === undefined ? [] : [not])]) collect(one, into);
	}
};

const asksOnlyForData = ({ data, any = [], all = [], not, ...axes }: When): boolean =>
	Object.keys(axes).length === 0 && [...any, ...all, ...(not === undefined ? [] : [not])].every(asksOnlyForData);

const testOf = ({ data, any, all, not }: When): Decision => {
	const tests: Decision[] = (all ?? []).map(testOf);
	if (data !== undefined) tests.push(dataTest(data));
	if (any !== undefined) {
		const some = any.map(testOf);
		tests.push((values) => some.some((test) => test(values)));
	}
	if (not !== undefined) {
		const fails = testOf(not);
		tests.push((values) => !fails(values));
	}
	const [only] = tests;
	return tests.length === 1 && only !== undefined ? only : (values) => tests.every((test) => test(values));
};

const textOf = (decisions: readonly Decision[], values: RowValues): string => {
	let text = '';
	for (let start = 0; start < decisions.length; start += BITS) {
		let bits = 0;
		const end = Math.min(decisions.length, start + BITS);
		for (let i = start; i < end; i++) bits = (bits << 1) | (decisions[i]!(values) ? 1 : 0);
		text += start === 0 ? bits.toString(36) : `.${bits.toString(36)}`;
	}
	return text;
};
