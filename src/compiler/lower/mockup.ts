import type { Layer, MockupLayer } from '../../model/campaign-spec.gen.ts';
import type { Box, Drawing } from '../../model/drawing.ts';
import type { ImageFacts } from '../../model/inputs.ts';
import { contrast, fromOklch, legible, mix, oklchOf, TEXT_CONTRAST } from '../design/color.ts';
import type { FittedText } from '../design/fit-text.ts';
import { round2, roundBox } from '../design/geometry.ts';
import { enteringFrames, enterTracks } from '../design/motion.ts';
import { blockShadow, softShadow } from '../design/shadow.ts';
import type { Align } from '../design/stack.ts';
import type { Roles } from '../design/theme.ts';
import type { SceneItem } from './build-stacks.ts';
import { type DrawnFigure, type FigureSite, figureItem, type MeasuredFigure } from './figure.ts';
import { drawLabel, fitLabel } from './label.ts';
import type { ActiveLayer, SceneContext } from './scene-context.ts';
import { LEAST_SIZE, type Wording, wordingOf } from './text.ts';

/** u: the bar of a browser, the rim around its page, and its three dots. */
const BAR = 5.4;
const RIM = 0.5;
const DOT = 1.1;
/** Height of a phone to its width, and lengths in shares of the width: rim, corner, island. */
const PHONE_RATIO = 2.06;
const PHONE_RIM = 0.034;
const PHONE_CORNER = 0.155;
const ISLAND = { width: 0.29, height: 0.082, top: 0.06 } as const;
/** u of the height of a phone in a stack. */
const PHONE_HEIGHT = { portrait: 96, landscape: 84, square: 76 } as const;
const LEAST_PHONE = 30;
/** A page is never taller than this many times its width. */
const TALLEST_PAGE = 0.75;

type Address = { readonly fitted: FittedText; readonly wording: Wording };

/** Whether the device is much taller than wide. */
export const isUpright = (layer: Layer): boolean => 'mockup' in layer && layer.mockup === 'phone';

/** A picture in a device. */
export const mockupItem = (context: SceneContext, active: ActiveLayer<MockupLayer>, align: Align): SceneItem | null => {
	const facts = context.request.inputs.images.get(active.layer.image);
	if (facts === undefined) return null;
	const { u, aspect } = context.frame;
	if (active.layer.mockup === 'phone') {
		const at = (width: number, height: number): MeasuredFigure => {
			const wide = Math.min(width, height / PHONE_RATIO);
			const draw = (site: FigureSite): DrawnFigure => drawPhone(context, facts, site);
			return { width: wide, height: wide * PHONE_RATIO, figure: { enters: 'image', words: 0, draw } };
		};
		const phone = figureItem({
			context,
			active,
			role: 'image',
			align,
			measure: (room) => at(room.width, PHONE_HEIGHT[aspect] * u),
			stretch: (width, height) => at(width, Math.max(height, LEAST_PHONE * u)),
		});
		return { ...phone, upright: true };
	}
	const wording =
		active.layer.url === undefined ? null : wordingOf(context, 'body', { written: active.layer.url, path: [...active.path, 'url'] });
	const at = (width: number, height: number): MeasuredFigure | null => {
		const fitted = wording && fitLabel(context, wording, { size: LEAST_SIZE * u, width: width * 0.62 });
		if (wording !== null && fitted === null) return null;
		const address = wording === null || fitted === null ? null : { wording, fitted };
		const draw = (site: FigureSite): DrawnFigure => drawBrowser(context, { facts, address }, site);
		return { width, height, figure: { enters: 'image', words: 0, draw } };
	};
	const natural = (width: number): number => (BAR + RIM) * u + Math.min(width * TALLEST_PAGE, (width * facts.height) / facts.width);
	return figureItem({
		context,
		active,
		role: 'image',
		align,
		wording,
		measure: (room) => at(room.width, natural(room.width)),
		stretch: (width, height) => at(width, Math.max(height, 4 * BAR * u))!,
	});
};

type Shell = { readonly box: Box; readonly radius: number };

const shadowOf = ({ mood, frame }: SceneContext, { box, radius }: Shell, roles: Roles): readonly Drawing[] => {
	const caster = { box, radius, u: frame.u };
	switch (mood.shape.shadow) {
		case 'soft':
			return softShadow(caster, roles.background, mood.shape.shadowAlpha);
		case 'block':
			return [blockShadow(caster, mood.name === 'bold' ? roles.ink : roles.accent, 1.8)];
		case 'none':
			return [];
	}
};

const slab = (box: Box, color: string, radius: number): Drawing => ({
	type: 'rectangle',
	box: roundBox(box),
	tracks: [],
	paint: { type: 'solid', color },
	radius: round2(radius),
});

const entered = ({ box, entering }: FigureSite, children: readonly Drawing[]): DrawnFigure => ({
	drawing: { type: 'group', box: roundBox(box), tracks: enterTracks(roundBox(box), entering), children },
	arrived: entering.start + enteringFrames(entering.entrance, entering.fps),
});

type Browser = { readonly facts: ImageFacts; readonly address: Address | null };

/** Lighter than a light ground where that can be seen, else a shade of it. */
const shellColor = ({ dark, background, ink }: Roles): string => {
	if (dark) return mix(background, ink, 0.2);
	const lighter = mix(background, '#ffffff', 0.85);
	return contrast(lighter, background) < 1.08 ? mix(background, ink, 0.1) : lighter;
};

const drawBrowser = (context: SceneContext, { facts, address }: Browser, site: FigureSite): DrawnFigure => {
	const { box, roles } = site;
	const { u } = context.frame;
	const radius = Math.min(context.mood.shape.imageRadius, 2.2) * u;
	const shell = shellColor(roles);
	const page = { x: box.x + RIM * u, y: box.y + BAR * u, width: box.width - 2 * RIM * u, height: box.height - (BAR + RIM) * u };
	const middle = box.y + (BAR * u) / 2;
	const dots = [0, 1, 2].map(
		(index): Drawing => ({
			type: 'ellipse',
			box: roundBox({ x: box.x + (2 + index * (DOT + 0.8)) * u, y: middle - (DOT * u) / 2, width: DOT * u, height: DOT * u }),
			tracks: [],
			paint: { type: 'solid', color: mix(shell, roles.ink, 0.22) },
		}),
	);
	return entered(site, [
		...shadowOf(context, { box, radius }, roles),
		slab(box, shell, radius),
		...dots,
		...drawAddress(context, { address, shell, middle }, site),
		{
			type: 'image',
			box: roundBox(page),
			tracks: [],
			asset: facts.asset,
			fit: 'cover',
			radius: round2(Math.max(0, radius - RIM * u) * 0.6),
		},
	]);
};

type AddressBar = { readonly address: Address | null; readonly shell: string; readonly middle: number };

const drawAddress = (
	{ mood, frame }: SceneContext,
	{ address, shell, middle }: AddressBar,
	{ box, roles }: FigureSite,
): readonly Drawing[] => {
	const { u } = frame;
	const field = mix(shell, roles.ink, 0.07);
	const width = address === null ? box.width * 0.42 : Math.max(box.width * 0.42, address.fitted.width + 4 * u);
	const bar = { x: box.x + (box.width - width) / 2, y: middle - 1.85 * u, width, height: 3.7 * u };
	const pill = slab(bar, field, mood.shape.imageRadius === 0 ? 0 : bar.height / 2);
	if (address === null) return [pill];
	const { fitted, wording } = address;
	return [
		pill,
		...drawLabel({
			fitted,
			wording,
			x: box.x + box.width / 2,
			baseline: middle + (fitted.metrics.xHeight * fitted.size) / 2 + 0.08 * fitted.size,
			align: 'center',
			color: legible(mix(roles.ink, field, 0.3), [field], TEXT_CONTRAST),
		}),
	];
};

/** Nearly black, in the hue of what it lies on: pure black is a hole in the picture. */
const caseColor = ({ background }: Roles): string => {
	const { c, h } = oklchOf(background);
	return fromOklch({ l: 0.19, c: Math.min(c, 0.02), h });
};

const drawPhone = (context: SceneContext, facts: ImageFacts, site: FigureSite): DrawnFigure => {
	const { box, roles } = site;
	const { width } = box;
	const radius = width * PHONE_CORNER;
	const rim = width * PHONE_RIM;
	const body = caseColor(roles);
	const screen = { x: box.x + rim, y: box.y + rim, width: width - 2 * rim, height: box.height - 2 * rim };
	const island = { width: width * ISLAND.width, height: width * ISLAND.height };
	// On a dark ground the case needs an edge that the light catches.
	const edge = mix(body, '#ffffff', roles.dark ? 0.34 : 0.16);
	const line = Math.max(1, width * 0.006);
	return entered(site, [
		...shadowOf(context, { box, radius }, roles),
		slab(box, edge, radius),
		slab({ x: box.x + line, y: box.y + line, width: width - 2 * line, height: box.height - 2 * line }, body, radius - line),
		{ type: 'image', box: roundBox(screen), tracks: [], asset: facts.asset, fit: 'cover', radius: round2(radius - rim) },
		slab({ x: box.x + (width - island.width) / 2, y: box.y + width * ISLAND.top, ...island }, body, island.height / 2),
	]);
};
