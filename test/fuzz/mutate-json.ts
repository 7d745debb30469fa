import type { Chance } from './chance.ts';
import type { Mutator } from './mutate-bytes.ts';
import { mutateText } from './mutate-text.ts';

type Container = Record<string, unknown> | unknown[];
type Place = { readonly container: Container; readonly key: string };

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

/** Every place in a document where a value stands, the document's own one left out. */
const placesIn = (root: unknown): readonly Place[] => {
	const places: Place[] = [];
	const visit = (container: Container): void => {
		for (const [key, value] of Object.entries(container)) {
			places.push({ container, key });
			if (isContainer(value)) visit(value);
		}
	};
	if (isContainer(root)) visit(root);
	return places;
};

const nested = (depth: number): unknown => {
	let value: unknown = 1;
	for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { a: value };
	return value;
};

const strangeValue = (chance: Chance): unknown =>
	chance.pick<() => unknown>([
		...[
			null,
			true,
			false,
			0,
			-1,
			0.5,
			1e308,
			2 ** 53 + 2,
			-0,
			'',
			' ',
			'0',
			'null',
			'../../x',
			'/etc/passwd',
			'__proto__',
			'constructor',
		].map((value) => () => value),
		() => [],
		() => ({}),
		() => [null],
		() => ({ length: 3 }),
		() => 'x'.repeat(70_000),
		() => nested(200),
		() => 'f'.repeat(64),
		() => '\ud800\u202e\0',
	])();

const valueAt = ({ container, key }: Place): unknown => (container as Record<string, unknown>)[key];
const put = ({ container, key }: Place, value: unknown): void => {
	Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
};

const remove = ({ container, key }: Place): void => {
	if (Array.isArray(container)) container.splice(Number(key), 1);
	else delete container[key];
};

const rename = (place: Place, chance: Chance): void => {
	if (Array.isArray(place.container)) {
		put(place, strangeValue(chance));
		return;
	}
	const value = valueAt(place);
	remove(place);
	put({ ...place, key: chance.pick(['__proto__', 'constructor', 'toString', 'length', `${place.key}x`, '', '0']) }, value);
};

/** A value that is like what was there. */
const nudge = (value: unknown, chance: Chance): unknown => {
	if (typeof value === 'number') return value + chance.pick([1, -1, 0.5, 1e9]);
	if (typeof value !== 'string' || value === '') return strangeValue(chance);
	const at = chance.below(value.length);
	return value.slice(0, at) + chance.pick(['0', 'f', 'a', '/', '\n', '']) + value.slice(at + 1);
};

const change = (places: readonly Place[], others: readonly Place[], chance: Chance): void => {
	const place = chance.pick(places);
	const kind = chance.below(8);
	if (kind < 3) put(place, nudge(valueAt(place), chance));
	else if (kind < 5) put(place, strangeValue(chance));
	else if (kind === 5) remove(place);
	else if (kind === 6) rename(place, chance);
	else if (others.length > 0) put(place, valueAt(chance.pick(others)));
};

const changeDocument = (text: string, other: string, chance: Chance): string => {
	const root: unknown = JSON.parse(text);
	const others = placesIn(JSON.parse(other));
	for (let edits = 1 + chance.below(3); edits > 0; edits--) {
		const places = placesIn(root);
		if (places.length === 0) break;
		change(places, others, chance);
		// What was put in by reference is to be a value of its own.
		if (edits > 1) return changeDocument(JSON.stringify(root), other, chance);
	}
	return JSON.stringify(root);
};

/** Mostly JSON that says something else, else JSON that is broken. */
export const mutateJson: Mutator = (input, other, chance) =>
	chance.once(3)
		? mutateText(input, other, chance)
		: Buffer.from(`${changeDocument(input.toString('utf8'), other.toString('utf8'), chance)}\n`);

/** The same, line by line. */
export const mutateLines: Mutator = (input, other, chance) => {
	if (chance.once(3)) return mutateText(input, other, chance);
	const lines = input.toString('utf8').split('\n');
	const at = chance.below(lines.length);
	const line = lines[at]!;
	lines[at] = line === '' ? chance.pick(lines) : changeDocument(line, line, chance);
	if (chance.once(4)) lines.splice(chance.below(lines.length), 1, ...lines.slice(0, chance.below(lines.length)));
	return Buffer.from(lines.join('\n'));
};
