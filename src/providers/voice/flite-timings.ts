import type { ScriptWord, WordTiming } from '../../model/sound.ts';

/** One sound of a voice. `end` in seconds from the start of the synthesised sound; it starts where the one before ends. */
export type Phone = { readonly name: string; readonly start: number; readonly end: number };

const PAUSE = 'pau';

/** The lines of `-psdur`: `pau:0.164 hh:0.233 ax:0.282`. Anything that is not a phone with its end is left out. */
export const readPhones = (output: string): readonly Phone[] => {
	let start = 0;
	return output.split(/\s+/).flatMap((token) => {
		const match = /^([a-z]+):(\d+(?:\.\d+)?)$/.exec(token);
		if (match === null) return [];
		const phone = { name: match[1] ?? '', start, end: Number(match[2]) };
		start = phone.end;
		return [phone];
	});
};

/** The phones of each word, from `-ps` on a text where every word is a phrase of its own: a pause stands between any two. */
export const groupPhones = (output: string): readonly (readonly string[])[] =>
	output
		.trim()
		.split(/\s+/)
		.reduce<string[][]>((groups, name) => {
			if (name === PAUSE) groups.push([]);
			else groups.at(-1)?.push(name);
			return groups;
		}, [])
		.filter((group) => group.length > 0);

/**
 * When each word is heard. `groups` are the phones of the words that are spoken at all, each said alone. A word that is not spoken gets the moment where the word
 * before it ends. A word said in its sentence may have a phone more or less than said alone, so the two are aligned and not counted off.
 */
export const timeWords = (
	words: readonly ScriptWord[],
	phones: readonly Phone[],
	groups: readonly (readonly string[])[],
): readonly WordTiming[] => {
	const heard = phones.filter((phone) => phone.name !== PAUSE);
	const owners = ownersOf(
		groups.flatMap((group, index) => group.map((name) => ({ name, owner: index }))),
		heard.map((phone) => phone.name),
	);
	const spans = groups.map((_, index) => {
		const own = heard.filter((_phone, at) => owners[at] === index);
		return { start: own[0]?.start, end: own.at(-1)?.end };
	});
	let spoken = 0;
	let last = heard[0]?.start ?? 0;
	return words.map(({ text, spoken: said }) => {
		const span = said === '' ? undefined : spans[spoken++];
		const start = Math.max(last, span?.start ?? last);
		last = Math.max(start, span?.end ?? start);
		return { text, start, end: last };
	});
};

/** For each of `heard` the owner of its partner in a cheapest alignment; one without partner goes to the owner before it. */
const ownersOf = (known: readonly { readonly name: string; readonly owner: number }[], heard: readonly string[]): readonly number[] => {
	const cost = alignmentCosts(
		known.map(({ name }) => name),
		heard,
	);
	const at = (i: number, j: number): number => cost[i]?.[j] ?? Number.POSITIVE_INFINITY;
	const owners = new Array<number>(heard.length).fill(0);
	let [i, j] = [known.length, heard.length];
	while (j > 0) {
		const owner = known[Math.max(0, i - 1)]?.owner ?? 0;
		const differs = known[i - 1]?.name === heard[j - 1] ? 0 : 1;
		const together = i > 0 && at(i, j) === at(i - 1, j - 1) + differs;
		const extra = !together && at(i, j) === at(i, j - 1) + 1;
		if (together || extra) owners[--j] = owner;
		if (!extra) i--;
	}
	return owners;
};

/** `costs[i][j]`: the edits between the first `i` of one list and the first `j` of the other. */
const alignmentCosts = (from: readonly string[], to: readonly string[]): readonly (readonly number[])[] => {
	const rows = [Array.from({ length: to.length + 1 }, (_, j) => j)];
	for (const [index, name] of from.entries()) {
		const above = rows[index] ?? [];
		const row = [index + 1];
		for (const [j, other] of to.entries()) {
			const change = (above[j] ?? 0) + (name === other ? 0 : 1);
			row.push(Math.min(change, (above[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1));
		}
		rows.push(row);
	}
	return rows;
};
