import type { Mutator } from './mutate-bytes.ts';

/** `accepted`: the reader took the input, and what it took has been found to be right. */
export type Verdict = 'accepted' | 'refused';

export type Prepared = {
	/** Valid inputs. Each is accepted as it is. */
	readonly seeds: readonly Buffer[];
	readonly mutate: Mutator;
	/**
	 * Gives an input to the reader. `original` is the seed that it was made of.
	 * @throws WrongSuccess where the reader took what it should not have; anything else is a crash of the reader
	 */
	judge(input: Buffer, original: Buffer): Promise<Verdict>;
};

/** One kind of input that comes from outside, and the reader that stands at the door. */
export type FuzzKind = {
	readonly name: string;
	/** How many cases of a round it has. */
	readonly share: number;
	/** Makes what the cases need, once a process. `folder` is empty and its own. */
	prepare(folder: string): Promise<Prepared>;
};

/** An input was accepted that is not what it says. */
export class WrongSuccess extends Error {
	override name = 'WrongSuccess';
}

export const expectThat = (isRight: boolean, what: string): void => {
	if (!isRight) throw new WrongSuccess(what);
};
