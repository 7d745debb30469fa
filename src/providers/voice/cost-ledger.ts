import type { VoiceProblem } from '../../ports/voice.ts';

/** What has been spent, and what calls under way may still spend. US dollars. */
export type CostLedger = {
	/** Sets an estimate aside before a call; a problem if it would go over the limit, or if there is a limit and no estimate. */
	reserve(estimate: number | null, title: string): VoiceProblem | null;
	/** After the call: what it cost in the end. Null is what was estimated. */
	settle(estimate: number | null, cost: number | null): void;
	readonly spent: number;
};

export const openCostLedger = (limit: number | null): CostLedger => {
	let spent = 0;
	let reserved = 0;
	return {
		get spent() {
			return spent;
		},
		reserve(estimate, title) {
			if (limit !== null && estimate === null) return unknownPrice(title, limit);
			const total = spent + reserved + (estimate ?? 0);
			if (limit !== null && total > limit + 1e-12) return overLimit(title, total, limit);
			reserved += estimate ?? 0;
			return null;
		},
		settle(estimate, cost) {
			reserved = Math.max(0, reserved - (estimate ?? 0));
			spent += cost ?? estimate ?? 0;
		},
	};
};

const dollars = (amount: number): string => `$${amount < 1 ? Number(amount.toPrecision(2)) : amount.toFixed(2)}`;

const overLimit = (title: string, total: number, limit: number): VoiceProblem => ({
	code: 'RF4224',
	summary: `the next sentence of ${title} would bring the cost to about ${dollars(total)}, over the limit of ${dollars(limit)}`,
	hint: 'raise `assets.maxCost`, or use a voice that costs less; what was said already is kept',
});

const unknownPrice = (title: string, limit: number): VoiceProblem => ({
	code: 'RF4224',
	summary: `${title} has no price by the character, so the limit of ${dollars(limit)} cannot be kept`,
	hint: 'leave `assets.maxCost` out to say sentences of this service, or use another one',
});
