import type { ResolveEvent } from '../../ports/asset-request.ts';
import type { CliContext } from '../context.ts';
import { UsageError } from '../usage-error.ts';
import { dollars, estimateText, resolveLine } from '../views/assets.ts';
import { jsonLine } from '../views/json.ts';
import type { AssetDesk, ResolveChoice } from './desk.ts';

export type SettleFlags = { readonly yes: boolean; readonly json: boolean };

export type Settled = {
	/** Whether the person said no to the cost. */
	readonly refused: boolean;
	readonly interrupted: boolean;
	readonly resolved: number;
	readonly failed: number;
};

/** US dollars that are spent without asking. */
const MOST_UNASKED = 1;

/**
 * Resolves what a choice needs: says first what it costs, and asks where that is much. In JSON each event is a line on stdout.
 * @throws UsageError where it costs much and nobody can be asked
 */
export const settleAssets = async (
	context: CliContext,
	desk: AssetDesk,
	{ choice, yes, json }: SettleFlags & { readonly choice: ResolveChoice },
): Promise<Settled> => {
	if (!(await mayCost(context, desk, { choice, yes, json }))) return { refused: true, interrupted: false, resolved: 0, failed: 0 };
	const signal = context.interruption();
	const counts = { resolved: 0, failed: 0 };
	let isFirst = true;
	for await (const event of desk.resolve(choice, signal)) {
		tell(context, event, { json, isFirst });
		isFirst = false;
		if (event.type === 'failed') counts.failed += 1;
		else if (event.type !== 'fallback') counts.resolved += 1;
	}
	return { refused: false, interrupted: signal.aborted, ...counts };
};

const tell = ({ stdout, stderr }: CliContext, event: ResolveEvent, { json, isFirst }: { json: boolean; isFirst: boolean }): void => {
	if (json) stdout.write(jsonLine(event, isFirst));
	else stderr.write(resolveLine(event, stderr.colors));
};

const mayCost = async (
	{ stderr, ask }: CliContext,
	desk: AssetDesk,
	{ choice, yes, json }: SettleFlags & { readonly choice: ResolveChoice },
): Promise<boolean> => {
	const estimates = await desk.estimate(choice);
	if (estimates.length === 0) return true;
	if (!json) stderr.write(estimateText(estimates));
	const sum = estimates.reduce((total, { dollars: cost }) => total + (cost ?? 0), 0);
	if (yes || sum <= MOST_UNASKED) return true;
	if (json || ask === null)
		throw new UsageError(
			`this costs up to ${dollars(sum)}: say --yes to pay more than ${dollars(MOST_UNASKED)}`,
			'or set `assets.maxCost`',
		);
	const answer = await ask(`Pay up to ${dollars(sum)}? [y/N] `);
	if (/^y(es)?$/i.test(answer.trim())) return true;
	stderr.write('Nothing was asked for.\n');
	return false;
};
