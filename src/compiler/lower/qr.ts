import type { QrLayer } from '../../model/campaign-spec.gen.ts';
import type { FittedText } from '../design/fit-text.ts';
import { roundBox } from '../design/geometry.ts';
import { enteringFrames, enterTracks } from '../design/motion.ts';
import type { Align } from '../design/stack.ts';
import type { SceneItem } from './build-stacks.ts';
import { type DrawnFigure, type FigureSite, figureItem } from './figure.ts';
import { drawLabel, fitLabel } from './label.ts';
import { drawQr, leastQrSide, type QrModules, qrColors, qrModules } from './qr-modules.ts';
import { countWords } from './reading-time.ts';
import type { ActiveLayer, SceneContext } from './scene-context.ts';
import { type Wording, wordingOf } from './text.ts';

/** u of a code's side, quiet zone included: in a corner, and where it has a region. */
const SIDE = { corner: 22, stack: 34 } as const;
/** u between a code and its words. */
const LABEL_GAP = 3.4;

export const qrItem = (
	context: SceneContext,
	active: ActiveLayer<QrLayer>,
	{ align, place }: { readonly align: Align; readonly place: 'corner' | 'stack' },
): SceneItem => {
	const { layer, path } = active;
	const { u, aspect } = context.frame;
	const modules = qrModules(layer.qr);
	const least = leastQrSide(modules, u);
	const label = layer.label === undefined ? null : wordingOf(context, 'caption', { written: layer.label, path: [...path, 'label'] });
	return figureItem({
		context,
		active,
		role: 'image',
		align,
		fixed: true,
		wording: label,
		measure: (room) => {
			if (least > room.width) return null;
			const side = Math.min(room.width, Math.max(least, SIDE[place] * u * room.scale));
			const size = Math.min(context.mood.type.caption.size[aspect][0] * u * room.scale, room.ceiling);
			const words = label && fitLabel(context, label, { size, width: Math.min(room.width, side * 1.5), lines: 2 });
			if (label !== null && words === null) return null;
			const draw = (site: FigureSite): DrawnFigure => drawCode(context, { modules, side, words, label, align }, site);
			return {
				width: Math.max(side, words?.width ?? 0),
				height: side + (words === null ? 0 : LABEL_GAP * u + words.height),
				overhang: words?.overhang ?? 0,
				figure: { enters: 'button', words: label === null ? 0 : countWords(label.text), draw },
			};
		},
	});
};

type Code = {
	readonly modules: QrModules;
	readonly side: number;
	readonly words: FittedText | null;
	readonly label: Wording | null;
	readonly align: Align;
};

const drawCode = (
	context: SceneContext,
	{ modules, side, words, label, align }: Code,
	{ box, roles, entering }: FigureSite,
): DrawnFigure => {
	const { u } = context.frame;
	const spare = box.width - side;
	const x = box.x + (align === 'left' ? 0 : align === 'center' ? spare / 2 : spare);
	const radius = Math.min(context.mood.shape.imageRadius, 2) * u;
	const whole = roundBox(box);
	const code = drawQr({ modules, box: { x, y: box.y, width: side, height: side }, colors: qrColors(context), radius });
	const under =
		words === null || label === null
			? []
			: drawLabel({
					fitted: words,
					wording: label,
					x: align === 'left' ? box.x : align === 'center' ? box.x + box.width / 2 : box.x + box.width,
					baseline: box.y + side + LABEL_GAP * u + words.firstBaseline,
					align,
					color: roles.muted,
				});
	return {
		drawing: { type: 'group', box: whole, tracks: enterTracks(whole, entering), children: [code, ...under] },
		arrived: entering.start + enteringFrames(entering.entrance, entering.fps),
	};
};
