import type { Box } from '../../model/drawing.ts';
import type { Mood, StackRole } from './mood.ts';
import { gapBetween } from './moods.ts';

export type Align = 'left' | 'center' | 'right';

/** Pixels. `overhang` hangs below the height (descenders) and may share the gap with what follows. */
export type Measured<Fitted> = {
	readonly width: number;
	readonly height: number;
	readonly overhang: number;
	/** Size of the type, where there is any. */
	readonly typeSize: number | null;
	readonly fitted: Fitted;
};

/** How a stack asks its members for their size: `scale` shrinks the mood's sizes, `ceiling` keeps type below what leads the stack. */
export type Room = {
	readonly width: number;
	readonly scale: number;
	readonly ceiling: number;
	/** Sizes that the types of a group share, in pixels. */
	readonly caps?: ReadonlyMap<StackRole, number>;
};

export type StackItem<Fitted> = {
	readonly role: StackRole;
	readonly align: Align;
	/** Null when it does not fit the width at any size that can be read. */
	readonly measure: (room: Room) => Measured<Fitted> | null;
	/** An image takes the height that is left: between these, in pixels of its natural height at this width. */
	readonly stretch: ((width: number, height: number) => Measured<Fitted>) | null;
	/** Tall and narrow: on a square canvas it stands beside the words and not under them. */
	readonly upright?: boolean;
};

export type PlacedItem<Fitted> = { readonly box: Box; readonly fitted: Fitted; readonly overhang: number };

export type FittedStack<Fitted> = {
	readonly items: readonly { readonly item: StackItem<Fitted>; readonly measured: Measured<Fitted> }[];
	readonly gaps: readonly number[];
	readonly width: number;
	/** With the overhang of the last item. */
	readonly height: number;
};

/** `item` counts from 0: the member that stands in the way. */
export type StackOverflow = { readonly overflow: number };

export type StackRoom = { readonly width: number; readonly height: number /** Pixels of 1 u. */; readonly u: number };

/** A headline stands out when what is beside it is at most this share of its size. */
const HIERARCHY = 0.62;
/** Steps of shrinking; the last leaves a little under a third. */
const SCALES = Array.from({ length: 40 }, (_, step) => 0.97 ** step);
/** Share of the room's height below which an image is not worth showing. */
const LEAST_IMAGE = 0.46;
/** u between what hangs below a baseline and what follows. */
const CLEAR_OF_OVERHANG = 1.8;

/** The members at the largest scale at which all of them fit the room together. */
export const fitStack = <Fitted>(items: readonly StackItem<Fitted>[], room: StackRoom, mood: Mood): FittedStack<Fitted> | StackOverflow => {
	let tightest: FittedStack<Fitted> | null = null;
	let previous = Number.POSITIVE_INFINITY;
	for (const scale of SCALES) {
		const fitted = fitAt(items, room, { mood, scale });
		if ('overflow' in fitted || fitted.height <= room.height) return fitted;
		tightest = fitted;
		// Every text is at its least size: smaller steps change nothing.
		if (scale < 0.5 && fitted.height > previous - 0.01) break;
		previous = fitted.height;
	}
	return { overflow: tightest === null ? 0 : tallest(tightest) };
};

type At = { readonly mood: Mood; readonly scale: number };

const fitAt = <Fitted>(items: readonly StackItem<Fitted>[], room: StackRoom, { mood, scale }: At): FittedStack<Fitted> | StackOverflow => {
	const measured = measureAll(items, room.width, scale);
	if ('overflow' in measured) return measured;
	// Gaps give way more slowly than type: crowding looks worse than small.
	const gaps = items.slice(1).map((item, index) => {
		const gap = gapBetween(mood, items[index]!.role, item.role) * room.u * Math.sqrt(scale);
		return Math.max(gap, measured.all[index]!.overhang + CLEAR_OF_OVERHANG * room.u);
	});
	const settled = stretchImages(items, measured.all, { ...room, height: room.height - gaps.reduce((sum, gap) => sum + gap, 0) });
	const height =
		settled.reduce((sum, one) => sum + one.height, 0) + gaps.reduce((sum, gap) => sum + gap, 0) + footOf(items.at(-1), settled.at(-1));
	return {
		items: items.map((item, index) => ({ item, measured: settled[index]! })),
		gaps,
		width: Math.max(0, ...settled.map((one) => one.width)),
		height,
	};
};

/** Running text keeps the room of its descenders even without any, so that stacks side by side end on one baseline. */
const DESCENT = 0.23;
/** What a stack is about: everything beside it is smaller. */
const LEADING: readonly StackRole[] = ['headline', 'stat', 'quote'];
const RUNNING: readonly StackRole[] = ['subhead', 'body', 'caption', 'eyebrow'];

const footOf = <Fitted>(item: StackItem<Fitted> | undefined, measured: Measured<Fitted> | undefined): number => {
	if (item === undefined || measured === undefined) return 0;
	return Math.max(measured.overhang, RUNNING.includes(item.role) ? DESCENT * (measured.typeSize ?? 0) : 0);
};

const measureAll = <Fitted>(
	items: readonly StackItem<Fitted>[],
	width: number,
	scale: number,
): { readonly all: readonly Measured<Fitted>[] } | StackOverflow => {
	const lead = items.findIndex(({ role }) => LEADING.includes(role));
	const free = { width, scale, ceiling: Number.POSITIVE_INFINITY };
	const leading = lead === -1 ? null : items[lead]!.measure(free);
	if (lead !== -1 && leading === null) return { overflow: lead };
	const ceiling = leading?.typeSize == null ? Number.POSITIVE_INFINITY : leading.typeSize * HIERARCHY;
	const all: Measured<Fitted>[] = [];
	for (const [index, item] of items.entries()) {
		const isLead = index === lead || LEADING.includes(item.role);
		const measured = index === lead ? leading : item.measure(isLead ? free : { ...free, ceiling });
		if (measured === null) return { overflow: index };
		all.push(measured);
	}
	return { all };
};

/** Images share what the rest leaves, at most their natural height and at least a share of the room. */
const stretchImages = <Fitted>(
	items: readonly StackItem<Fitted>[],
	measured: readonly Measured<Fitted>[],
	room: StackRoom,
): readonly Measured<Fitted>[] => {
	const count = items.filter((item) => item.stretch !== null).length;
	if (count === 0) return measured;
	const taken =
		measured.reduce((sum, one, index) => (items[index]!.stretch === null ? sum + one.height : sum), 0) +
		footOf(items.at(-1), measured.at(-1));
	const share = Math.max((room.height * LEAST_IMAGE) / count, (room.height - taken) / count);
	return measured.map((one, index) => items[index]!.stretch?.(room.width, Math.min(one.height, share)) ?? one);
};

const tallest = <Fitted>(stack: FittedStack<Fitted>): number => {
	const heights = stack.items.map(({ item, measured }) => (item.stretch === null ? measured.height : 0));
	return heights.indexOf(Math.max(...heights));
};

/** The members of a fitted stack on the canvas: the stack's top at `top`, each member aligned in the columns of `area`. */
export const placeStack = <Fitted>(stack: FittedStack<Fitted>, area: Box, top: number): readonly PlacedItem<Fitted>[] => {
	let y = top;
	return stack.items.map(({ item, measured }, index) => {
		const spare = area.width - measured.width;
		const x = area.x + (item.align === 'left' ? 0 : item.align === 'center' ? spare / 2 : spare);
		const box = { x, y, width: measured.width, height: measured.height };
		y += measured.height + (stack.gaps[index] ?? 0);
		return { box, fitted: measured.fitted, overhang: measured.overhang };
	});
};
