import type { GroupLayer, Layer } from '../../model/campaign-spec.gen.ts';
import type { Box } from '../../model/drawing.ts';
import type { StackRole } from '../design/mood.ts';
import { gapBetween } from '../design/moods.ts';
import type { Align, Measured, Room } from '../design/stack.ts';
import type { SceneItem } from './build-stacks.ts';
import type { Part } from './part.ts';
import { type ActiveLayer, activeIn, type SceneContext } from './scene-context.ts';

/** A member of a group: its box counts from the upper left of the group. */
export type GroupMember = { readonly box: Box; readonly fitted: Part };

/** Smallest size of the type of each role in a group. */
export type TypeSizes = ReadonlyMap<StackRole, number>;

type Laid = { readonly width: number; readonly height: number; readonly overhang: number; readonly members: readonly GroupMember[] };

type Grouping = {
	readonly context: SceneContext;
	readonly items: readonly SceneItem[];
	readonly layer: GroupLayer;
	readonly align: Align;
	readonly nested: boolean;
};

export type GroupOptions = {
	readonly align: Align;
	readonly nested: boolean;
	/** How a member is measured. */
	readonly itemOf: (active: ActiveLayer, align: Align) => SceneItem | readonly SceneItem[] | null;
};

/** u between layers side by side, and the least width of one that takes what is left. A portrait has height to give: it stacks and enlarges. */
const SIDE_GAP = 5;
const LEAST_COLUMN = { portrait: 30, landscape: 19, square: 22 } as const;
/** u of the least width of words beside a mark. */
const LEAST_BESIDE = 14;
/** u that a column of equal columns is not wider than. */
const WIDEST_COLUMN = { portrait: 100, landscape: 52, square: 60 } as const;
/** What belongs together is nearer than what does not. */
const TOGETHER = 0.82;

/** Layers that are laid out together. Their types of one role have one size. */
export const groupItem = (context: SceneContext, active: ActiveLayer<GroupLayer>, options: GroupOptions): SceneItem | null => {
	const { layer } = active;
	const align = layer.align ?? options.align;
	const inner = isTight(layer) || (layer.layout !== 'row' && layer.group.some(isTightRow)) ? 'left' : align;
	const children = activeIn(context.request, layer.group, { path: [...active.path, 'group'], from: active.from, until: active.until });
	const items = children.flatMap((child) => options.itemOf(child, inner) ?? []);
	if (items.length === 0) return null;
	const grouping = { context, items, layer, align: inner, nested: options.nested };
	const measure = (room: Room): Measured<Part> | null => {
		const capped = options.nested ? { ...room, caps: smallest(nestedCaps(context), room.caps) } : room;
		const first = lay(grouping, capped);
		if (first === null) return null;
		const laid = lay(grouping, { ...capped, caps: smallest(sizesIn(first.members), capped.caps) }) ?? first;
		const { width, height, overhang, members } = laid;
		return { width, height, overhang, typeSize: null, fitted: { kind: 'group', active, members, sizes: sizesIn(members) } };
	};
	return { role: 'image', align: options.align, culprit: { active, wording: null }, stretch: null, measure };
};

const isTightRow = (layer: Layer): boolean => 'group' in layer && isTight(layer);

/** Words beside a mark are set from the mark, and rows of them stand under each other. */
const isTight = ({ layout, group }: GroupLayer): boolean =>
	layout === 'row' &&
	group.some((layer) => 'icon' in layer || 'logo' in layer || 'qr' in layer) &&
	group.some((layer) => 'text' in layer || 'group' in layer);

/** u of a number or a headline that is one of several: as large as alone it would leave no room for its words. */
const ONE_OF_SEVERAL = { portrait: 15, landscape: 20, square: 14 } as const;

const nestedCaps = ({ frame }: SceneContext): TypeSizes => {
	const size = ONE_OF_SEVERAL[frame.aspect] * frame.u;
	return new Map(LEADING.map((role) => [role, size]));
};

const sizesIn = (members: readonly GroupMember[]): TypeSizes => {
	const sizes = new Map<StackRole, number>();
	const note = (role: StackRole, size: number): void => {
		sizes.set(role, Math.min(size, sizes.get(role) ?? Number.POSITIVE_INFINITY));
	};
	for (const { fitted } of members) {
		if (fitted.kind === 'text' || fitted.kind === 'wordmark') note(fitted.wording.role, fitted.fitted.size);
		if (fitted.kind === 'figure' && fitted.type !== null) note(fitted.type.role, fitted.type.size);
		if (fitted.kind === 'group') for (const [role, size] of fitted.sizes) note(role, size);
	}
	return sizes;
};

const smallest = (one: TypeSizes, other: TypeSizes | undefined): TypeSizes => {
	const sizes = new Map(one);
	for (const [role, size] of other ?? []) sizes.set(role, Math.min(size, sizes.get(role) ?? Number.POSITIVE_INFINITY));
	return sizes;
};

const lay = (grouping: Grouping, room: Room): Laid | null => {
	switch (grouping.layer.layout ?? 'column') {
		case 'row':
			return (
				layRow(grouping, room) ??
				(grouping.items.length > 2 && grouping.items.length % 2 === 0 ? layGrid(grouping, room, 2) : null) ??
				layColumn(grouping, room)
			);
		case 'grid':
			return layGrid(grouping, room, grouping.layer.columns ?? 2) ?? layColumn(grouping, room);
		case 'column':
			return layColumn(grouping, room);
	}
};

const LEADING: readonly StackRole[] = ['headline', 'stat', 'quote'];

/** A member in a room. What leads a group is not held below what leads the stack around it. */
const measureMember = (item: SceneItem, room: Room): Measured<Part> | null => {
	const outer = LEADING.includes(item.role) ? Number.POSITIVE_INFINITY : room.ceiling;
	const measured = item.measure({ ...room, ceiling: Math.min(outer, room.caps?.get(item.role) ?? Number.POSITIVE_INFINITY) });
	return measured !== null && item.stretch !== null ? item.stretch(room.width, measured.height * room.scale) : measured;
};

const placeAcross = (align: Align, spare: number): number => (align === 'left' ? 0 : align === 'center' ? spare / 2 : spare);

const layColumn = ({ context, items, layer, align, nested }: Grouping, room: Room): Laid | null => {
	const { u } = context.frame;
	const all = items.map((item) => measureMember(item, room));
	if (all.some((one) => one === null)) return null;
	const measured = all as readonly Measured<Part>[];
	const width = Math.max(...measured.map((one) => one.width));
	let y = 0;
	const members = measured.map((one, index): GroupMember => {
		const box = { x: placeAcross(align, width - one.width), y, width: one.width, height: one.height };
		const next = items[index + 1];
		if (next !== undefined) {
			const usual = gapBetween(context.mood, items[index]!.role, next.role) * (nested ? TOGETHER ** 2 : TOGETHER) * Math.sqrt(room.scale);
			y += one.height + Math.max((layer.gap ?? usual) * u, one.overhang + 0.8 * u);
		}
		return { box, fitted: one.fitted };
	});
	const last = measured.at(-1)!;
	return { width, height: y + last.height, overhang: last.overhang, members };
};

/** Whether a member has a width of its own, and does not take what it is given. */
const isFixed = (item: SceneItem): boolean =>
	item.fixed === true || item.role === 'logo' || item.role === 'cta' || item.role === 'wordmark';

const layRow = (grouping: Grouping, room: Room): Laid | null => {
	const { context, items, layer } = grouping;
	const { u, aspect } = context.frame;
	const gap = (layer.gap ?? SIDE_GAP) * u;
	const spare = room.width - gap * (items.length - 1);
	const fixed = items.map((item) => (isFixed(item) ? measureMember(item, { ...room, width: spare / items.length }) : null));
	if (items.some((item, index) => isFixed(item) && fixed[index] === null)) return null;
	const taken = fixed.reduce((sum, one) => sum + (one?.width ?? 0), 0);
	const flexible = items.filter((item) => !isFixed(item)).length;
	const isEven = flexible === items.length;
	const share = flexible === 0 ? 0 : (spare - taken) / flexible;
	const least = isEven ? LEAST_COLUMN[aspect] : LEAST_BESIDE;
	if (flexible > 0 && share < Math.min(least * u, room.width / 2 - gap)) return null;
	const column = isEven ? Math.min(share, WIDEST_COLUMN[aspect] * u) : share;
	const all = items.map((item, index) => fixed[index] ?? measureMember(item, { ...room, width: column }));
	if (all.some((one) => one === null)) return null;
	const measured = all as readonly Measured<Part>[];
	const widest = Math.max(...measured.map((one) => one.width));
	const widths = measured.map((one) => (isEven ? Math.min(column, widest) : one.width));
	return placeRow(grouping, {
		measured,
		widths,
		gap: isEven ? Math.max(gap, Math.min(gap * 2, column + gap - widest)) : gap,
		valign: layer.valign ?? (isEven ? 'top' : 'center'),
	});
};

type Row = {
	readonly measured: readonly Measured<Part>[];
	readonly widths: readonly number[];
	readonly gap: number;
	readonly valign: 'top' | 'center' | 'bottom';
};

const placeRow = ({ align }: Grouping, { measured, widths, gap, valign }: Row): Laid => {
	const height = Math.max(...measured.map((one) => one.height));
	let x = 0;
	const members = measured.map((one, index): GroupMember => {
		const width = widths[index]!;
		const y = valign === 'top' ? 0 : valign === 'center' ? (height - one.height) / 2 : height - one.height;
		const box = { x: x + placeAcross(align, width - one.width), y, width: one.width, height: one.height };
		x += width + gap;
		return { box, fitted: one.fitted };
	});
	const overhang = Math.max(...members.map(({ box }, index) => box.y + box.height + measured[index]!.overhang)) - height;
	return { width: x - gap, height, overhang: Math.max(0, overhang), members };
};

const layGrid = (grouping: Grouping, room: Room, columns: number): Laid | null => {
	const { context, items, layer } = grouping;
	const { u, aspect } = context.frame;
	const gap = (layer.gap ?? SIDE_GAP) * u;
	const count = Math.min(columns, items.length);
	const share = Math.min((room.width - gap * (count - 1)) / count, WIDEST_COLUMN[aspect] * u);
	if (share < Math.min(LEAST_COLUMN[aspect] * u, room.width / 2 - gap) && !items.every(isFixed)) return null;
	const all = items.map((item) => measureMember(item, { ...room, width: share }));
	if (all.some((one) => one === null)) return null;
	const measured = all as readonly Measured<Part>[];
	const cell = Math.max(...measured.map((one) => one.width));
	const members: GroupMember[] = [];
	let [y, height, overhang] = [0, 0, 0];
	for (let first = 0; first < measured.length; first += count) {
		const row = placeRow(grouping, {
			measured: measured.slice(first, first + count),
			widths: Array.from({ length: count }, () => cell),
			gap,
			valign: layer.valign ?? 'top',
		});
		members.push(...row.members.map(({ box, fitted }) => ({ box: { ...box, y: box.y + y }, fitted })));
		height = y + row.height;
		overhang = row.overhang;
		y = height + Math.max(gap, overhang + 0.8 * u);
	}
	return { width: cell * count + gap * (count - 1), height, overhang, members };
};
