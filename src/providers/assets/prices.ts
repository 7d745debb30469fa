/**
 * US dollars as we guessed them in November 2026, roughly and on the high side. They are nobody's price list: services change their prices, and accounts differ.
 * A guard on spending counts with them before a call; what a service says that a call cost counts for more.
 */
export const PRICES = {
	/** One picture. */
	stabilityImage: 0.03,
	/** A million pixels of medium quality. */
	openaiMegapixel: 0.07,
	/** A token that goes in, and one that comes out. */
	openaiTokenIn: 0.000005,
	openaiTokenOut: 0.00004,
	/** A minute of music, and one effect. */
	elevenlabsMusicMinute: 0.8,
	elevenlabsEffect: 0.05,
	/** A credit of the smallest paid plan. */
	elevenlabsCredit: 0.00022,
} as const;
